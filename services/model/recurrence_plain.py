"""The days of the six patterns that Outlook knows: one a period, or fixed days of a week.

Nothing is searched: which period a day is in, and which day a period has, is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.model.months import day_numbered, month_of, weekday_in
from services.model.recurrence_rules import Pattern, Rule, Week

__all__ = ["nth_plain", "plain_days"]


def plain_days(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days from ``first`` (on or after ``start``) to ``last`` of an endless rule."""
    if rule.pattern is Pattern.DAILY:
        return _daily(rule, start, first, last)
    if rule.pattern is Pattern.WEEKLY:
        return _weekly(rule, start, first, last)
    return _by_month(rule, start, first, last)


def nth_plain(rule: Rule, start: date, n: int) -> date:
    """Return the day number ``n`` (from 0) of the series.

    Raises:
        OverflowError: it is after the year 9999.
        ValueError: the same.
    """
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
    skipped = max(0, -((origin - month_of(first)) // step))
    for index in range(origin + skipped * step, month_of(last) + 1, step):
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
        return month_of(start), rule.interval
    return start.year * 12 + rule.month - 1, rule.interval * 12


def _day_in_month(rule: Rule, month: int) -> date:
    """Return the one day that a monthly or yearly rule has in a month."""
    if rule.day is not None:
        return day_numbered(month, rule.day)
    return weekday_in(month, rule.weekdays, rule.week or Week.FIRST)
