"""Rules of repeating events: the six patterns that Outlook can say, and their expansion.

A rule works on days; :func:`days` yields the days of a rule inside a window and jumps to the
window first, so its cost depends on the window, never on how long ago the series began.
Reference: Microsoft Graph ``recurrencePattern`` and ``recurrenceRange``; RFC 5545 section 3.3.10.
"""

from __future__ import annotations

from calendar import isleap
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

__all__ = [
    "MAX_COUNT",
    "MAX_INTERVAL",
    "Pattern",
    "Rule",
    "Week",
    "Weekday",
    "check",
    "days",
    "first_day",
    "last_day",
]

MAX_INTERVAL = 99
MAX_COUNT = 999
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A series starts within these; it may go on for longer."""


class Pattern(StrEnum):
    """How the days of a series follow each other."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY_BY_DAY = "monthly_by_day"
    """On the 24th; in shorter months on their last day, as Outlook does."""
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"
    """On the second Tuesday."""
    YEARLY_BY_DAY = "yearly_by_day"
    YEARLY_BY_WEEKDAY = "yearly_by_weekday"


class Weekday(IntEnum):
    """As ``date.weekday()`` counts."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Week(IntEnum):
    """Which one of a month's weekdays."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4
    LAST = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a series repeats. The first day is the series' own start, never kept twice."""

    pattern: Pattern
    interval: int = 1
    """Every so many days, weeks, months or years; 1 to 99."""
    weekdays: tuple[Weekday, ...] = ()
    """Sorted. WEEKLY: each of them. *_BY_WEEKDAY: the n-th day of the month that is any of them."""
    day: int | None = None
    """*_BY_DAY: 1 to 31."""
    week: Week | None = None
    """*_BY_WEEKDAY."""
    month: int | None = None
    """YEARLY_*: 1 to 12."""
    week_start: Weekday = Weekday.MONDAY
    until: date | None = None
    """The last possible day, included. At most one of ``until`` and ``count`` is given."""
    count: int | None = None
    """1 to 999."""


MONTHLY = (Pattern.MONTHLY_BY_DAY, Pattern.MONTHLY_BY_WEEKDAY)
YEARLY = (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)
BY_DAY = (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
BY_WEEKDAY = (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the rule's days from ``first`` to ``last``, both included, in order.

    ``start`` is where the series begins: the rule's first day is the first that fits on or
    after it, and a count is counted from there.
    """
    first = max(first, start)
    last = min(last, _limit(rule, start))
    if first > last:
        return iter(())
    if rule.pattern is Pattern.DAILY:
        return _daily(rule, start, first, last)
    if rule.pattern is Pattern.WEEKLY:
        return _weekly(rule, start, first, last)
    return _by_month(rule, start, first, last)


def first_day(rule: Rule, start: date) -> date:
    """Return the first day on or after ``start`` that fits, whatever the rule's end says."""
    return _nth(rule, start, 0)


def last_day(rule: Rule, start: date) -> date | None:
    """Return the last day of the series, or ``None`` when it goes on for ever.

    A rule that :func:`check` refuses because nothing fits before ``until`` ends on ``until``.
    """
    if rule.until is None and rule.count is None:
        return None
    limit = _limit(rule, start)
    if rule.count is not None:
        return limit
    period = timedelta(days=rule.interval * 366 + 31)
    earliest = max(start, limit - period) if limit - start > period else start
    return next(iter(deque(days(rule, start, earliest, limit), maxlen=1)), limit)


def check(rule: Rule, start: date) -> None:
    """Say whether a series can follow the rule.

    Raises:
        ValueError: it cannot; the text names the part that is wrong.
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ValueError("a series starts between 1900 and 2200")
    if not 1 <= rule.interval <= MAX_INTERVAL:
        raise ValueError("interval out of range")
    if rule.count is not None and rule.until is not None:
        raise ValueError("count and until exclude each other")
    if rule.count is not None and not 1 <= rule.count <= MAX_COUNT:
        raise ValueError("count out of range")
    _check_parts(rule)
    try:
        begin = first_day(rule, start)
        _nth(rule, start, (rule.count or 1) - 1)
    except (OverflowError, ValueError) as err:
        raise ValueError("the series leaves the calendar") from err
    if rule.until is not None and rule.until < begin:
        raise ValueError("until is before the first day")


def _check_parts(rule: Rule) -> None:
    """Demand the parts that the pattern needs, and none that it does not know."""
    by_day, by_weekday = rule.pattern in BY_DAY, rule.pattern in BY_WEEKDAY
    if (rule.day is not None) != by_day:
        raise ValueError("day: needed by *_by_day, and by these alone")
    if (rule.week is not None) != by_weekday:
        raise ValueError("week: needed by *_by_weekday, and by these alone")
    if (rule.month is not None) != (rule.pattern in YEARLY):
        raise ValueError("month: needed by yearly_*, and by these alone")
    if bool(rule.weekdays) != (by_weekday or rule.pattern is Pattern.WEEKLY):
        raise ValueError("weekdays: needed by weekly and *_by_weekday, and by these alone")
    if list(rule.weekdays) != sorted(set(rule.weekdays)):
        raise ValueError("weekdays are sorted and each named once")
    if rule.month is not None and not 1 <= rule.month <= 12:
        raise ValueError("month out of range")
    longest = 31 if rule.month is None else _length(2000, rule.month)
    if rule.day is not None and not 1 <= rule.day <= longest:
        raise ValueError("day out of range")


def _limit(rule: Rule, start: date) -> date:
    """Return the day after which nothing comes; what leaves the calendar never ends."""
    if rule.until is not None:
        return rule.until
    if rule.count is None:
        return date.max
    try:
        return _nth(rule, start, rule.count - 1)
    except (OverflowError, ValueError):
        return date.max


def _nth(rule: Rule, start: date, n: int) -> date:
    """Return the day number ``n`` (from 0) of the series: arithmetic, never counting."""
    if rule.pattern is Pattern.DAILY:
        return start + timedelta(days=n * rule.interval)
    if rule.pattern is Pattern.WEEKLY:
        week, offsets = _first_week(rule, start)
        into = start.toordinal() - week
        skipped = sum(offset < into for offset in offsets)
        weeks, which = divmod(n + skipped, len(offsets))
        return date.fromordinal(week + weeks * rule.interval * 7 + offsets[which])
    origin, step = _first_month(rule, start)
    skipped = _day_in_month(rule, origin) < start
    return _day_in_month(rule, origin + (n + skipped) * step)


def _daily(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    origin = start.toordinal()
    skipped = -((origin - first.toordinal()) // rule.interval)
    ordinals = range(origin + skipped * rule.interval, last.toordinal() + 1, rule.interval)
    return map(date.fromordinal, ordinals)


def _weekly(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    origin, offsets = _first_week(rule, start)
    step = rule.interval * 7
    low, high = first.toordinal(), last.toordinal()
    for week in range(origin + (low - origin) // step * step, high + 1, step):
        for offset in offsets:
            if low <= week + offset <= high:
                yield date.fromordinal(week + offset)


def _by_month(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    origin, step = _first_month(rule, start)
    skipped = max(0, -((origin - _index(first)) // step))
    for index in range(origin + skipped * step, _index(last) + 1, step):
        day = _day_in_month(rule, index)
        if first <= day <= last:
            yield day


def _first_week(rule: Rule, start: date) -> tuple[int, list[int]]:
    """Return the ordinal on which the start's week begins, and the rule's days within a week."""
    week = start.toordinal() - (start.weekday() - rule.week_start) % 7
    return week, sorted((weekday - rule.week_start) % 7 for weekday in rule.weekdays)


def _first_month(rule: Rule, start: date) -> tuple[int, int]:
    """Return the month where the periods begin, as an index, and how many months one takes."""
    if rule.month is None:
        return _index(start), rule.interval
    return start.year * 12 + rule.month - 1, rule.interval * 12


def _index(day: date) -> int:
    """Return the number of the month, counted from the year 0."""
    return day.year * 12 + day.month - 1


def _length(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else MONTH_LENGTHS[month - 1]


def _day_in_month(rule: Rule, index: int) -> date:
    """Return the one day that a monthly or yearly rule has in a month."""
    year, month = index // 12, index % 12 + 1
    length = _length(year, month)
    if rule.day is not None:
        return date(year, month, min(rule.day, length))
    if rule.week is Week.LAST:
        end = date(year, month, length)
        return date(year, month, length - min((end.weekday() - day) % 7 for day in rule.weekdays))
    begin = date(year, month, 1).weekday()
    offsets = sorted((weekday - begin) % 7 for weekday in rule.weekdays)
    weeks, which = divmod((rule.week or 1) - 1, len(offsets))
    return date(year, month, 1 + weeks * 7 + offsets[which])
