"""What is on, from day to day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.model.books import Book, BookId, Role
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Occurrence
from services.model.identity import Person
from services.occurrences import by_start, occurrences
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["LONGEST", "Agenda", "on_days"]

LONGEST = 366
"""Days that one agenda shows."""
YEARS = range(1900, 2201)


class Agenda:
    """Occurrences of a calendar in order."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def revision(self, person: Person, book_id: BookId) -> int:
        """Return a number that grows with every change of the calendar.

        Raises:
            NotFound: there is no such calendar, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._store.events.revision(book)

    async def between(
        self, person: Person, book_id: BookId, first: date, last: date, zone: ZoneInfo
    ) -> tuple[Occurrence, ...]:
        """Return what is on from ``first`` to ``last``, both included, by start.

        Raises:
            NotFound: there is no such calendar, as far as this person may know.
            InvalidInput: the days are in the wrong order, too many, or of another age.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        _check(first, last)
        return await on_days(self._store, book, first, last, zone)


async def on_days(
    store: Store, book: Book, first: date, last: date, zone: ZoneInfo
) -> tuple[Occurrence, ...]:
    """Return what is on from ``first`` to ``last``, for whoever has asked for the role."""
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    events = await store.events.between(book, start, end)
    found = (one for event in events for one in occurrences(event, start, end, zone))
    return tuple(by_start(found, zone))


def _check(first: date, last: date) -> None:
    if first.year not in YEARS or last.year not in YEARS:
        raise InvalidInput(Problem("first", Wrong.OUT_OF_RANGE))
    if last < first:
        raise InvalidInput(Problem("last", Wrong.ENDS_BEFORE_START))
    if (last - first).days >= LONGEST:
        raise InvalidInput(Problem("last", Wrong.OUT_OF_RANGE, LONGEST))
