"""Connecting a person's Microsoft account, knowing how it stands, and letting it go.

:meth:`Accounts.start` makes a link for the person who asks, :meth:`Accounts.begin` leads the
browser to Microsoft, :meth:`Accounts.finish` takes what comes back. Whoever signs in must be the
person who asked, or nothing is stored; a state is good for one use and ten minutes, and whatever
is wrong with it has the same answer. From then on the person's own calendar and their default
Outlook calendar are linked, and the queue does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.accounts.account_states import put_into
from services.accounts.approvals import Approvals
from services.accounts.link_ends import end_links
from services.accounts.link_life import RENEWED_AFTER, new_link, only_link, renewal
from services.accounts.sign_ins import Asked, SignIns, new_state
from services.accounts.tokens import BorrowedTokens, MailboxTokens
from services.books.books import Books
from services.graph.auth import CONTACT_SCOPES, DIRECTORY_SCOPES, SignIn
from services.graph.client import GraphClient
from services.graph.id_token import SignedIn
from services.graph.mailbox import Mailbox
from services.graph.remote_event import RemoteCalendar
from services.model.accounts import Account, AccountState, Link
from services.model.books import BookId, BookKind
from services.model.errors import (
    BeingErased,
    ConsentNeeded,
    NoMailbox,
    NotFound,
    Refused,
    Rejected,
    SignInNeeded,
    Stale,
    Unreadable,
    Upstream,
)
from services.model.events import Author
from services.model.identity import Person, PersonHome
from services.model.notices import AccountNotice, Announcer
from services.model.tasks import sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["AccountStatus", "Accounts", "Finished"]

DECLINED = "AADSTS65004"
"""Entra's number for a person who did not agree."""


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """How a person's connection stands; for their own eyes."""

    account: Account | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a sign-in ended."""

    person: Person | None
    problem: str = ""
    """Empty = connected; else ``expired`` (the state is unknown, used or too old), ``denied``,
    ``consent_needed`` (by the organisation), ``other_person``, ``no_mailbox``, ``unreachable``,
    ``failed``."""


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What a new connection needs to know of the mailbox."""

    calendar: RemoteCalendar
    zone: ZoneInfo
    tokens: str


class Accounts:
    """The use case of accounts, and the ``Tokens`` of the house.

    Args:
        store: where everything is kept.
        books: finds or makes the person's own calendar.
        sign_in: the app registration.
        client: Graph.
        announcer: tells the person.
        clock: the time.
        approvals: remembers who waits for their organisation.
        start_url: the public address of our own ``/auth/start``.
    """

    def __init__(
        self,
        store: Store,
        books: Books,
        sign_in: SignIn,
        client: GraphClient,
        announcer: Announcer,
        clock: Clock,
        *,
        approvals: Approvals,
        start_url: str,
    ) -> None:
        self._store = store
        self._books = books
        self._sign_in = sign_in
        self._client = client
        self._announcer = announcer
        self._clock = clock
        self._approvals = approvals
        self._start_url = start_url
        self._sign_ins = SignIns(store, clock)
        self._tokens = MailboxTokens(store.accounts, sign_in, clock)

    async def start(self, person: Person, language: str) -> str:
        """Return the address at which the person, and nobody else, may connect an account."""
        return await self._start(Asked(person, language))

    async def start_contacts(self, person: Person, language: str, book: BookId, name: str) -> str:
        """Return the address at which the person approves contacts, to have a list linked.

        Args:
            person: whose account.
            language: theirs.
            book: a contact list that they may see.
            name: what its contact folder is to be called.
        """
        return await self._start(
            Asked(person, language, more_scopes=CONTACT_SCOPES, wanted=book, name=name)
        )

    async def start_directory(self, person: Person, language: str) -> str:
        """Return the address at which the person approves to look up people of their own."""
        return await self._start(Asked(person, language, more_scopes=DIRECTORY_SCOPES))

    async def _start(self, asked: Asked) -> str:
        state = new_state()
        await self._sign_ins.keep(state, asked)
        return f"{self._start_url}?{urlencode({'state': state})}"

    async def begin(self, state: str) -> str:
        """Return the address of Microsoft's sign-in page.

        Raises:
            NotFound: the state is unknown, used or too old.
            Unreachable: Microsoft does not answer.
        """
        asked = await self._sign_ins.take(state)
        if asked is None or asked.flow:
            raise NotFound("sign_in")
        account = await self._store.accounts.get(asked.person)
        following = new_state()
        known = account.more_scopes if account else ()
        asked = replace(asked, more_scopes=tuple(dict.fromkeys((*known, *asked.more_scopes))))
        url, flow = await self._sign_in.start(
            account.username if account else "", state=following, more=asked.more_scopes
        )
        await self._sign_ins.keep(following, replace(asked, flow=flow))
        return url

    async def finish(self, answer: Mapping[str, str]) -> Finished:
        """Take what Microsoft sent the browser back with, and connect the account."""
        asked = await self._sign_ins.take(answer.get("state", ""))
        if asked is None or not asked.flow:
            return Finished(None, "expired")
        try:
            signed = await self._sign_in.finish(asked.flow, answer)
            if signed.person != asked.person:
                return Finished(None, "other_person")
            outlook = await self._outlook(signed, asked.more_scopes)
        except ConsentNeeded:
            # Both are one error of OAuth; the number tells who said no.
            declined = DECLINED in answer.get("error_description", "")
            if declined:
                return Finished(None, "denied")
            await self._approvals.turned_away(asked.person)
            return Finished(None, "consent_needed")
        except (SignInNeeded, Rejected, Unreadable):
            return Finished(None, "failed")
        except NoMailbox:
            return Finished(None, "no_mailbox")
        except Upstream:
            return Finished(None, "unreachable")
        await self._connect(asked, signed, outlook)
        return Finished(signed.person)

    async def status(self, person: Person) -> AccountStatus:
        """Return how the person's connection stands; a rest that is over is none."""
        account = await self._store.accounts.get(person)
        if account and account.not_before and account.not_before <= self._clock.now():
            account = replace(account, not_before=None)
        return AccountStatus(account, await self._store.links.of_person(person))

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        """See :class:`services.model.ports.Tokens`."""
        return await self._tokens.token_for(person, refused=refused, claims=claims)

    async def close(self, person: Person, state: AccountState) -> None:
        """Note that Microsoft lets us in no more, and tell the person once."""
        account = await self._store.accounts.get(person)
        self._tokens.forget(person)
        if account is None or account.state is state:
            return
        if state is AccountState.AWAITING_APPROVAL:
            await self._approvals.wait(person)
            return
        await self._announcer.announce(AccountNotice(person, "sign_in_needed"))
        await put_into(self._store.accounts, account, state)

    async def disconnect(self, person: Person, keep_copies: bool) -> None:
        """Forget the account and its links; events in the person's own calendar stay.

        Args:
            person: whose.
            keep_copies: leave the events that this program added to Outlook where they are.
        """
        account = await self._store.accounts.get(person)
        if account is None:
            return
        # First the links, so that no pass takes a withdrawn copy for an event that was deleted.
        withdrawn = await end_links(
            self._store,
            Mailbox(self._client, self._tokens, person),
            await self._store.links.of_person(person),
            self._clock.now(),
            taken_from=None if keep_copies else account,
            stays=False,
        )
        await self._store.accounts.erase(person)
        self._tokens.forget(person)
        for task in withdrawn:
            await self._store.tasks.put(task)

    async def _outlook(self, signed: SignedIn, more_scopes: tuple[str, ...]) -> _Outlook:
        """Ask the mailbox before anything is stored: an account without a calendar is no use."""
        tokens = BorrowedTokens(self._sign_in, signed.tokens, more_scopes)
        mailbox = Mailbox(self._client, tokens, signed.person)
        calendars = await mailbox.calendars()
        if not calendars:
            raise Unreadable("calendars")
        zone = await mailbox.own_zone()
        return _Outlook(calendars[0], zone or ZoneInfo("UTC"), tokens.tokens)

    async def _connect(self, asked: Asked, signed: SignedIn, outlook: _Outlook) -> None:
        account = Account(
            person=signed.person,
            username=signed.username,
            state=AccountState.CONNECTED,
            tokens=outlook.tokens,
            connected_at=self._clock.now(),
            more_scopes=asked.more_scopes,
        )
        await self._save(account)
        self._tokens.forget(signed.person)
        if not await self._store.links.of_person(signed.person):
            await self._link(asked, signed, outlook)
        if asked.wanted is not None:
            await self._link_contacts(signed.person, asked.wanted, asked.name)
        for link in await self._store.links.of_person(signed.person):
            await self._store.tasks.put(renewal(link, self._clock.now() + RENEWED_AFTER))
            await self._store.tasks.put(sync_task(link.person, link.id, self._clock.now()))
        # The page in the browser says it too: a chat that cannot be reached is no failure here.
        with suppress(Upstream, Refused):
            await self._announcer.announce(AccountNotice(signed.person, "connected"))

    async def _save(self, account: Account) -> None:
        """Store an account in place of whatever there is: the newest sign-in counts."""
        while True:
            known = await self._store.accounts.get(account.person)
            with suppress(Stale):  # somebody has just written it: in another window, perhaps
                await self._store.accounts.save(replace(account, etag=known.etag if known else ""))
                return

    async def _link_contacts(self, person: Person, wanted: BookId, name: str) -> None:
        try:
            book = await self._books.get(person, wanted)
        except (NotFound, BeingErased):  # the person has lost it while they signed in
            return
        await only_link(self._store, new_link(person, book, None, name, self._clock))

    async def _link(self, asked: Asked, signed: SignedIn, outlook: _Outlook) -> None:
        author = Author(signed.person, signed.name)
        home = PersonHome(signed.person)
        book = await self._books.at_home(
            author, home, BookKind.CALENDAR, zone=outlook.zone, language=asked.language
        )
        calendar = outlook.calendar
        link = new_link(signed.person, book, calendar.id, calendar.name, self._clock)
        await only_link(self._store, link)
