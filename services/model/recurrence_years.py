"""The days of rules by parts, year for year, out of tables.

A year looks like one of 28: which weekday it begins on, and whether it, the one before or the one
after it has a leap day. So the days that fit are found once for each such year, as distances from
1 January, and every later year is a look-up; a rule that never fits is known for one after at most
28 tables, and costs a walk through the calendar's 9999 years at the very worst.

A day is in the week of the year that week belongs to: 1 January may be in week 53. Positions are
counted within a period, the whole of it, whatever day the series starts on.
Source: RFC 5545, section 3.3.10; ISO 8601 for weeks, with any first day of the week.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from services.model.months import LENGTHS
from services.model.recurrence_rules import Frequency, Parts, Rule, Weekday

__all__ = ["days_by_parts", "last_by_parts"]

LAST_YEAR = date.max.year
LENGTHS_IN_LEAP_YEARS = (LENGTHS[0], 29, *LENGTHS[2:])
LONGEST = 366
"""Days of a year."""


def days_by_parts(rule: Rule, parts: Parts, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` (on or after ``start``) to ``last`` of an endless rule."""
    low, high = first.toordinal(), last.toordinal()
    years = range(first.year, last.year + 1)
    if parts.frequency is Frequency.YEARLY:
        skipped = -((start.year - first.year) // rule.interval)
        years = range(start.year + skipped * rule.interval, last.year + 1, rule.interval)
    if parts.frequency is Frequency.WEEKLY and parts.positions:
        return _in_weeks(rule, parts, start, low, high)
    table = _table(parts, rule.week_start)
    found = (ordinal for year in years for ordinal in table.between(year, low, high))
    return map(date.fromordinal, _in_turn(rule, parts, start, found))


def last_by_parts(rule: Rule, parts: Parts, start: date, limit: date) -> date | None:
    """Return the last day from ``start`` to ``limit``; the years are searched from the end."""
    low, end, step = start.toordinal(), limit.toordinal(), LONGEST * rule.interval
    while end >= low:
        span = date.fromordinal(max(low, end - step)), date.fromordinal(end)
        latest = deque(days_by_parts(rule, parts, start, *span), maxlen=1)
        if latest:
            return latest[0]
        end, step = end - step - 1, step * 2
    return None


def _in_turn(rule: Rule, parts: Parts, start: date, found: Iterable[int]) -> Iterable[int]:
    """Return those days whose period is one that the interval leaves."""
    every = rule.interval
    if every == 1 or parts.frequency is Frequency.YEARLY:
        return found
    if parts.frequency is Frequency.DAILY:
        origin = start.toordinal()
        return (each for each in found if not (each - origin) % every)
    if parts.frequency is Frequency.WEEKLY:
        week = _week_of(start.toordinal(), rule.week_start)
        return (each for each in found if not (_week_of(each, rule.week_start) - week) % every)
    month = start.year * 12 + start.month
    days = ((each, date.fromordinal(each)) for each in found)
    return (each for each, day in days if not (day.year * 12 + day.month - month) % every)


def _in_weeks(rule: Rule, parts: Parts, start: date, low: int, high: int) -> Iterator[date]:
    """Yield the days of rules that choose among a week's, which may lie in two years."""
    table, begins = _table(parts, rule.week_start), rule.week_start
    # From the first day of a week on, however near the beginning of the calendar.
    monday = max(1, low - (date.fromordinal(low).weekday() - begins) % 7)
    years = range(
        date.fromordinal(monday).year, min(LAST_YEAR, date.fromordinal(high).year + 1) + 1
    )
    fitting = (each for year in years for each in table.between(year, monday, high + 7))
    in_turn = _in_turn(rule, parts, start, fitting)
    for _, week in groupby(in_turn, lambda each: _week_of(each, begins)):
        for each in _at_positions(list(week), parts.positions):
            if low <= each <= high:
                yield date.fromordinal(each)


class _Years:
    """Which days of any year fit the parts of a rule."""

    __slots__ = ("_known", "_parts", "_week_start")

    def __init__(self, parts: Parts, week_start: Weekday) -> None:
        self._parts = parts
        self._week_start = week_start
        self._known: dict[tuple[bool, int, bool, bool], list[int]] = {}

    def between(self, year: int, low: int, high: int) -> Iterator[int]:
        """Yield the days of a year from ``low`` to ``high``, all as ordinals."""
        before = date(year, 1, 1).toordinal() - 1
        key = (
            isleap(year),
            (before + 1) % 7,
            bool(self._parts.weeks) and isleap(year - 1),
            bool(self._parts.weeks) and isleap(year + 1),
        )
        numbers = self._known.get(key)
        if numbers is None:
            numbers = self._known[key] = _fitting(self._parts, self._week_start, *key)
        begin, end = bisect_left(numbers, low - before), bisect_right(numbers, high - before)
        return (before + number for number in numbers[begin:end])


@lru_cache(maxsize=1024)
def _table(parts: Parts, week_start: Weekday) -> _Years:
    return _Years(parts, week_start)


def _fitting(
    parts: Parts, week_start: int, leap: bool, begins: int, leap_before: bool, leap_after: bool
) -> list[int]:
    """Return the numbers (from 1) of a year's days that fit.

    Args:
        parts: the conditions.
        week_start: the first day of the week.
        leap: whether it has 29 February.
        begins: the day of the week of 1 January, counted as ordinals are: Sunday is 0.
        leap_before: whether the year before has a leap day.
        leap_after: whether the year after has one.
    """
    lengths = LENGTHS_IN_LEAP_YEARS if leap else LENGTHS
    length = sum(lengths)
    months = [
        (month, range(end - size + 1, end + 1))
        for month, (size, end) in enumerate(zip(lengths, accumulate(lengths), strict=True), 1)
    ]
    first_weekday = (begins - 1) % 7
    fits = set(range(1, length + 1))
    if parts.months:
        fits &= {day for month, days in months if month in parts.months for day in days}
    if parts.month_days:
        fits &= {days[_index(n)] for _, days in months for n in parts.month_days if _has(days, n)}
    if parts.year_days:
        fits &= {n if n > 0 else length + 1 + n for n in parts.year_days}
    if parts.weeks:
        into = (first_weekday - week_start) % 7
        fits &= _of_weeks(parts.weeks, length, into, leap_before, leap_after)
    if parts.weekdays:
        is_monthly = parts.frequency is Frequency.MONTHLY or parts.months
        spans = [days for _, days in months] if is_monthly else [range(1, length + 1)]
        fits &= {day for days in spans for day in _on_weekdays(parts, days, first_weekday)}
    in_order = sorted(fits)
    if not parts.positions or parts.frequency is Frequency.WEEKLY:
        return in_order
    if parts.frequency is Frequency.YEARLY:
        return _at_positions(in_order, parts.positions)
    if parts.frequency is Frequency.DAILY:
        return in_order if {1, -1}.intersection(parts.positions) else []
    chosen = (
        _at_positions([day for day in in_order if day in days], parts.positions)
        for _, days in months
    )
    return [day for of_month in chosen for day in of_month]


def _on_weekdays(parts: Parts, days: range, first_weekday: int) -> Iterator[int]:
    """Yield those of a month's or a year's days that are one of the weekdays, by their numbers."""
    for named in parts.weekdays:
        offset = (named.weekday - first_weekday - (days[0] - 1)) % 7
        same = days[offset::7]
        if not named.number:
            yield from same
        elif _has(same, named.number):
            yield same[_index(named.number)]


def _of_weeks(
    weeks: tuple[int, ...], length: int, into: int, leap_before: bool, leap_after: bool
) -> set[int]:
    """Return the days of a year that are in one of the weeks, counted from either end.

    Args:
        weeks: their numbers.
        length: how many days the year has.
        into: how many days of its week are over when the year begins.
        leap_before: whether the year before has a leap day.
        leap_after: whether the year after has one.
    """
    own = _first_week(into)
    before = _first_week((into - (366 if leap_before else 365)) % 7) - (366 if leap_before else 365)
    after = _first_week((into + length) % 7) + length
    end = 366 if leap_after else 365
    beyond = _first_week((into + length + end) % 7) + length + end
    bounds = (before, own, after, beyond)
    found: set[int] = set()
    for begin, stop in pairwise(bounds):
        count = (stop - begin) // 7
        for number in weeks:
            week = number if number > 0 else count + 1 + number
            if 1 <= week <= count:
                found.update(range(begin + (week - 1) * 7, begin + week * 7))
    return {day for day in found if 1 <= day <= length}


def _first_week(into: int) -> int:
    """Return the number of the day on which week 1 begins: the first with four days or more."""
    return 1 - into if into <= 3 else 8 - into


def _at_positions(days: list[int], positions: tuple[int, ...]) -> list[int]:
    """Return the days at the positions (from 1, or from -1 at the end), each once, in order."""
    return sorted({days[_index(n)] for n in positions if _has(days, n)})


def _has(days: list[int] | range, number: int) -> bool:
    return abs(number) <= len(days)


def _index(number: int) -> int:
    return number - 1 if number > 0 else number


def _week_of(ordinal: int, week_start: int) -> int:
    """Return a number of the week that a day is in; ordinal 1 was a Monday."""
    return (ordinal - 1 - week_start) // 7
