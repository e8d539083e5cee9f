"""What a person keeps in step with what: links chosen, changed, looked at and let go.

A link ties a book that the person may see to an Outlook calendar of theirs: to one that they have,
or to one that this program makes for it (:mod:`services.accounts.outlook_folders`, in the
background, since nobody waits for Outlook here). A book has one link a person, and so has an
Outlook calendar: two links through one calendar would carry events from book to book.

Answers and changes are written on the link; the next pass goes by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.accounts.link_ends import end_links
from services.accounts.link_life import (
    RENEWED_AFTER,
    forget_links,
    new_link,
    only_link,
    renewal,
    require_account,
)
from services.accounts.prospects import Prospect, prospect_of
from services.books.sharing import Sharing
from services.graph.auth import CONTACT_SCOPES
from services.graph.mailbox import Mailbox
from services.graph.remote_event import RemoteCalendar, own
from services.model.accounts import Link, LinkId, RemoteId, SetAside
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import BeingErased, ConsentNeeded, NotFound
from services.model.events import EventContent
from services.model.identity import Person
from services.model.items import Content
from services.model.links import LinkSettings, Word
from services.model.pairs import Pair
from services.model.tasks import sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Links", "Offers"]


@dataclass(frozen=True, slots=True)
class Offers:
    """What a person could link: their books without a link, their free Outlook calendars."""

    books: tuple[Book, ...]
    calendars: tuple[RemoteCalendar, ...]


class Links:
    """Use cases of links. Every call is about the links of ``person``, and of nobody else.

    Args:
        store: where they are kept.
        sharing: who may see what.
        mailbox_of: opens a person's mailbox for what they wait for.
        clock: the time.
    """

    def __init__(
        self, store: Store, sharing: Sharing, mailbox_of: Callable[[Person], Mailbox], clock: Clock
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._mailbox_of = mailbox_of
        self._clock = clock

    async def offers(self, person: Person) -> Offers:
        """Ask the mailbox, and return what could be linked.

        Raises:
            SignInNeeded: no account is connected.
            Upstream: the mailbox does not answer.
        """
        await require_account(self._store, person)
        links = await self._store.links.of_person(person)
        linked, taken = {link.book for link in links}, {link.calendar for link in links}
        books = [book for book in await self._visible(person) if book.id not in linked]
        found = await self._mailbox_of(person).calendars()
        free = [each for each in own(found) if each.can_edit and each.id not in taken]
        return Offers(tuple(books), tuple(free))

    async def add(
        self,
        person: Person,
        book_id: BookId,
        *,
        name: str,
        calendar: RemoteId | None = None,
        settings: LinkSettings | None = None,
    ) -> Link:
        """Link a book; once it has a link, that one is returned as it is.

        Args:
            person: whose mailbox.
            book_id: a calendar that they may see.
            name: what the Outlook calendar is called, or is to be called.
            calendar: one of the mailbox's; ``None`` = make one of its own.
            settings: what may cross; ``None`` = everything, both ways.

        Raises:
            SignInNeeded: no account is connected.
            NotFound: no such calendar for this person.
            Stale: that Outlook calendar is linked with something else.
            ConsentNeeded: contacts are not approved yet: sign in for them first.
        """
        account = await require_account(self._store, person)
        book = await self._sharing.book_for(person, book_id, Role.READER)
        if book.kind is BookKind.CONTACTS:
            calendar = None  # a list has a folder of its own
            if not set(CONTACT_SCOPES) <= set(account.more_scopes):
                raise ConsentNeeded
        made = new_link(person, book, calendar, name, self._clock)
        link = await only_link(self._store, replace(made, settings=settings or made.settings))
        if link.id == made.id:
            await self._wake(link)
        return link

    async def get(self, person: Person, link_id: LinkId) -> Link:
        """Return a link.

        Raises:
            NotFound: the person has none such.
        """
        return await self._store.links.get(person, link_id)

    async def of_book(self, person: Person, book_id: BookId) -> Link | None:
        """Return the person's link of a book, if they have one.

        Raises:
            SignInNeeded: no account is connected.
        """
        await require_account(self._store, person)
        links = await self._store.links.of_person(person)
        return next((link for link in links if link.book == book_id), None)

    async def change(self, person: Person, link_id: LinkId, settings: LinkSettings) -> Link:
        """Go by other settings from now on; both sides are looked through again.

        Raises:
            NotFound: the person has no such link.
        """
        link = await self.get(person, link_id)
        if link.settings == settings:
            return link
        link = await self._store.links.restart(replace(link, settings=settings))
        await self._wake(link)
        return link

    async def answer(self, person: Person, link_id: LinkId, word: Word) -> Link:
        """Take the person's answer to what their link asks, and go on.

        Raises:
            NotFound: the person has no such link.
        """
        link = await self.get(person, link_id)
        link = await self._store.links.save(replace(link, word=word, active=True))
        await self._wake(link)
        return link

    async def sync_now(self, person: Person) -> None:
        """Bring the person's links into step as soon as a worker is free.

        Raises:
            SignInNeeded: no account is connected, or no longer.
        """
        await require_account(self._store, person)
        for link in await self._store.links.of_person(person):
            if not link.active:  # look again: what was wrong may have been mended
                await self._store.links.save(replace(link, active=True, last_problem=""))
            await self._wake(link)

    async def make_again(self, person: Person, link_id: LinkId) -> Link:
        """Give a link whose Outlook calendar is gone a new one, with all that the team has.

        Raises:
            NotFound: the person has no such link.
            SignInNeeded: no account is connected, or no longer.
        """
        old = await self.get(person, link_id)
        await require_account(self._store, person)
        await self._sharing.book_for(person, old.book, Role.READER)
        await forget_links(self._store, self._mailbox_of(person), [old])
        return await self.add(person, old.book, name=old.calendar_name, settings=old.settings)

    async def remove(self, person: Person, link_id: LinkId, *, keep_copies: bool) -> None:
        """Let a link go; the team's side stays as it is. Doing it again does nothing.

        Args:
            person: whose.
            link_id: which.
            keep_copies: leave in Outlook what this program added there; otherwise it is taken
                back, and so is a calendar of our own once nothing is left in it.
        """
        try:
            link = await self.get(person, link_id)
        except NotFound:
            return
        account = await self._store.accounts.get(person)
        # First the link, so that no pass takes a withdrawn copy for an event that was deleted.
        withdrawn = await end_links(
            self._store,
            self._mailbox_of(person),
            [link],
            self._clock.now(),
            taken_from=None if keep_copies else account,
            stays=True,
        )
        for task in withdrawn:
            await self._store.tasks.put(task)

    async def prospect(self, link: Link) -> Prospect:
        """Return when a link is looked at next, and what it waits for."""
        return await prospect_of(self._store, link, self._clock.now())

    async def set_aside(self, person: Person, link_id: LinkId) -> list[SetAside]:
        """Return the items that Microsoft 365 refused too often, and those that none can read.

        Raises:
            NotFound: the person has no such link.
        """
        link = await self.get(person, link_id)
        pairs = await self._open_pairs(link)
        creates = await self._store.links.intents(link)
        refused = [
            *(SetAside(_title(_shown(each)), each.why) for each in pairs if each.is_set_aside),
            *(SetAside(_title(each.content), each.why) for each in creates if each.is_set_aside),
        ]
        unread = [SetAside(each.title, each.why, is_unread=True) for each in link.unread]
        return [*sorted(refused, key=lambda each: each.title), *unread]

    async def _open_pairs(self, link: Link) -> list[Pair]:
        """Return what the last pass has left open: all that is set aside is among it."""
        if link.loose is None:
            return await self._store.links.pairs(link)
        return await self._store.links.some_pairs(link, link.loose, ())

    async def book_of(self, link: Link) -> Book | None:
        """Return what a link is with; ``None`` = out of its owner's sight, or in the bin."""
        try:
            return await self._sharing.book_for(link.person, link.book, Role.READER)
        except (NotFound, BeingErased):
            return None

    async def is_lost(self, link: Link) -> bool:
        """Return whether the owner of a link has lost the sight of a book that is there.

        A guest has lost one, too, whose organisation is gone, and with it whoever could say so.
        """
        try:
            book = await self._store.books.find(link.book_tenant, link.book)
        except BeingErased:
            return True
        if book is None:
            return link.host is not None
        if book.deleted_at is not None:  # in the bin, perhaps to come back
            return False
        return await self._sharing.role_of(link.person, book) is None

    async def _visible(self, person: Person) -> list[Book]:
        found: list[Book] = []
        for book_id in await self._store.shelves.of_person(person):
            try:
                book = await self._sharing.book_for(person, book_id, Role.READER)
            except (NotFound, BeingErased):
                continue
            if not book.archived:
                found.append(book)
        return found

    async def _wake(self, link: Link) -> None:
        now = self._clock.now()
        await self._store.tasks.put(renewal(link, now + RENEWED_AFTER))
        await self._store.tasks.put(sync_task(link.person, link.id, now))


def _shown(pair: Pair) -> Content | None:
    return pair.agreed or (pair.observed.content if pair.observed else None)


def _title(content: Content | None) -> str:
    if content is None:
        return ""
    return content.title if isinstance(content, EventContent) else content.name
