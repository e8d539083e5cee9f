"""A whole background at work: accounts, jobs, worker and queue over the sandbox's Microsoft 365.

An :class:`Office` is what ``app.py`` puts together, less Teams. Tests play the person's browser
with :meth:`Office.sign_in`, let the worker run with :meth:`Office.work`, and look at what would
have been told in ``announced``.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from sandbox.entra.directory import Registration
from sandbox.people import PEOPLE, TENANT, SamplePerson
from sandbox.server import Sandbox
from services.accounts.accounts import Accounts, Finished
from services.accounts.approvals import Approvals
from services.accounts.links import Links
from services.accounts.outlook_folders import OutlookFolders
from services.accounts.tokens import BorrowedTokens
from services.books.books import Books
from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.events.holidays import Holidays
from services.events.marks import Marks
from services.events.watching import Watching
from services.graph.auth import SignIn
from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.jobs.follow_conversation import FollowConversation
from services.jobs.offer_back import OfferBack
from services.jobs.person_data import ErasePerson, ExportPerson
from services.jobs.renew_subscription import RenewSubscription
from services.jobs.sync_link import SyncLink
from services.jobs.tell_approved import TellApproved
from services.jobs.tell_person import TellPerson
from services.jobs.telling import telling_jobs
from services.jobs.update_posts import UpdatePosts
from services.jobs.upkeep import upkeep_jobs
from services.jobs.withdraw_copies import WithdrawCopies
from services.model.accounts import Link
from services.model.books import Book
from services.model.budgets import Budgets
from services.model.conversations import Conversation, Member
from services.model.errors import Unreachable
from services.model.events import Event
from services.model.identity import ObjectId, Person, TenantId
from services.model.notices import AccountNotice, Notice
from services.model.tasks import Task, TaskKind
from services.people.conversations import Conversations
from services.people.departures import Departures
from services.people.my_data import MyData
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.breaker import guarded
from services.sync.engine import Engine
from services.sync.offers import Offers
from services.sync.sides.outlook import Outlook, outlook_side
from services.sync.sides.team import team_sides
from services.sync.worker import Job, Worker
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox

__all__ = [
    "MARA",
    "MARA_ID",
    "Office",
    "RecordingAnnouncer",
    "an_instance",
    "an_office",
    "person_of",
    "state_in",
]

MARA = PEOPLE[0]
CLIENT_ID = "3b0f5a52-7f0e-4f0c-9a55-0d8c5a6f1b11"
REDIRECT = "http://127.0.0.1:3978/auth/callback"
START = "http://127.0.0.1:3978/auth/start"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def state_in(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]


def person_of(sample: SamplePerson) -> Person:
    return Person(TenantId(TENANT.id), ObjectId(sample.object_id))


MARA_ID = person_of(MARA)


@dataclass
class RecordingAnnouncer:
    """Keeps what it is told; fails as often as it was asked to."""

    notices: list[Notice] = field(default_factory=list)
    tried: list[Notice] = field(default_factory=list)
    """What it could not tell, too."""
    failures: int = 0

    async def announce(self, notice: Notice) -> None:
        self.tried.append(notice)
        if self.failures:
            self.failures -= 1
            raise Unreachable
        self.notices.append(notice)

    def words(self) -> list[str]:
        return [each.what for each in self.notices if isinstance(each, AccountNotice)]


@dataclass
class FixedRoster:
    """Says who is in any conversation."""

    of: tuple[Member, ...] = ()
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def members(self, conversation: Conversation) -> tuple[Member, ...]:
        self.asked.set()
        return self.of


@dataclass(kw_only=True)
class Office:
    """See the module."""

    clock: FrozenClock
    store: Store
    sandbox: Sandbox
    browser: aiohttp.ClientSession
    events: Events
    accounts: Accounts
    links: Links
    my_data: MyData
    announcer: RecordingAnnouncer
    roster: FixedRoster
    worker: Worker
    mailbox_of: Callable[[Person], Mailbox]
    failures: list[BaseException]

    async def sign_in(
        self,
        asks: Person = MARA_ID,
        signs: SamplePerson = MARA,
        decision: str = "approve",
        *,
        problem: str = "",
    ) -> Finished:
        """Sign in, which ends as it is to: by default with an account that is connected."""
        finished = await self.accounts.finish(await self.answer(asks, signs, decision))
        assert finished.problem == problem
        return finished

    async def answer(
        self,
        asks: Person = MARA_ID,
        signs: SamplePerson = MARA,
        decision: str = "approve",
        *,
        state: str = "",
    ) -> dict[str, str]:
        """What the browser brings back, from the state of a link that was made or of a new one."""
        url = await self.accounts.begin(state or await self.state(asks))
        async with self.browser.get(url) as response:
            fields = dict(FIELD.findall(await response.text()))
        form = {"flow": unescape(fields["flow"]), "person": signs.object_id, "decision": decision}
        async with self.browser.post(url.split("?")[0], data=form) as response:
            text = await response.text()
        return {name: unescape(value) for name, value in FIELD.findall(text)}

    async def state(self, asks: Person = MARA_ID) -> str:
        url = await self.accounts.start(asks, "en")
        assert url.startswith(f"{START}?")
        return state_in(url)

    async def work(self, seconds: float = 0) -> None:
        """Let time pass, then carry out everything that is due."""
        self.clock.advance(seconds)
        await self.worker.drain()

    async def expire_tokens(self) -> None:
        """Make msal ask for a new access token, as it does after an hour of real time."""
        account = await self.store.accounts.get(MARA_ID)
        assert account is not None
        cache = json.loads(account.tokens)
        for entry in cache["AccessToken"].values():
            entry |= {"expires_on": "0", "extended_expires_on": "0"}
        await self.store.accounts.save(replace(account, tokens=json.dumps(cache)))

    async def link(self) -> Link:
        (link,) = await self.store.links.of_person(MARA_ID)
        return link

    async def book(self) -> Book:
        return await self.store.books.get(MARA_ID.tenant, (await self.link()).book)

    async def team(self, book: Book | None = None) -> list[Event]:
        events, _ = await self.store.events.changes(book or await self.book(), 0)
        return [event for event in events if event.deleted_at is None]

    def subjects(self) -> list[str]:
        mailbox = self.sandbox.mailbox(MARA)
        items = mailbox.items(mailbox.default_calendar.id)
        return sorted(item.content.subject for item in items)


@asynccontextmanager
async def an_office(folder: Path, notification_url: str | None = None) -> AsyncIterator[Office]:
    clock = FrozenClock()
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    sandbox = JudgedSandbox(clock, [Registration(CLIENT_ID, "secret", frozenset({REDIRECT}))])
    await sandbox.start(port=0)
    try:
        async with aiohttp.ClientSession() as session:
            store = await open_store(records, KeyRing.generate("k1"), clock)
            yield an_instance(clock, store, sandbox, session, notification_url)
    finally:
        await sandbox.stop()
        await records.close()


def an_instance(
    clock: FrozenClock,
    store: Store,
    sandbox: Sandbox,
    session: aiohttp.ClientSession,
    notification_url: str | None,
    budgets: Budgets | None = None,
) -> Office:
    sign_in = SignIn(
        CLIENT_ID,
        "secret",
        sandbox.authority,
        REDIRECT,
        ca_bundle=sandbox.ca_file,
        instance_discovery=False,
    )
    sharing, budgets = Sharing(store), budgets or Budgets()
    client = GraphClient(session, sandbox.graph_url, clock, budgets)
    events, contacts = Events(store, sharing, clock), Contacts(store, sharing, clock)
    announcer, roster = RecordingAnnouncer(), FixedRoster()
    approvals = Approvals(
        store, sign_in, announcer, clock, approve_url="http://127.0.0.1:3978/auth/approve"
    )
    accounts = Accounts(
        store,
        Books(store, sharing, clock),
        sign_in,
        client,
        announcer,
        clock,
        approvals=approvals,
        start_url=START,
    )

    my_data = MyData(store, accounts, clock)

    def mailbox_of(person: Person) -> Mailbox:
        return Mailbox(client, accounts, person, background=True)

    links = Links(store, sharing, mailbox_of, clock)

    def outlook_of(link: Link, book: Book) -> Outlook[Any]:
        mailbox = Mailbox(client, accounts, link.person, zone=book.zone, background=True)
        return outlook_side(mailbox, link, book)

    def borrow(person: Person, tokens: str, more: tuple[str, ...]) -> Mailbox:
        return Mailbox(client, BorrowedTokens(sign_in, tokens, more), person, background=True)

    marks = Marks(Holidays(), Birthdays(store, sharing))
    jobs: dict[TaskKind, Job] = {
        TaskKind.SYNC_LINK: SyncLink(
            store=store,
            engine=Engine(store, team_sides(store, events, contacts), outlook_of, clock),
            accounts=accounts,
            links=links,
            folders=OutlookFolders(store, mailbox_of),
            announcer=announcer,
            clock=clock,
            random=Random(1),
            owner="here",
            budgets=budgets,
        ),
        TaskKind.RENEW_SUBSCRIPTION: RenewSubscription(
            store=store,
            mailbox_of=lambda person: Mailbox(client, accounts, person, background=True),
            clock=clock,
            owner="here",
            notification_url=notification_url,
            budgets=budgets,
        ),
        TaskKind.OFFER_BACK: OfferBack(
            offers=Offers(store, sharing, events, contacts), announcer=announcer
        ),
        TaskKind.TELL_APPROVED: TellApproved(store=store, announcer=announcer, clock=clock),
        TaskKind.TELL_PERSON: TellPerson(store=store, announcer=announcer),
        TaskKind.UPDATE_POSTS: UpdatePosts(store=store, announcer=announcer),
        TaskKind.FOLLOW_CONVERSATION: FollowConversation(
            conversations=Conversations(store, clock), roster=roster
        ),
        TaskKind.WITHDRAW_COPIES: WithdrawCopies(store=store, borrow=borrow, mailbox_of=mailbox_of),
        TaskKind.EXPORT_PERSON: ExportPerson(
            my_data=my_data,
            announcer=announcer,
            tasks=store.tasks,
            export_url="http://127.0.0.1:3978/export",
        ),
        TaskKind.ERASE_PERSON: ErasePerson(my_data=my_data, announcer=announcer, tasks=store.tasks),
        **telling_jobs(store, Watching(store, sharing, clock), marks, announcer, clock),
        **upkeep_jobs(store, Departures(store, clock), clock),
    }
    failures: list[BaseException] = []

    def report(failure: BaseException, task: Task) -> None:
        failures.append(failure)

    careful = guarded(jobs, clock, Random(1))
    worker = Worker(store.tasks, careful, clock, random=Random(1), report=report, owner="here")
    return Office(
        clock=clock,
        store=store,
        sandbox=sandbox,
        browser=session,
        events=events,
        accounts=accounts,
        links=links,
        my_data=my_data,
        announcer=announcer,
        roster=roster,
        worker=worker,
        mailbox_of=lambda person: Mailbox(client, accounts, person),
        failures=failures,
    )
