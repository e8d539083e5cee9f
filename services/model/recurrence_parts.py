"""Which parts a pattern needs and which it does not know: what is wrong with a rule's wording.

Whether its days exist is asked by :func:`services.model.recurrence.check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.model.months import length_of
from services.model.recurrence_rules import Frequency, Parts, Pattern, Rule

__all__ = ["check_parts"]

YEARLY = (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)
BY_DAY = (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
BY_WEEKDAY = (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
MOST = {"month_days": 31, "year_days": 366, "weeks": 53, "positions": 366}
NUMBERED = {Frequency.MONTHLY: 5, Frequency.YEARLY: 53}
ALL_MONTHS = frozenset(range(1, 13))


def check_parts(rule: Rule) -> None:
    """Demand the parts that the pattern needs, and none that it does not know.

    Raises:
        ValueError: the text names the part that is wrong.
    """
    by_day, by_weekday = rule.pattern in BY_DAY, rule.pattern in BY_WEEKDAY
    by_days = rule.pattern is Pattern.MONTHLY_BY_DAYS
    weekly = rule.pattern is Pattern.WEEKLY
    _belongs(rule.day, by_day, "day: needed by *_by_day, and by these alone")
    _belongs(rule.week, by_weekday, "week: needed by *_by_weekday, and by these alone")
    _belongs(rule.month, rule.pattern in YEARLY, "month: needed by yearly_*, and by these alone")
    _belongs(
        rule.weekdays or None,
        by_weekday or weekly,
        "weekdays: needed by weekly and *_by_weekday, and by these alone",
    )
    _belongs(rule.days or None, by_days, "days: needed by monthly_by_days, and by this alone")
    is_by_parts = rule.pattern is Pattern.BY_PARTS
    _belongs(rule.parts, is_by_parts, "parts: needed by by_parts, and by this alone")
    if rule.months and not rule.days:
        raise ValueError("months: only beside days")
    for numbers in (rule.weekdays, rule.days, rule.months):
        _in_order(numbers)
    _numbers(rule.days, 31)
    _months(rule.months if rule.month is None else (rule.month,))
    longest = 31 if rule.month is None else length_of(2000, rule.month)
    if rule.day is not None and not 1 <= rule.day <= longest:
        raise ValueError("day out of range")
    if rule.parts is not None:
        _conditions(rule.parts)


def _conditions(parts: Parts) -> None:
    """Check a rule that says every condition itself."""
    for name, most in MOST.items():
        numbers = getattr(parts, name)
        _in_order(numbers)
        _numbers(numbers, most)
    _in_order(parts.months)
    _months(parts.months)
    _in_order(parts.weekdays)
    most = 0 if parts.weeks else NUMBERED.get(parts.frequency, 0)
    if any(abs(day.number) > most for day in parts.weekdays):
        raise ValueError("the number of a weekday is out of range")
    chooses = parts.weekdays or parts.month_days or parts.year_days or parts.weeks
    if not chooses and not (parts.months and parts.frequency is Frequency.DAILY):
        raise ValueError("parts: nothing says which days are meant")


def _belongs(part: object, is_needed: bool, reason: str) -> None:
    if (part is not None) != is_needed:
        raise ValueError(reason)


def _in_order(parts: Iterable[Any]) -> None:
    if [*parts] != sorted(set(parts)):
        raise ValueError("parts are sorted and each named once")


def _numbers(numbers: Iterable[int], most: int) -> None:
    if any(not 1 <= abs(number) <= most for number in numbers):
        raise ValueError("a number is out of range")


def _months(months: Iterable[int]) -> None:
    if not ALL_MONTHS.issuperset(months):
        raise ValueError("month out of range")
