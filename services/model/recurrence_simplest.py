"""The plainest way to say a rule: by one of Outlook's patterns where one means the same days.

What comes by parts (RFC 5545, the form for custom repetitions) goes through :func:`simplest`, so
that a rule that Outlook can say is sent as what it is, and equal rules compare equal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from services.model.months import length_of
from services.model.recurrence_rules import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Week,
    Weekday,
)

__all__ = ["as_parts", "completed", "simplest"]

SHORTEST_MONTH, LONGEST_MONTH = 28, 31
WEEKS = frozenset(map(int, Week))


def simplest(rule: Rule) -> Rule:
    """Return the rule in Outlook's words, or else in the fewest of its own."""
    parts = rule.parts
    if parts is None:
        return rule
    if parts.year_days or parts.weeks:
        return rule
    found = BY_FREQUENCY[parts.frequency](rule, parts)
    if found is None:
        return rule
    counts_weeks = found.pattern is Pattern.WEEKLY and found.interval > 1
    return replace(found, week_start=rule.week_start if counts_weeks else Weekday.MONDAY)


def completed(parts: Parts, start: date) -> Parts:
    """Return conditions that say which days are meant: what is left out, the start says."""
    if parts.weekdays or parts.month_days or parts.year_days or parts.weeks:
        return parts
    if parts.frequency is Frequency.WEEKLY:
        return replace(parts, weekdays=(NumberedDay(Weekday(start.weekday())),))
    if parts.frequency is Frequency.MONTHLY:
        return replace(parts, month_days=(start.day,))
    if parts.frequency is Frequency.YEARLY:
        return replace(parts, months=parts.months or (start.month,), month_days=(start.day,))
    return parts


def as_parts(rule: Rule) -> Parts:
    """Return the conditions of any rule: what :func:`simplest` would make the same rule of."""
    if rule.parts is not None:
        return rule.parts
    frequency = Frequency(rule.pattern.value.partition("_")[0])
    cut = tuple(range(min(rule.day, SHORTEST_MONTH), rule.day + 1)) if rule.day else rule.days
    position = (-1,) if rule.day and len(cut) > 1 else ()
    if rule.day == LONGEST_MONTH or (rule.day, rule.month) == (29, 2):
        cut, position = (-1,), ()  # the last day, in a word
    elif rule.month and rule.day:
        cut, position = (rule.day,), ()
    return Parts(
        frequency=frequency,
        weekdays=tuple(NumberedDay(day) for day in rule.weekdays),
        month_days=cut,
        months=(rule.month,) if rule.month else rule.months,
        positions=(int(rule.week),) if rule.week else position,
    )


def _daily(rule: Rule, parts: Parts) -> Rule | None:
    if parts == Parts(frequency=Frequency.DAILY):
        return _as(rule, Pattern.DAILY)
    if parts.months or parts.month_days or parts.positions or rule.interval > 1:
        return None
    return _as(rule, Pattern.WEEKLY, weekdays=_plain(parts))


def _weekly(rule: Rule, parts: Parts) -> Rule | None:
    if parts.months or parts.month_days or parts.positions:
        return None
    return _as(rule, Pattern.WEEKLY, weekdays=_plain(parts))


def _monthly(rule: Rule, parts: Parts) -> Rule | None:
    if parts.month_days and parts.weekdays:
        return None
    if parts.weekdays:
        found = _nth(parts)
        if found is None or parts.months:
            return None
        return _as(rule, Pattern.MONTHLY_BY_WEEKDAY, weekdays=found[0], week=found[1])
    day = None if parts.months else _one_day(parts, None)
    if day is not None:
        return _as(rule, Pattern.MONTHLY_BY_DAY, day=day)
    if parts.positions:
        return None
    return _as(rule, Pattern.MONTHLY_BY_DAYS, days=parts.month_days, months=parts.months)


def _yearly(rule: Rule, parts: Parts) -> Rule | None:
    month = parts.months[0] if len(parts.months) == 1 else None
    if parts.month_days and parts.weekdays:
        return None
    if parts.weekdays:
        found = _nth(parts) if month else None
        if found is None:
            return None
        weekdays, week = found
        return _as(rule, Pattern.YEARLY_BY_WEEKDAY, weekdays=weekdays, week=week, month=month)
    day = _one_day(parts, month) if month else None
    return None if day is None else _as(rule, Pattern.YEARLY_BY_DAY, day=day, month=month)


BY_FREQUENCY = {
    Frequency.DAILY: _daily,
    Frequency.WEEKLY: _weekly,
    Frequency.MONTHLY: _monthly,
    Frequency.YEARLY: _yearly,
}


def _as(rule: Rule, pattern: Pattern, **said: Any) -> Rule:
    return replace(rule, pattern=pattern, parts=None, **said)


def _plain(parts: Parts) -> tuple[Weekday, ...]:
    return tuple(day.weekday for day in parts.weekdays)


def _nth(parts: Parts) -> tuple[tuple[Weekday, ...], Week] | None:
    """Return the weekdays and which of them, where that is the first to fourth, or the last."""
    numbers = {day.number for day in parts.weekdays}
    if numbers == {0} and len(parts.positions) == 1:
        number = parts.positions[0]
    elif len(parts.weekdays) == 1 and not parts.positions:
        (number,) = numbers
    else:
        return None
    return (_plain(parts), Week(number)) if number in WEEKS else None


def _one_day(parts: Parts, month: int | None) -> int | None:
    """Return the day that is meant in a month, or in each: a shorter month's last day instead."""
    days = parts.month_days
    longest = length_of(2000, month) if month else LONGEST_MONTH
    if parts.positions == (-1,) and days == tuple(range(SHORTEST_MONTH, days[-1] + 1)):
        return min(days[-1], longest)
    if len(days) != 1 or parts.positions:
        return None
    if days[0] == -1:
        return longest
    shortest = length_of(2001, month) if month else SHORTEST_MONTH
    return days[0] if 1 <= days[0] <= shortest else None
