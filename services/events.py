"""Events of a calendar: read, made, changed and deleted, by people and by the sync.

People's writes are checked, and refused on what can only be looked at. The sync's writes go the
same way (role, history, the tasks that follow), but take content as it is and name the revision
they were planned from. Deleting leaves a tombstone; doing anything twice does it once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.checks import tidy_event
from services.ids import id_of, new_id
from services.model.books import Book, BookId, Role
from services.model.errors import NotFound, ReadOnly, Stale
from services.model.events import Author, Event, EventContent, EventId, Mirror
from services.model.identity import Person
from services.model.times import Clock
from services.ripples import Ripples
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["OUTLOOK", "Events"]

OUTLOOK = "Outlook"
"""What the author is called when a change came from a mailbox."""


class Events:
    """Use cases of events."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._ledger = store.events
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def get(self, person: Person, book_id: BookId, event_id: EventId) -> Event:
        """Return an event.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._ledger.get(book, event_id)

    async def create(
        self, author: Author, book_id: BookId, content: EventContent, *, key: str = ""
    ) -> Event:
        """Make an event; with the same ``key`` again, return the one that was made first.

        Raises:
            NotFound: no such calendar for this person; or what ``key`` made is deleted.
            ReadOnly: the calendar is archived.
            InvalidInput: the content cannot be taken.
        """
        person, book = await self._writable(author, book_id)
        made = EventId(id_of("event", book.id, person.object_id, key) if key else new_id())
        if key and await self._ledger.find(book, made):
            return await self._ledger.get(book, made)
        event = self._new(made, book, author, tidy_event(content))
        try:
            return await self._save(event, book)
        except Stale:  # the same submit, twice at once
            return await self._ledger.get(book, made)

    async def edit(
        self,
        author: Author,
        book_id: BookId,
        event_id: EventId,
        content: EventContent,
        *,
        etag: str | None = None,
    ) -> Event:
        """Change an event; to what it is already, nothing is written.

        Args:
            author: who does it.
            book_id: the calendar.
            event_id: the event.
            content: the whole new content.
            etag: of the version that the person saw; ``None`` = whatever is there now.

        Raises:
            NotFound: no such event for this person.
            ReadOnly: it is somebody's meeting, or the calendar is archived.
            Stale: it has changed since the person saw it.
            InvalidInput: the content cannot be taken.
        """
        _, book = await self._writable(author, book_id)
        event = await self._ledger.get(book, event_id)
        _check_mirror(event)
        content = tidy_event(content, event.content)
        if content == event.content:
            return event
        if etag is not None and etag != event.etag:
            raise Stale("the event has changed")
        return await self._save(self._touched(event, author, content=content), book)

    async def delete(self, author: Author, book_id: BookId, event_id: EventId) -> Event:
        """Delete an event and return its tombstone; again, and nothing happens.

        Raises:
            NotFound: no such event for this person, ever.
            ReadOnly: it is somebody's meeting, or the calendar is archived.
            Stale: somebody changed it at the same moment.
        """
        _, book = await self._writable(author, book_id)
        event = await self._ledger.find(book, event_id)
        if event is None:
            raise NotFound("event")
        if event.deleted_at is not None:
            return event
        _check_mirror(event)
        deleted = self._touched(event, author, deleted_at=self._clock.now())
        return await self._save(deleted, book)

    async def write_from_sync(
        self,
        person: Person,
        book_id: BookId,
        event_id: EventId | None,
        content: EventContent,
        mirror: Mirror | None,
        *,
        expect_revision: int,
    ) -> Event:
        """Write what Outlook says; an event that was deleted here comes back.

        Args:
            person: whose mailbox says it.
            book_id: the calendar.
            event_id: the event; ``None`` = a new one.
            content: as Outlook has it.
            mirror: set when it can be changed in Outlook alone.
            expect_revision: the revision that this was planned from; 0 = there was no event.

        Raises:
            NotFound: no such calendar for this person.
            ReadOnly: the calendar is archived.
            Stale: the event has another revision.
        """
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        author = Author(None, OUTLOOK)
        event = await self._ledger.find(book, event_id) if event_id else None
        if (event.revision if event else 0) != expect_revision:
            raise Stale("the event has changed")
        if event is None:
            new = self._new(event_id or EventId(new_id()), book, author, content)
            return await self._save(replace(new, mirror=mirror), book, source=person)
        written = self._touched(event, author, content=content, deleted_at=None)
        return await self._save(replace(written, mirror=mirror), book, source=person)

    async def delete_from_sync(
        self, person: Person, book_id: BookId, event_id: EventId, *, expect_revision: int
    ) -> Event:
        """Delete what is gone in Outlook; mirrors too.

        Raises:
            NotFound: no such event for this person.
            ReadOnly: the calendar is archived.
            Stale: the event has another revision.
        """
        book = await self._sharing.book_for(person, book_id, Role.EDITOR)
        event = await self._ledger.find(book, event_id)
        if event is None:
            raise NotFound("event")
        if event.revision != expect_revision:
            raise Stale("the event has changed")
        if event.deleted_at is not None:
            return event
        deleted = self._touched(event, Author(None, OUTLOOK), deleted_at=self._clock.now())
        return await self._save(deleted, book, source=person)

    async def _writable(self, author: Author, book_id: BookId) -> tuple[Person, Book]:
        if author.person is None:
            raise NotFound("book")
        return author.person, await self._sharing.book_for(author.person, book_id, Role.EDITOR)

    def _new(self, event_id: EventId, book: Book, author: Author, content: EventContent) -> Event:
        now = self._clock.now()
        return Event(
            id=event_id,
            book=book.id,
            content=content,
            created_by=author,
            created_at=now,
            updated_by=author,
            updated_at=now,
        )

    def _touched(
        self,
        event: Event,
        author: Author,
        *,
        content: EventContent | None = None,
        deleted_at: datetime | None = None,
    ) -> Event:
        return replace(
            event,
            content=content or event.content,
            updated_by=author,
            updated_at=self._clock.now(),
            deleted_at=deleted_at,
        )

    async def _save(self, event: Event, book: Book, source: Person | None = None) -> Event:
        async with self._ripples.of(book, event.id, source):
            return await self._ledger.save(event, book)


def _check_mirror(event: Event) -> None:
    if event.mirror is not None:
        raise ReadOnly(event.mirror.reason)
