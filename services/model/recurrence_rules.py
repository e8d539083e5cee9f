"""What a rule of a repeating event says, as plain data.

Six patterns are those that Outlook can say; ``MONTHLY_BY_DAYS`` and ``BY_PARTS`` are the rest of
RFC 5545. A rule by parts states every condition itself, so nothing has to be taken from the start
of its series. Everybody imports these from :mod:`services.model.recurrence`.

Reference: Microsoft Graph ``recurrencePattern`` and ``recurrenceRange``; RFC 5545 section 3.3.10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

__all__ = ["Frequency", "NumberedDay", "Parts", "Pattern", "Rule", "Week", "Weekday"]


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
    BY_PARTS = "by_parts"
    """Everything else that RFC 5545 can say of days."""


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


class Frequency(StrEnum):
    """What a rule by parts counts its interval in."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, order=True)
class NumberedDay:
    """A weekday: every one, or the n-th of the month, or of the year where no month is named."""

    weekday: Weekday
    number: int = 0
    """0 = every; 1 to 53, or -53 to -1 counted from the end. Weeks and days have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Conditions that a day fits: all that are not empty. Each is sorted."""

    frequency: Frequency
    weekdays: tuple[NumberedDay, ...] = ()
    """``BYDAY``."""
    month_days: tuple[int, ...] = ()
    """``BYMONTHDAY``: 1 to 31, or -31 to -1 counted from the end of the month."""
    months: tuple[int, ...] = ()
    """``BYMONTH``."""
    year_days: tuple[int, ...] = ()
    """``BYYEARDAY``: 1 to 366, or -366 to -1."""
    weeks: tuple[int, ...] = ()
    """``BYWEEKNO``: 1 to 53, or -53 to -1; as the rule's first day of the week counts them."""
    positions: tuple[int, ...] = ()
    """``BYSETPOS``: of the days of a period that fit, only these; 1 to 366, or -366 to -1."""


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
    parts: Parts | None = None
    """BY_PARTS."""
