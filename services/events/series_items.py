"""Changing and cancelling within a series: one occurrence, it and all that follow, or all.

A split is one commit of two events: the series that ends, and the one that goes on, whose id
follows from what was asked, so a repeated request finds it; its author and the answers to it go
along. Every change can be taken back for as
long as nobody has changed the event again: what was replaced is in its history.
What becomes of the content is worked out by :mod:`services.events.series`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.books.items import Items
from services.books.sharing import Sharing
from services.events.series import cancelled, changed, occurring
from services.model.answers import from_day
from services.model.books import Book, BookId
from services.model.errors import NotFound, Stale
from services.model.events import Author, Event, EventContent, EventId
from services.model.reach import Reach
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Changed", "SeriesItems"]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a series."""

    event: Event
    """The series, or its tombstone where nothing is left of it."""
    made: Event | None = None
    """The series that goes on, after a split."""


class SeriesItems(Items[Event, EventId, EventContent]):
    """Use cases of one and of many occurrences."""

    KIND = "event"

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        super().__init__(Event, store.events, store, sharing, clock)
        self._answers = store.answers

    async def change(
        self,
        author: Author,
        book_id: BookId,
        event_id: EventId,
        day: date,
        reach: Reach,
        content: EventContent,
        *,
        etag: str,
    ) -> Changed:
        """Change one occurrence of a series, it and all that follow, or all as this one.

        Args:
            author: who does it.
            book_id: the calendar.
            event_id: the series.
            day: the occurrence's, in the zone of the series.
            reach: which occurrences are meant.
            content: what the occurrence is to be; its rule counts where more than one is meant.
            etag: of the version that the person saw.

        Raises:
            NotFound: no such series for this person, or it has no such occurrence (any more).
            NotAllowed: they may not change this one, or none.
            ReadOnly: it is changed elsewhere, or the calendar is archived.
            Stale: it has changed since the person saw it.
            InvalidInput: the content cannot be taken.
        """
        book, event = await self._changeable(author, book_id, event_id)
        if event.deleted_at is not None:
            raise NotFound(self.KIND)
        self._check(event)
        made_id = self._id_of(book, f"{event.id} {day} {etag}")
        made = await self._ledger.find(book, made_id) if reach is Reach.FOLLOWING else None
        if made is not None and made.deleted_at is None:
            return Changed(event, made)
        series = event.content
        one = occurring(series, day)
        if one is None:
            raise NotFound(self.KIND) if event.etag == etag else Stale("the series has changed")
        if reach is Reach.ONE:
            content = self._tidy(content, book, one)
        kept, goes_on = changed(series, day, reach, content)
        kept = self._tidy(kept, book, series)
        if kept == series:
            return Changed(event)
        if event.etag != etag:
            raise Stale("the series has changed")
        touched = self._touched(event, author, content=kept)
        if goes_on is None:
            return Changed(await self._save(touched, book))
        new = self._new(made_id, book, author, self._tidy(goes_on, book, one))
        if event.created_by.person is not None:  # what goes on is its author's, as before
            new = self._touched(replace(new, created_by=event.created_by), author)
        split = Changed(*await self._save_together([touched, new], book))
        given = from_day(await self._answers.of_event(book, event.id), day)
        await self._answers.put_all([replace(each, event=made_id) for each in given], book)
        return split

    async def cancel(
        self, author: Author, book_id: BookId, event_id: EventId, day: date, reach: Reach
    ) -> Changed:
        """Cancel one occurrence, it and all that follow, or all; again, and nothing happens.

        A series of which nothing is left is deleted.

        Raises:
            NotFound: no such event for this person, ever.
            NotAllowed: they may not change this one, or none.
            ReadOnly: it is changed elsewhere, or the calendar is archived.
            Stale: somebody changed it at the same moment.
        """
        if reach is Reach.ALL:
            return Changed(await self.delete(author, book_id, event_id))
        book, event = await self._changeable(author, book_id, event_id)
        if event.deleted_at is not None:
            return Changed(event)
        self._check(event)
        left = cancelled(event.content, day, reach)
        if left == event.content:
            return Changed(event)
        if left is None:
            gone = self._touched(event, author, deleted_at=self._clock.now())
            return Changed(await self._save(gone, book))
        return Changed(await self._save(self._touched(event, author, content=left), book))

    async def undo(
        self,
        author: Author,
        book_id: BookId,
        event_id: EventId,
        etag: str,
        made: EventId | None = None,
    ) -> Event:
        """Take back the last change of an event, and what that change made beside it.

        Args:
            author: who does it.
            book_id: the calendar.
            event_id: the event.
            etag: of the version that the change has left.
            made: the series that goes on since a split.

        Raises:
            NotFound: no such event for this person, or nothing is known of what was before.
            NotAllowed: they may not change one of them, or none; or it was private before, and
                is not theirs (``OnlyOwn``).
            ReadOnly: it is changed elsewhere, or the calendar is archived.
            Stale: one of them has changed again since.
        """
        book, event = await self._changeable(author, book_id, event_id)
        self._check(event)
        before = await self._ledger.history(book, event.id)
        if not before:
            raise NotFound(self.KIND)
        if event.etag != etag:
            raise Stale("the series has changed again")
        back = self._touched(event, author, content=before[-1].content, deleted_at=None)
        also = [await self._undone(author, book, event, made)] if made else []
        restored, *_ = await self._save_together([back, *also], book)
        return restored

    async def _undone(self, author: Author, book: Book, event: Event, made: EventId) -> Event:
        """Return the tombstone of what the last change of an event made beside it."""
        _, other = await self._changeable(author, book.id, made)
        if other.deleted_at is not None:
            raise NotFound(self.KIND)
        if other.revision != event.revision:
            raise Stale("the series that goes on has changed")
        return self._touched(other, author, deleted_at=self._clock.now())
