"""Moving an event to another calendar, and back: once, with all that belongs to it.

Its author and its age go along, the answers to it, and its history, which it names the way to
(:mod:`services.events.event_histories`). The two calendars are two partitions and share no
transaction, so it is made there before it goes here, under an id that follows from what was asked:
whoever presses again after a crash finishes the move, and nothing is there twice. A sync sees a
delete here and a create there.
"""

from __future__ import annotations

from dataclasses import replace

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.ids import id_of
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import NotFound, ReadOnly, ReadOnlyReason, Stale
from services.model.events import Author, Event, EventId, Whereabouts
from services.model.identity import Person
from services.model.times import Clock
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["Transfers"]


class Transfers:
    """The use cases of moving."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
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
        person, book = await self._writable(author, book_id)
        _, target = await self._writable(author, to)
        if target.kind is not BookKind.CALENDAR or target.id == book.id:
            raise NotFound("book")
        event = await self._found(book, event_id)
        moved_id = EventId(id_of("transfer", target.id, f"{event.id} {etag}"))
        there = await self._store.events.find(target, moved_id)
        if event.deleted_at is not None:
            if there is None or there.deleted_at is not None:
                raise NotFound("event")
            return seen_by(there, person)  # by an earlier delivery of the same press
        await self._check(person, book, event)
        if event.etag != etag or (there is not None and there.deleted_at is not None):
            raise Stale("the event has changed")
        if there is None:
            origin = Whereabouts(book.id, event.id)
            new = replace(event, id=moved_id, book=target.id, came_from=origin, revision=0, etag="")
            there = await self._write(new, target, author)
        await self._take_along(event, book, there, target, author)
        return there

    async def move_back(
        self, author: Author, book_id: BookId, event_id: EventId, *, etag: str
    ) -> Event:
        """Take a move back, for as long as nobody has changed the event since, and return it.

        Args:
            author: who takes it back.
            book_id: the calendar that it was moved to.
            event_id: the event there.
            etag: of the version that the move has left.

        Raises:
            NotFound: no such event or calendar for this person; or what it was is not kept.
            NotAllowed: they may not take it from here, or not change it there.
            ReadOnly: it is private, or one of the calendars is archived.
            Stale: it has changed since.
        """
        person, book = await self._writable(author, book_id)
        event = await self._found(book, event_id)
        if event.came_from is None:
            raise NotFound("event")
        _, home = await self._writable(author, event.came_from.book)
        before = await self._found(home, event.came_from.event)
        await self._sharing.require_say(person, home, before.created_by)
        if event.deleted_at is not None:
            if event.went_to != event.came_from or before.deleted_at is not None:
                raise NotFound("event")
            return seen_by(before, person)  # by an earlier delivery of the same press
        await self._check(person, book, event)
        if event.etag != etag:
            raise Stale("the event has changed again")
        if before.deleted_at is None and before.content != event.content:
            raise Stale("somebody has brought it back there, and changed it")
        if before.deleted_at is not None:
            again = replace(before, content=event.content, deleted_at=None, went_to=None)
            before = await self._write(again, home, author)
        await self._take_along(event, book, before, home, author)
        return before

    async def _take_along(
        self, event: Event, book: Book, there: Event, target: Book, author: Author
    ) -> None:
        """Bring the answers to where an event is now, and take it away from where it was."""
        given = await self._store.answers.of_event(book, event.id)
        await self._store.answers.put_all([replace(each, event=there.id) for each in given], target)
        gone_to = Whereabouts(target.id, there.id)
        gone = replace(event, deleted_at=self._clock.now(), went_to=gone_to)
        await self._write(gone, book, author)
        await self._store.answers.remove_all(given, book)

    async def _writable(self, author: Author, book_id: BookId) -> tuple[Person, Book]:
        if author.person is None:
            raise NotFound("book")
        return author.person, await self._sharing.book_for(author.person, book_id, Role.CONTRIBUTOR)

    async def _found(self, book: Book, id: EventId) -> Event:
        event = await self._store.events.find(book, id)
        if event is None:
            raise NotFound("event")
        return event

    async def _check(self, person: Person, book: Book, event: Event) -> None:
        await self._sharing.require_say(person, book, event.created_by)
        if seen_by(event, person) is not event:
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        if event.mirror is not None:
            raise ReadOnly(event.mirror.reason)
        if event.feed:
            raise ReadOnly(ReadOnlyReason.SUBSCRIBED)

    async def _write(self, event: Event, book: Book, author: Author) -> Event:
        touched = replace(event, updated_by=author, updated_at=self._clock.now())
        async with self._ripples.of(book, event.id, None):
            return await self._store.events.save(touched, book)
