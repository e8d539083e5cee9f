"""Answering to events: who comes, may come, or does not."""

from __future__ import annotations

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.events.occurrences import occurrence_at
from services.model.answers import Answer, Given, Tally, is_answered, tally_of
from services.model.books import Book, BookId, Role
from services.model.errors import NotFound, ReadOnly, ReadOnlyReason
from services.model.events import Author, Event, EventId
from services.model.identity import Person
from services.model.times import Clock
from services.model.veil import is_veiled
from services.storage.store import Store

__all__ = ["Answers"]


class Answers:
    """Use cases of answers. Whoever may read a calendar may answer, and sees who has."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def of(
        self, person: Person, book_id: BookId, event_id: EventId, original: str = ""
    ) -> Tally | None:
        """Return who has answered what; ``None`` where nobody is asked.

        Args:
            person: who wants to know.
            book_id: the calendar.
            event_id: the event.
            original: which date of a series; empty = all of them.

        Raises:
            NotFound: no such event for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        event = await self._store.events.get(book, event_id)
        if not is_answered(event, book) or is_veiled(event, person):
            return None
        return tally_of(await self._store.answers.of_event(book, event_id), original)

    async def give(
        self,
        author: Author,
        book_id: BookId,
        event_id: EventId,
        answer: Answer,
        original: str = "",
    ) -> Tally:
        """Answer, in place of what the same person said before; return all answers.

        Args:
            author: who answers.
            book_id: the calendar.
            event_id: the event.
            answer: what they say.
            original: which date of a series; empty = all of them.

        Raises:
            NotFound: no such event or date for this person.
            ReadOnly: it is somebody's meeting, private, or from elsewhere; or all is archived.
        """
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.READER)
        event = await self._store.events.get(book, event_id)
        _check(event, book, author.person)
        if original and occurrence_at(event, original) is None:
            raise NotFound("event")
        given = Given(
            event=event_id,
            original=original,
            person=author.person,
            name=author.name,
            answer=answer,
            at=self._clock.now(),
        )
        await self._store.answers.put(given, book)
        await self._ripples.redraw(book, event_id)
        return tally_of(await self._store.answers.of_event(book, event_id), original)


def _check(event: Event, book: Book, person: Person) -> None:
    if book.archived:
        raise ReadOnly(ReadOnlyReason.ARCHIVED)
    if is_veiled(event, person):
        raise ReadOnly(ReadOnlyReason.PRIVATE)
    if event.mirror is not None:
        raise ReadOnly(event.mirror.reason)
    if not is_answered(event, book):
        raise ReadOnly(ReadOnlyReason.SUBSCRIBED)
