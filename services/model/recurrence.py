"""Rules of repeating events: the six patterns that Outlook can say, one more, and their expansion.

A rule works on days; :func:`days` yields the days of a rule inside a window and jumps to the
window first, so its cost depends on the window, never on how long ago the series began.
The days of a month by their numbers (RFC 5545 ``BYMONTHDAY``, ``BYMONTH``) are the one pattern that
Outlook cannot say: :func:`is_outlooks` tells.
Reference: Microsoft Graph ``recurrencePattern`` and ``recurrenceRange``; RFC 5545 section 3.3.10.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import islice

from services.model.months import day_numbered, days_numbered, length_of, month_of, weekday_in

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
    "is_outlooks",
    "last_day",
]

MAX_INTERVAL = 999
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
    MONTHLY_BY_DAYS = "monthly_by_days"
    """On the 1st, the 15th and the last day; a month that lacks one of them does without it."""


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
    """Every so many days, weeks, months or years; 1 to 999."""
    weekdays: tuple[Weekday, ...] = ()
    """Sorted. WEEKLY: each of them. *_BY_WEEKDAY: the n-th day of the month that is any of them."""
    day: int | None = None
    """*_BY_DAY: 1 to 31."""
    week: Week | None = None
    """*_BY_WEEKDAY."""
    month: int | None = None
    """YEARLY_*: 1 to 12."""
    days: tuple[int, ...] = ()
    """MONTHLY_BY_DAYS: sorted; 1 to 31, or -31 to -1 counted from the end of the month."""
    months: tuple[int, ...] = ()
    """MONTHLY_BY_DAYS: sorted, 1 to 12; empty = every month."""
    week_start: Weekday = Weekday.MONDAY
    until: date | None = None
    """The last possible day, included. At most one of ``until`` and ``count`` is given."""
    count: int | None = None
    """1 to 999."""


MONTHLY = (Pattern.MONTHLY_BY_DAY, Pattern.MONTHLY_BY_WEEKDAY)
YEARLY = (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)
BY_DAY = (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
BY_WEEKDAY = (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
ALL_MONTHS = frozenset(range(1, 13))


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
    if rule.pattern is Pattern.MONTHLY_BY_DAYS:
        return _by_days(rule, start, first, last)
    return _by_month(rule, start, first, last)


def is_outlooks(rule: Rule) -> bool:
    """Whether Outlook has a word for the rule."""
    return rule.pattern is not Pattern.MONTHLY_BY_DAYS


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
    # Nothing is further from the next than a leap day from that of eight years later.
    years = 9 if rule.pattern is Pattern.MONTHLY_BY_DAYS else 1
    period = timedelta(days=rule.interval * 366 * years + 31)
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
    if bool(rule.days) != (rule.pattern is Pattern.MONTHLY_BY_DAYS):
        raise ValueError("days: needed by monthly_by_days, and by this alone")
    if rule.months and not rule.days:
        raise ValueError("months: only beside days")
    if not set(rule.days) <= {*range(-31, 0), *range(1, 32)} or not set(rule.months) <= ALL_MONTHS:
        raise ValueError("days or months out of range")
    if [*rule.days] != sorted(set(rule.days)) or [*rule.months] != sorted(set(rule.months)):
        raise ValueError("days and months are sorted and each named once")
    if list(rule.weekdays) != sorted(set(rule.weekdays)):
        raise ValueError("weekdays are sorted and each named once")
    if rule.month is not None and not 1 <= rule.month <= 12:
        raise ValueError("month out of range")
    longest = 31 if rule.month is None else length_of(2000, rule.month)
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
    """Return the day number ``n`` (from 0) of the series."""
    if rule.pattern is Pattern.DAILY:
        return start + timedelta(days=n * rule.interval)
    if rule.pattern is Pattern.WEEKLY:
        week, offsets = _first_week(rule, start)
        into = start.toordinal() - week
        skipped = sum(offset < into for offset in offsets)
        weeks, which = divmod(n + skipped, len(offsets))
        return date.fromordinal(week + weeks * rule.interval * 7 + offsets[which])
    if rule.pattern is Pattern.MONTHLY_BY_DAYS:
        # Months differ, so here days are counted; a count is at most 999.
        return _counted(_by_days(rule, start, start, date.max), n)
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
    skipped = max(0, -((origin - month_of(first)) // step))
    for index in range(origin + skipped * step, month_of(last) + 1, step):
        day = _day_in_month(rule, index)
        if first <= day <= last:
            yield day


def _by_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    origin, step = _first_month(rule, start)
    skipped = max(0, -((origin - month_of(first)) // step))
    for index in range(origin + skipped * step, month_of(last) + 1, step):
        if not rule.months or index % 12 + 1 in rule.months:
            yield from (d for d in days_numbered(index, rule.days) if first <= d <= last)


def _counted(found: Iterator[date], n: int) -> date:
    for day in islice(found, n, None):
        return day
    raise ValueError("the series leaves the calendar")


def _first_week(rule: Rule, start: date) -> tuple[int, list[int]]:
    """Return the ordinal on which the start's week begins, and the rule's days within a week."""
    week = start.toordinal() - (start.weekday() - rule.week_start) % 7
    return week, sorted((weekday - rule.week_start) % 7 for weekday in rule.weekdays)


def _first_month(rule: Rule, start: date) -> tuple[int, int]:
    """Return the month where the periods begin, as an index, and how many months one takes."""
    if rule.month is None:
        return month_of(start), rule.interval
    return start.year * 12 + rule.month - 1, rule.interval * 12


def _day_in_month(rule: Rule, month: int) -> date:
    """Return the one day that a monthly or yearly rule has in a month."""
    if rule.day is not None:
        return day_numbered(month, rule.day)
    return weekday_in(month, rule.weekdays, rule.week or Week.FIRST)
