"""What works without being asked: a job for each kind of task, and the worker that does them.

A part of the composition root; :mod:`bot.assembly` calls it with what the doors have too.
"""

from __future__ import annotations

import logging
import secrets
from random import Random
from typing import Any

from bot.ground import Ground
from bot.use_cases import UseCases
from cards.wording import say
from services.accounts.outlook_folders import OutlookFolders
from services.accounts.tokens import BorrowedTokens
from services.graph.mailbox import Mailbox
from services.jobs.carry_group import CarryGroup
from services.jobs.clone_book import CloneBook
from services.jobs.follow_conversation import FollowConversation
from services.jobs.import_file import ImportFile
from services.jobs.keep_index import KeepIndex
from services.jobs.offer_back import OfferBack
from services.jobs.person_data import ErasePerson, ExportPerson
from services.jobs.refresh_feed import RefreshFeed
from services.jobs.renew_subscription import RenewSubscription
from services.jobs.sync_link import SyncLink
from services.jobs.tell_approved import TellApproved
from services.jobs.tell_person import TellPerson
from services.jobs.telling import telling_jobs
from services.jobs.then_indexed import Books, ThenIndexed
from services.jobs.update_posts import UpdatePosts
from services.jobs.upkeep import upkeep_jobs
from services.jobs.withdraw_copies import WithdrawCopies
from services.model.accounts import Link
from services.model.books import Book
from services.model.identity import Person
from services.model.notices import Announcer
from services.model.tasks import Task, TaskKind
from services.sync.breaker import guarded
from services.sync.engine import Engine
from services.sync.sides.outlook import Outlook, outlook_side
from services.sync.sides.team import team_sides
from services.sync.worker import Job, Worker

log = logging.getLogger(__name__)

__all__ = ["worker_of"]


def worker_of(
    ground: Ground, use: UseCases, announcer: Announcer, follow: FollowConversation
) -> Worker:
    """Return the worker with all its jobs; nothing runs yet."""
    owner, random = secrets.token_hex(8), Random(secrets.randbits(64))
    store, clock = ground.store, ground.clock
    jobs = {
        **_outlook_jobs(ground, use, announcer, owner, random),
        **_told_jobs(ground, use, announcer),
        **telling_jobs(store, use.events.watching, use.events.marks, announcer, clock),
        **upkeep_jobs(store, ground.departures, clock),
        TaskKind.FOLLOW_CONVERSATION: follow,
        TaskKind.CARRY_GROUP: CarryGroup(groups=use.contacts.groups),
        TaskKind.REFRESH_FEED: RefreshFeed(subscriptions=use.files.subscriptions),
        TaskKind.KEEP_INDEX: KeepIndex(store=store, renew=use.search.renew, clock=clock),
    }
    found = Books(store)
    for kind in (TaskKind.IMPORT_FILE, TaskKind.CLONE_BOOK, TaskKind.SYNC_LINK):
        jobs[kind] = ThenIndexed(jobs[kind], found.of, use.search.keep)
    return Worker(
        store.tasks,
        guarded(jobs, clock, random),
        clock,
        random=random,
        report=_report,
        owner=owner,
    )


def _outlook_jobs(
    ground: Ground, use: UseCases, announcer: Announcer, owner: str, random: Random
) -> dict[TaskKind, Job]:
    """Return what goes to somebody's mailbox."""
    outside, store, graph = ground.outside, ground.store, ground.graph

    def mailbox_of(person: Person) -> Mailbox:
        return Mailbox(graph, use.accounts.accounts, person, background=True)

    def borrowed(person: Person, tokens: str, more: tuple[str, ...]) -> Mailbox:
        held = BorrowedTokens(outside.sign_in, tokens, more)
        return Mailbox(graph, held, person, background=True)

    return {
        TaskKind.SYNC_LINK: SyncLink(
            store=store,
            engine=_engine(ground, use),
            accounts=use.accounts.accounts,
            links=use.accounts.links,
            folders=OutlookFolders(store, mailbox_of),
            announcer=announcer,
            clock=ground.clock,
            random=random,
            owner=owner,
            budgets=ground.budgets,
        ),
        TaskKind.RENEW_SUBSCRIPTION: RenewSubscription(
            store=store,
            mailbox_of=mailbox_of,
            clock=ground.clock,
            owner=owner,
            notification_url=f"{outside.public_url}/api/notifications",
            budgets=ground.budgets,
        ),
        TaskKind.WITHDRAW_COPIES: WithdrawCopies(
            store=store, borrow=borrowed, mailbox_of=mailbox_of
        ),
    }


def _engine(ground: Ground, use: UseCases) -> Engine:
    """Return what makes the passes, with both sides of a link."""
    store, graph, accounts = ground.store, ground.graph, use.accounts.accounts
    teams = team_sides(
        store,
        use.events.events,
        use.contacts.contacts,
        busy=lambda language: say(language, "Busy"),
    )

    def outlook_of(link: Link, book: Book) -> Outlook[Any]:
        mailbox = Mailbox(graph, accounts, link.person, zone=book.zone, background=True)
        return outlook_side(mailbox, link, book)

    return Engine(store, teams, outlook_of, ground.clock)


def _told_jobs(ground: Ground, use: UseCases, announcer: Announcer) -> dict[TaskKind, Job]:
    """Return what somebody hears of when it is done, or what is nothing but telling."""
    store, clock, my_data = ground.store, ground.clock, use.people.my_data
    return {
        TaskKind.TELL_APPROVED: TellApproved(store=store, announcer=announcer, clock=clock),
        TaskKind.TELL_PERSON: TellPerson(store=store, announcer=announcer),
        TaskKind.UPDATE_POSTS: UpdatePosts(store=store, announcer=announcer),
        TaskKind.OFFER_BACK: OfferBack(offers=use.accounts.offers, announcer=announcer),
        TaskKind.IMPORT_FILE: ImportFile(
            imports=use.files.imports, announcer=announcer, tasks=store.tasks, clock=clock
        ),
        TaskKind.CLONE_BOOK: CloneBook(clones=use.books.clones, announcer=announcer),
        TaskKind.EXPORT_PERSON: ExportPerson(
            my_data=my_data,
            announcer=announcer,
            tasks=store.tasks,
            export_url=f"{ground.outside.public_url}/export",
        ),
        TaskKind.ERASE_PERSON: ErasePerson(my_data=my_data, announcer=announcer, tasks=store.tasks),
    }


def _report(failure: BaseException, task: Task) -> None:
    log.error("a task failed (%s): %s", task.kind.value, type(failure).__name__)
