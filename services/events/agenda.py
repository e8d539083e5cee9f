"""What is on, from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.books.sharing import Sharing
from services.events.expansions import Expansions
from services.events.occurrences import by_start, expanded
from services.model.answers import Given
from services.model.books import Book, BookId, Role
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Occurrence
from services.model.identity import Person, PersonHome
from services.model.veil import has_secrets, one_seen_by
from services.storage.store import Store

__all__ = ["LONGEST", "Agenda", "on_days", "said_in"]

LONGEST = 366
"""Days that one agenda shows."""
YEARS = range(1900, 2201)


class Agenda:
    """Occurrences of a calendar in order."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing
        self._expansions = Expansions()

    async def revision(self, person: Person, book_id: BookId) -> int:
        """Return a number that grows with every change of the calendar.

        Raises:
            NotFound: there is no such calendar, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._store.events.revision(book)

    async def answered(self, person: Person, book_ids: Sequence[BookId]) -> tuple[Given, ...]:
        """Return what somebody has answered to what is on in some calendars.

        Raises:
            NotFound: one of them is none, as far as this person may know.
        """
        books = [await self._sharing.book_for(person, id, Role.READER) for id in book_ids]
        return tuple([one for book in books for one in await said_in(self._store, book, person)])

    async def of_all(
        self, person: Person, book_ids: Sequence[BookId], first: date, last: date, zone: ZoneInfo
    ) -> tuple[Occurrence, ...]:
        """Return what is on in several calendars together, by start; see :meth:`between`."""
        each = [await self.between(person, id, first, last, zone) for id in book_ids]
        if len(each) == 1:
            return each[0]
        return tuple(by_start((one for found in each for one in found), zone))

    async def between(
        self, person: Person, book_id: BookId, first: date, last: date, zone: ZoneInfo
    ) -> tuple[Occurrence, ...]:
        """Return what is on from ``first`` to ``last``, both included, as they may see it.

        Raises:
            NotFound: there is no such calendar, as far as this person may know.
            InvalidInput: the days are in the wrong order, too many, or of another age.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        _check(first, last)
        start, end = _window(first, last, zone)
        events = await self._store.events.between(book, start, end, zone)
        found = self._expansions.between(book.id, events, start, end, zone)
        if not any(map(has_secrets, events)):
            return found  # as in nearly all calendars
        return tuple([one_seen_by(one, person) for one in found])


async def said_in(store: Store, book: Book, person: Person | None) -> tuple[Given, ...]:
    """Return what somebody has answered in a calendar; nobody is asked in one of their own."""
    if person is None or isinstance(book.home, PersonHome):
        return ()
    return await store.answers.of_person(book, person)


async def on_days(
    store: Store, book: Book, first: date, last: date, zone: ZoneInfo
) -> tuple[Occurrence, ...]:
    """Return what is on from ``first`` to ``last``, for whoever has asked for the role.

    Nothing is veiled yet: who shows it to somebody does that.
    """
    start, end = _window(first, last, zone)
    events = await store.events.between(book, start, end, zone)
    return tuple(by_start(expanded(events, start, end, zone), zone))


def _window(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return where days begin and end in a zone."""
    start = datetime.combine(first, time(), zone)
    return start, datetime.combine(last + timedelta(days=1), time(), zone)


def _check(first: date, last: date) -> None:
    if first.year not in YEARS or last.year not in YEARS:
        raise InvalidInput(Problem("first", Wrong.OUT_OF_RANGE))
    if last < first:
        raise InvalidInput(Problem("last", Wrong.ENDS_BEFORE_START))
    if (last - first).days >= LONGEST:
        raise InvalidInput(Problem("last", Wrong.OUT_OF_RANGE, LONGEST))
