"""What calendars show of a day beside its events: holidays, and what contacts celebrate."""

from __future__ import annotations

from collections.abc import Sequence

from services.contacts.birthdays import Birthdays
from services.events.holidays import Holidays
from services.model.books import Book, BookId
from services.model.settings import Holiday
from services.model.spans import Span

__all__ = ["Marks"]


class Marks:
    """Computed whenever somebody looks; nothing of it is stored."""

    def __init__(self, holidays: Holidays, birthdays: Birthdays) -> None:
        self._holidays = holidays
        self._birthdays = birthdays

    async def of(self, calendars: Sequence[Book], span: Span, language: str) -> tuple[Holiday, ...]:
        """Return the marks of some calendars within a span, each once.

        Args:
            calendars: that the reader may see.
            span: the days.
            language: in which holidays are named, as far as that is known.
        """
        found: dict[Holiday, None] = {}
        for book in calendars:
            off = await self._holidays.between(book.settings, span.first, span.last, language)
            found.update(dict.fromkeys(off))
        celebrated = await self._birthdays.marks(calendars, span.first, span.last)
        return tuple(sorted({**found, **dict.fromkeys(celebrated)}))

    async def revisions(self, calendars: Sequence[Book]) -> tuple[tuple[BookId, int], ...]:
        """Return what changes whenever contacts do that some calendars show."""
        return await self._birthdays.revisions(calendars)
