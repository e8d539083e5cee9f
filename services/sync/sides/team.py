"""The team's side of a link, as narrow as a sync needs it.

:class:`Team` is the port that the engine uses. :class:`TeamItem` is an event or a contact of the
book, with the fields that a sync looks at. :func:`team_sides` returns the function that opens a
link's book. All writes go through the use cases, as those of people do.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from services.contacts.contacts import Contacts
from services.events.events import Events
from services.model.accounts import Link
from services.model.books import Book, BookKind
from services.model.contacts import Contact, ContactContent, ContactId
from services.model.errors import Stale
from services.model.events import Event, EventContent, EventId, Mirror
from services.model.identity import NOBODY, Person
from services.model.items import ItemId
from services.model.veil import BUSY, in_words, seen_by
from services.storage.store import Store

__all__ = ["Team", "TeamCalendar", "TeamContacts", "TeamItem", "item_of", "team_sides"]

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamItem(Generic[C_co]):
    """A record of a book's ledger, or its tombstone."""

    id: ItemId
    content: C_co
    mirror: Mirror | None = None
    """Set on an event that shows somebody's meeting."""
    is_anothers: bool = False
    """Whether it belongs to another mailbox: that one's meeting, or private to its owner."""
    revision: int
    updated_at: datetime
    updated_by: Person | None
    """Who wrote it last; ``None`` = a mailbox."""
    mailbox: Person | None = None
    """Whose mailbox wrote it last, if one did and it is known."""
    is_deleted: bool
    uid: str = ""
    """The UID of the iCalendar file that an event came from."""
    is_expanded: bool = False
    """Whether it is there, as single events (:mod:`services.sync.sides.expanded`)."""


class Team(Protocol[C]):
    """One book, read and written for the person whose mailbox it is linked with."""

    def changes(self, since: int) -> AsyncIterator[tuple[list[TeamItem[C]], int]]:
        """Yield what was written after a revision, tombstones included, page by page.

        The revision that comes with the pages is reached with the last of them. What is written
        meanwhile may come twice: the last time counts.

        Raises:
            TooOld: start over with ``since`` 0.
        """

    async def find(self, id: ItemId) -> TeamItem[C] | None:
        """Return the record or its tombstone, ``None`` where there is neither."""

    async def write(
        self, id: ItemId, content: C, mirror: Mirror | None, *, expect_revision: int
    ) -> TeamItem[C]:
        """Write what Outlook says; what was deleted comes back.

        Args:
            id: of a record that is there, or is to be.
            content: as Outlook has it.
            mirror: set when it can be changed in Outlook alone.
            expect_revision: the revision that this was planned from; 0 = there was none.

        Raises:
            NotFound: no such book for this person.
            ReadOnly: the book is archived.
            Stale: it has another revision.
        """

    async def add(self, new: Mapping[ItemId, tuple[C, Mirror | None]]) -> Sequence[TeamItem[C]]:
        """Write what Outlook has and the book never had, in one commit.

        Args:
            new: by the id that each shall have, what :meth:`write` takes.

        Raises:
            TooLarge: they are more than a commit holds.
            Stale: one of them is there already, or was; nothing is written.
        """

    async def delete(self, id: ItemId, *, expect_revision: int) -> None:
        """Delete what is gone in Outlook; raises what :meth:`write` does."""


@dataclass(frozen=True, slots=True)
class TeamCalendar:
    """A calendar; see :class:`Team`."""

    store: Store
    events: Events
    person: Person
    book: Book
    busy: Callable[[str], str] = lambda _: BUSY
    """Returns, for a language, the title of what is private to somebody else."""

    async def changes(self, since: int) -> AsyncIterator[tuple[list[TeamItem[EventContent]], int]]:
        """See :meth:`Team.changes`."""
        ledger = self.store.events
        async for page, revision in ledger.unread(self.book, since):
            events = [ledger.read(each.body, each.revision) for each in page]
            yield [await self._shown(event) for event in events], revision

    async def find(self, id: ItemId) -> TeamItem[EventContent] | None:
        """See :meth:`Team.find`."""
        event = await self.store.events.find(self.book, EventId(id))
        return None if event is None else await self._shown(event)

    async def write(
        self, id: ItemId, content: EventContent, mirror: Mirror | None, *, expect_revision: int
    ) -> TeamItem[EventContent]:
        """See :meth:`Team.write`; what is private to somebody else stays as it is."""
        kept = await self._private(id, expect_revision)
        if kept is not None:
            return await self._shown(kept)
        event = await self.events.write_from_sync(
            self.person,
            self.book.id,
            EventId(id),
            content,
            mirror,
            expect_revision=expect_revision,
        )
        return await self._shown(event)

    async def add(
        self, new: Mapping[ItemId, tuple[EventContent, Mirror | None]]
    ) -> Sequence[TeamItem[EventContent]]:
        """See :meth:`Team.add`."""
        told = {EventId(id): what for id, what in new.items()}
        added = await self.events.add_from_sync(self.person, self.book.id, told)
        return [await self._shown(event) for event in added]

    async def delete(self, id: ItemId, *, expect_revision: int) -> None:
        """See :meth:`Team.delete`; what is private to somebody else leaves this mailbox alone."""
        if await self._private(id, expect_revision) is not None:
            return
        await self.events.delete_from_sync(
            self.person, self.book.id, EventId(id), expect_revision=expect_revision
        )

    async def _shown(self, event: Event) -> TeamItem[EventContent]:
        """Return an event as the mailbox's owner may see it."""
        seen = seen_by(event, self.person)
        if seen is not event:
            own = await self.store.preferences.get(self.person)
            seen = in_words(seen, self.busy(own.language or self.book.language))
        is_theirs = event.mirror is None or event.mirror_of in (None, self.person)
        return item_of(seen, event.mirror, is_anothers=seen is not event or not is_theirs)

    async def _private(self, id: ItemId, expect_revision: int) -> Event | None:
        """Return an event that has something private to somebody else; ``None`` for any other.

        Raises:
            Stale: it has another revision than expected.
        """
        event = await self.store.events.find(self.book, EventId(id))
        if event is None or event.deleted_at is not None or seen_by(event, self.person) is event:
            return None
        if event.revision != expect_revision:
            raise Stale("the event has changed")
        return event


@dataclass(frozen=True, slots=True)
class TeamContacts:
    """A contact list; see :class:`Team`. Nobody's meeting is among contacts."""

    store: Store
    contacts: Contacts
    person: Person
    book: Book

    async def changes(
        self, since: int
    ) -> AsyncIterator[tuple[list[TeamItem[ContactContent]], int]]:
        """See :meth:`Team.changes`."""
        ledger = self.store.contacts
        async for page, revision in ledger.unread(self.book, since):
            yield [item_of(ledger.read(each.body, each.revision)) for each in page], revision

    async def find(self, id: ItemId) -> TeamItem[ContactContent] | None:
        """See :meth:`Team.find`."""
        contact = await self.store.contacts.find(self.book, ContactId(id))
        return None if contact is None else item_of(contact)

    async def write(
        self, id: ItemId, content: ContactContent, mirror: Mirror | None, *, expect_revision: int
    ) -> TeamItem[ContactContent]:
        """See :meth:`Team.write`."""
        contact = await self.contacts.write_from_sync(
            self.person, self.book.id, ContactId(id), content, expect_revision=expect_revision
        )
        return item_of(contact)

    async def add(
        self, new: Mapping[ItemId, tuple[ContactContent, Mirror | None]]
    ) -> Sequence[TeamItem[ContactContent]]:
        """See :meth:`Team.add`."""
        told = {ContactId(id): content for id, (content, _) in new.items()}
        added = await self.contacts.add_from_sync(self.person, self.book.id, told)
        return [item_of(contact) for contact in added]

    async def delete(self, id: ItemId, *, expect_revision: int) -> None:
        """See :meth:`Team.delete`."""
        await self.contacts.delete_from_sync(
            self.person, self.book.id, ContactId(id), expect_revision=expect_revision
        )


def team_sides(
    store: Store,
    events: Events,
    contacts: Contacts,
    busy: Callable[[str], str] = lambda _: BUSY,
) -> Callable[[Link, Book], Team[Any]]:
    """Return what opens the team's side of a link; ``busy`` is as in :class:`TeamCalendar`."""
    kinds: Mapping[BookKind, Callable[[Person, Book], Team[Any]]] = {
        BookKind.CALENDAR: lambda person, book: TeamCalendar(store, events, person, book, busy),
        BookKind.CONTACTS: lambda person, book: TeamContacts(store, contacts, person, book),
    }
    return lambda link, book: kinds[book.kind](link.person, book)


def item_of(
    record: Event | Contact, mirror: Mirror | None = None, *, is_anothers: bool = False
) -> TeamItem[Any]:
    """Return what a sync looks at of a record."""
    by, mailbox = record.updated_by, None
    if by.person is None:
        mailbox = by.mailbox or (record.mailbox if isinstance(record, Event) else None)
    return TeamItem(
        id=record.id,
        content=record.content,
        mirror=mirror,
        is_anothers=is_anothers,
        revision=record.revision,
        updated_at=record.updated_at,
        updated_by=_same(by.person),
        mailbox=_same(None if mailbox == NOBODY else mailbox),
        is_deleted=record.deleted_at is not None,
        uid=record.uid if isinstance(record, Event) else "",
    )


@lru_cache(maxsize=100)
def _same(person: Person | None) -> Person | None:
    """Return one object for one person: a pass holds ten thousand items of few authors."""
    return person
