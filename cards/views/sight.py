"""What a picture of a calendar is drawn from: the same for each of its views.

Days belong to the reader: where a week begins is the calendar's setting or the habit of the
reader's language, and an event lies on the days that it has in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cards.action import ALL
from cards.colors import mark
from cards.events.event_actions import AgendaShow
from cards.viewer import Reader
from cards.when import days_of, first_weekday
from services.model.answers import Given
from services.model.books import Book, BookId
from services.model.events import Occurrence
from services.model.filters import fits
from services.model.recurrence import Weekday
from services.model.settings import Holiday, View
from services.model.spans import Span, span_of
from services.model.times import AllDay, Timed

__all__ = ["ByDay", "Entry", "Sight", "window_of"]

ByDay = dict[date, list[Occurrence]]
"""What is on each day, whole days first."""
Entry = Occurrence | Holiday
"""A line of a list."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody looks at."""

    shown: AgendaShow
    """With its day."""
    span: Span
    book: Book
    reader: Reader
    today: date
    calendars: Mapping[BookId, Book] = field(default_factory=dict)
    """All that are looked at together; empty where it is ``book`` alone."""
    off: Mapping[date, tuple[Holiday, ...]] = field(default_factory=dict)
    """The holidays of these days."""
    answers: Sequence[Given] = ()
    """What the reader has answered to events."""

    @property
    def day(self) -> date:
        """The day around which it is."""
        return self.shown.first or self.today

    @property
    def language(self) -> str:
        """The reader's."""
        return self.reader.language

    @property
    def days(self) -> tuple[date, ...]:
        """The days that have a place in a week and a month."""
        return tuple(day for day in self.span.days if self.has_place(day))

    @property
    def first_weekday(self) -> Weekday:
        """Where a week begins."""
        return _first_weekday(self.book, self.reader)

    def has_place(self, day: date) -> bool:
        """Whether a day is drawn; a calendar may go without its weekends."""
        settings = self.book.settings
        return settings.weekends or day.weekday() in settings.business_days

    def seen(self, view: View, day: date, days: int = 7) -> AgendaShow:
        """Return the button's data for another view or day, through the same filters."""
        return replace(self.shown, first=day, days=days, page=0, view=view.value)

    def entries(self, found: ByDay, day: date) -> list[Entry]:
        """Return what stands under a day: its holidays, then what is on."""
        return [*self.off.get(day, ()), *found.get(day, ())]

    def calendar_of(self, occurrence: Occurrence) -> str:
        """Return the name of the calendar that an event is in, where there are several."""
        book = self.calendars.get(occurrence.event.book)
        return "" if book is None else mark(book)

    def by_day(self, occurrences: Sequence[Occurrence]) -> ByDay:
        """Return what passes the filters under each of its days within the span."""
        zone, span = self.reader.zone, self.span
        found: ByDay = {day: [] for day in span.days}
        tag, who = self.shown.tag or "", self.shown.who or ""
        seen = self.reader.sees_all(occurrences)
        if tag or who:
            seen = [each for each in seen if fits(each, tag=tag, who=who)]
        has_whole_days = False
        for occurrence in seen:
            when = occurrence.when
            first, last = days_of(when, zone)
            if first != last:
                for day in Span(max(first, span.first), min(last, span.last)).days:
                    found[day].append(occurrence)
            elif first in found:
                found[first].append(occurrence)
            has_whole_days = has_whole_days or isinstance(when, AllDay)
        if has_whole_days:
            for each in found.values():
                each.sort(key=_is_timed)
        return found


def window_of(
    shown: AgendaShow,
    book: Book,
    reader: Reader,
    today: date,
    *,
    calendars: Sequence[Book] = (),
    holidays: Sequence[Holiday] = (),
    answers: Sequence[Given] = (),
) -> Sight:
    """Return what is looked at; its span says what must be read for the picture.

    Args:
        shown: which days, in which view.
        book: the calendar, or the first one of the place.
        reader: for whom.
        today: the reader's present day.
        calendars: those of the place, where all of them are shown.
        holidays: within the span; a picture through a filter leaves them out.
        answers: what the reader has answered.
    """
    day = shown.first or today
    span = span_of(shown.kind, day, _first_weekday(book, reader), days=shown.days)
    here = replace(shown, book=ALL if shown.book == ALL else book.id, first=day)
    several = {each.id: each for each in calendars} if len(calendars) > 1 else {}
    off: dict[date, tuple[Holiday, ...]] = {}
    if not (shown.tag or shown.who):
        for each in holidays:
            off[each.day] = (*off.get(each.day, ()), each)
    return Sight(here, span, book, reader, today, several, off, answers)


def _first_weekday(book: Book, reader: Reader) -> Weekday:
    chosen = book.settings.first_weekday
    return first_weekday(reader.language) if chosen is None else chosen


def _is_timed(occurrence: Occurrence) -> bool:
    return isinstance(occurrence.when, Timed)
