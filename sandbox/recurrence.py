"""On which days a series falls: steps day by day and asks each one.

Slow and obviously right, on purpose: the product has its own expansion, which jumps, and the
two check each other. The words are those of Graph's ``patternedRecurrence``.
https://learn.microsoft.com/graph/api/resources/recurrencepattern
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["INDEXES", "WEEKDAYS", "Recurrence", "days", "falls_on"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INDEXES = ("first", "second", "third", "fourth", "last")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A pattern and its range; only the fields that its type uses are set."""

    type: str
    interval: int = 1
    days_of_week: tuple[str, ...] = ()
    first_day_of_week: str = "sunday"
    day_of_month: int = 0
    month: int = 0
    index: str = "first"
    starts_on: date
    ends_on: date | None = None
    count: int | None = None
    zone: str = "UTC"


def days(rule: Recurrence, until: date) -> Iterator[date]:
    """Yield the days of a series from its first one to ``until``, both included."""
    day, found = rule.starts_on, 0
    last = min(until, rule.ends_on) if rule.ends_on else until
    while day <= last and (rule.count is None or found < rule.count):
        if falls_on(rule, day):
            found += 1
            yield day
        day += DAY


def falls_on(rule: Recurrence, day: date) -> bool:
    """Say whether the pattern, apart from its end, has this day."""
    start = rule.starts_on
    years = day.year - start.year
    months = years * 12 + day.month - start.month
    match rule.type:
        case "daily":
            return (day - start).days % rule.interval == 0
        case "weekly":
            weeks = (_week_begin(rule, day) - _week_begin(rule, start)).days // 7
            return weeks % rule.interval == 0 and WEEKDAYS[day.weekday()] in rule.days_of_week
        case "absoluteMonthly":
            return months % rule.interval == 0 and _is_day_of_month(rule, day)
        case "relativeMonthly":
            return months % rule.interval == 0 and _is_nth_weekday(rule, day)
        case "absoluteYearly":
            in_turn = years % rule.interval == 0 and day.month == rule.month
            return in_turn and _is_day_of_month(rule, day)
        case "relativeYearly":
            in_turn = years % rule.interval == 0 and day.month == rule.month
            return in_turn and _is_nth_weekday(rule, day)
        case _:
            raise ValueError("no such pattern")


def _week_begin(rule: Recurrence, day: date) -> date:
    """Return the day on which the week of ``day`` begins, as the rule counts weeks."""
    while WEEKDAYS[day.weekday()] != rule.first_day_of_week:
        day -= DAY
    return day


def _is_day_of_month(rule: Recurrence, day: date) -> bool:
    """The 31st of a short month is its last day."""
    return day.day == min(rule.day_of_month, monthrange(day.year, day.month)[1])


def _is_nth_weekday(rule: Recurrence, day: date) -> bool:
    """Among the month's days that are in the set, is this the first, second ... or last?"""
    month = [day.replace(day=n + 1) for n in range(monthrange(day.year, day.month)[1])]
    fitting = [each for each in month if WEEKDAYS[each.weekday()] in rule.days_of_week]
    nth = -1 if rule.index == "last" else INDEXES.index(rule.index)
    return nth < len(fitting) and fitting[nth] == day
