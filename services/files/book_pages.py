"""A week or a month of a calendar as a page to pin up, as the person who asks may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.events.agenda import on_days
from services.events.holidays import Holidays
from services.files.exports import FileToFetch, file_name
from services.model.books import BookId, Role
from services.model.celebrations import Celebration
from services.model.events import EventContent, ShowAs
from services.model.identity import Person
from services.model.recurrence import Weekday
from services.model.settings import Marked, View
from services.model.spans import FIRST_DAY, LAST_DAY, span_of
from services.model.times import AllDay, Clock
from services.model.veil import BUSY, content_in_words, one_seen_by
from services.storage.store import Store

__all__ = ["BookPages"]


class BookPages:
    """Use cases of calendars on paper."""

    def __init__(
        self,
        store: Store,
        sharing: Sharing,
        holidays: Holidays,
        birthdays: Birthdays,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._holidays = holidays
        self._birthdays = birthdays
        self._clock = clock

    async def page(
        self,
        person: Person,
        book_id: BookId,
        view: View,
        day: date,
        *,
        name: str,
        zone: ZoneInfo,
        language: str,
        first_weekday: Weekday,
        celebrated: Mapping[Marked, str],
        busy: str = BUSY,
        if_missing: str = "",
        for_all: bool = False,
    ) -> FileToFetch:
        """Return a page as a PDF.

        Args:
            person: who asks.
            book_id: the calendar.
            view: ``WEEK`` or ``MONTH``.
            day: any day of it.
            name: the calendar's, as people call it.
            zone: in which times are shown.
            language: of names of days and months.
            first_weekday: where a week begins.
            celebrated: what contacts celebrate, in words.
            busy: what is called so that is private to others.
            if_missing: what the page says where no font has a letter of it.
            for_all: others can fetch it, too: what the asker keeps private is not on it either.

        Raises:
            NotFound: no such calendar for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        span = span_of(view, min(max(day, FIRST_DAY), LAST_DAY), first_weekday)
        reader = None if for_all else person
        found = await on_days(self._store, book, span.first, span.last, zone)
        off = await self._holidays.between(book.settings, span.first, span.last, language)
        days = await self._birthdays.shown([book], span.first, span.last)
        data = await asyncio.to_thread(
            partial(_drawn, view, day, first_weekday, self._clock.now()),
            name=name,
            zone=zone,
            language=language,
            settings=book.settings,
            contents=[
                *(content_in_words(one_seen_by(one, reader).content, busy) for one in found),
                *_bars(days, celebrated),
            ],
            days_off={each.day: each.name for each in off},
            if_missing=if_missing,
        )
        when = f"{day:%Y-%m}" if view is View.MONTH else f"{span.first:%Y-%m-%d}"
        return FileToFetch(file_name(f"{name} {when}", "pdf"), "", data)


def _bars(days: Sequence[Celebration], words: Mapping[Marked, str]) -> Iterator[EventContent]:
    """Yield celebrations as whole days, in words: a printer's font has no cake."""
    for each in days:
        years = f" ({each.years})" if each.years else ""
        yield EventContent(
            title=f"{each.of.name}{years} \N{MIDDLE DOT} {words[each.of.what]}",
            when=AllDay(each.day, each.day + timedelta(days=1)),
            show_as=ShowAs.FREE,
        )


def _drawn(view: View, day: date, first_weekday: Weekday, made_at: datetime, **leaf: Any) -> bytes:
    """Draw the page, in a thread; ``leaf`` is what a ``Leaf`` is made of."""
    # Fonts and PDFs take a third of a second to load, which a start need not wait for.
    from services.formats.calendar_pdf import Leaf, month_page, week_page  # noqa: PLC0415

    draw = month_page if view is View.MONTH else week_page
    return draw(Leaf(**leaf), day, first_weekday, made_at)
