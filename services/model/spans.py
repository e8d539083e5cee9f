"""The days, weeks and months that a calendar is shown by.

:func:`span_of` says which days a view shows around a day, :func:`weeks_of` lays a month out in
whole weeks, and :func:`stepped` leads to the next one. Pure, and all in days: a zone only says
which day it is.

ISO 8601 counts weeks by their Thursday; so does :func:`week_number`, wherever a week begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.model.months import day_numbered, month_of
from services.model.recurrence import Weekday
from services.model.settings import View

__all__ = ["FIRST_DAY", "LAST_DAY", "Span", "span_of", "stepped", "week_number", "weeks_of"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""Calendars are shown within these."""
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Some days that follow each other, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Each of them."""
        return tuple(date.fromordinal(n) for n in range(self._first, self._first + self.count))

    @property
    def count(self) -> int:
        """How many there are."""
        return self.last.toordinal() - self._first + 1

    @property
    def _first(self) -> int:
        return self.first.toordinal()


def span_of(view: View, day: date, first_weekday: Weekday, *, days: int = 7) -> Span:
    """Return what a view shows where it shows ``day``.

    Args:
        view: an agenda begins with the day, a month is shown in whole weeks.
        day: any day of it.
        first_weekday: where a week begins.
        days: how long an agenda is.
    """
    if view is View.AGENDA:
        return Span(day, min(day + (days - 1) * DAY, LAST_DAY))
    if view is View.DAY:
        return Span(day, day)
    if view is View.WEEK:
        first = _week_of(day, first_weekday)
        return Span(first, first + WEEK - DAY)
    month = month_of(day)
    first = _week_of(day_numbered(month, 1), first_weekday)
    return Span(first, _week_of(day_numbered(month, 31), first_weekday) + WEEK - DAY)


def weeks_of(day: date, first_weekday: Weekday) -> tuple[tuple[date, ...], ...]:
    """Return the four to six weeks in which a month lies."""
    days = span_of(View.MONTH, day, first_weekday).days
    return tuple(days[at : at + 7] for at in range(0, len(days), 7))


def stepped(view: View, day: date, by: int, *, days: int = 7) -> date:
    """Return the day around which the view is that comes ``by`` later, as far as calendars go."""
    if view is View.MONTH:
        month = min(max(month_of(day) + by, month_of(FIRST_DAY)), month_of(LAST_DAY))
        return day_numbered(month, 1)
    length = {View.DAY: 1, View.WEEK: 7}.get(view, days)
    ordinal = day.toordinal() + by * length
    return date.fromordinal(min(max(ordinal, FIRST_DAY.toordinal()), LAST_DAY.toordinal()))


def week_number(first: date) -> int:
    """Return the ISO number of the week that begins on ``first``."""
    thursday = first + ((THURSDAY - first.weekday()) % 7) * DAY
    return thursday.isocalendar().week


def _week_of(day: date, first_weekday: Weekday) -> date:
    return day - ((day.weekday() - first_weekday) % 7) * DAY
