"""Rules of repeating events: the six patterns that Outlook can say, and their expansion.

A rule works on days; :func:`days` yields the days of a rule inside a window and jumps to the
window first, so its cost depends on the window, never on how long ago the series began.
Reference: Microsoft Graph ``recurrencePattern`` and ``recurrenceRange``; RFC 5545 section 3.3.10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

__all__ = ["Pattern", "Rule", "Week", "Weekday"]


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
    """Sorted. WEEKLY: each of them. *_BY_WEEKDAY: the first day of the set that fits."""
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
