"""Rules of repeating events and their expansion.

A rule works on days; :func:`days` yields the days of a rule inside a window and jumps to the
window first, so its cost depends on the window, never on how long ago the series began. What
Outlook can say is arithmetic (:mod:`~services.model.recurrence_plain`), the rest of RFC 5545 is
looked up in tables of years (:mod:`~services.model.recurrence_years`): :func:`is_outlooks` tells
which. No rule, however odd, costs more than one walk through the calendar's 9999 years.

Reference: Microsoft Graph ``recurrencePattern`` and ``recurrenceRange``; RFC 5545 section 3.3.10.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from services.model.recurrence_parts import check_parts
from services.model.recurrence_plain import nth_plain, plain_days
from services.model.recurrence_rules import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Week,
    Weekday,
)
from services.model.recurrence_simplest import as_parts, completed, simplest
from services.model.recurrence_years import days_by_parts, last_by_parts

__all__ = [
    "MAX_COUNT",
    "MAX_INTERVAL",
    "Frequency",
    "NumberedDay",
    "Parts",
    "Pattern",
    "Rule",
    "Week",
    "Weekday",
    "as_parts",
    "check",
    "check_parts",
    "completed",
    "days",
    "first_day",
    "is_outlooks",
    "last_day",
    "simplest",
]

MAX_INTERVAL = 999
MAX_COUNT = 999
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A series starts within these; it may go on for longer."""


def days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the rule's days from ``first`` to ``last``, both included, in order.

    ``start`` is where the series begins: the rule's first day is the first that fits on or
    after it, and a count is counted from there.
    """
    first = max(first, start)
    last = min(last, _limit(rule, start))
    return iter(()) if first > last else _endless(rule, start, first, last)


def is_outlooks(rule: Rule) -> bool:
    """Whether Outlook has a word for the rule."""
    return rule.pattern not in (Pattern.MONTHLY_BY_DAYS, Pattern.BY_PARTS)


def first_day(rule: Rule, start: date) -> date:
    """Return the first day on or after ``start`` that fits, whatever the rule's end says.

    Raises:
        OverflowError: there is none before the calendar ends.
        ValueError: the same.
    """
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
    if parts := _parts(rule):
        return last_by_parts(rule, parts, start, limit) or limit
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
    check_parts(rule)
    try:
        begin = first_day(rule, start)
        _nth(rule, start, (rule.count or 1) - 1)
    except (OverflowError, ValueError) as err:
        raise ValueError("the series leaves the calendar") from err
    if rule.until is not None and rule.until < begin:
        raise ValueError("until is before the first day")


def _endless(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days of a window as if the rule had no end."""
    if parts := _parts(rule):
        return days_by_parts(rule, parts, start, first, last)
    return plain_days(rule, start, first, last)


def _parts(rule: Rule) -> Parts | None:
    """Return the rule's conditions, where it is no pattern of Outlook's."""
    if rule.pattern is Pattern.MONTHLY_BY_DAYS:
        return _numbered(rule.days, rule.months)
    return rule.parts


@lru_cache(maxsize=256)
def _numbered(numbers: tuple[int, ...], months: tuple[int, ...]) -> Parts:
    return Parts(frequency=Frequency.MONTHLY, month_days=numbers, months=months)


def _limit(rule: Rule, start: date) -> date:
    """Return the day after which nothing comes; what leaves the calendar never ends."""
    if rule.until is not None:
        return rule.until
    return date.max if rule.count is None else _counted(rule, start)


@lru_cache(maxsize=4096)
def _counted(rule: Rule, start: date) -> date:
    try:
        return _nth(rule, start, (rule.count or 1) - 1)
    except (OverflowError, ValueError):
        return date.max


def _nth(rule: Rule, start: date, n: int) -> date:
    """Return the day number ``n`` (from 0) of the series."""
    parts = _parts(rule)
    if parts is None:
        return nth_plain(rule, start, n)
    # Periods differ, so here days are counted; a count is at most 999.
    for day in islice(days_by_parts(rule, parts, start, start, date.max), n, None):
        return day
    raise ValueError("the series leaves the calendar")
