"""Moving an event to another calendar: its author and its age go along, its answers do not.

The two calendars are two partitions and share no transaction, so it is made there before it goes
here, under an id that follows from what was asked: whoever presses again after a crash finishes
the move, and nothing is there twice. A sync sees a delete here and a create there.
"""

from __future__ import annotations

from dataclasses import replace

from services.events import Events
from services.ids import id_of
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import NotFound, ReadOnly, ReadOnlyReason, Stale
from services.model.events import Author, Event, EventId
from services.model.identity import Person
from services.model.times import Clock
from services.model.veil import seen_by
from services.ripples import Ripples
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["Transfers"]


class Transfers:
    """The use case of moving."""

    def __init__(self, store: Store, sharing: Sharing, events: Events, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._events = events
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def move(
        self, author: Author, book_id: BookId, event_id: EventId, to: BookId, *, etag: str
    ) -> Event:
        """Move an event, or a whole series, and return it as it stands there.

        Args:
            author: who moves it.
            book_id: the calendar that it is in.
            event_id: the event.
            to: another calendar.
            etag: of the version that the person saw.

        Raises:
            NotFound: no such event or calendar for this person.
            NotAllowed: they may not take it from here, or not add anything there.
            ReadOnly: it is somebody's meeting, private, or from elsewhere; or one is archived.
            Stale: it has changed since the person saw it.
        """
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.CONTRIBUTOR)
        target = await self._sharing.book_for(author.person, to, Role.CONTRIBUTOR)
        if target.kind is not BookKind.CALENDAR or target.id == book.id:
            raise NotFound("book")
        event = await self._store.events.find(book, event_id)
        if event is None:
            raise NotFound("event")
        moved_id = EventId(id_of("transfer", target.id, f"{event.id} {etag}"))
        there = await self._store.events.find(target, moved_id)
        if event.deleted_at is not None:
            if there is None or there.deleted_at is not None:
                raise NotFound("event")
            return there  # by an earlier delivery of the same press
        await self._check(author.person, book, event)
        if event.etag != etag:
            raise Stale("the event has changed")
        moved = there or await self._put(event, moved_id, target, author)
        await self._events.delete(author, book.id, event.id)
        return moved

    async def _check(self, person: Person, book: Book, event: Event) -> None:
        await self._sharing.require_say(person, book, event.created_by)
        if seen_by(event, person) is not event:
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        if event.mirror is not None:
            raise ReadOnly(event.mirror.reason)
        if event.feed:
            raise ReadOnly(ReadOnlyReason.SUBSCRIBED)

    async def _put(self, event: Event, id: EventId, target: Book, author: Author) -> Event:
        moved = replace(
            event,
            id=id,
            book=target.id,
            updated_by=author,
            updated_at=self._clock.now(),
            revision=0,
            etag="",
        )
        async with self._ripples.of(target, id, None):
            return await self._store.events.save(moved, target)
