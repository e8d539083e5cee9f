"""Months as numbers, counted from the year 0, and their days by number or weekday. Arithmetic."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date

__all__ = ["day_numbered", "length_of", "month_of", "weekday_in"]

LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_of(day: date) -> int:
    """Return the number of a day's month."""
    return day.year * 12 + day.month - 1


def length_of(year: int, month: int) -> int:
    """Return how many days a month (1 to 12) has."""
    return 29 if month == 2 and isleap(year) else LENGTHS[month - 1]


def day_numbered(month: int, number: int) -> date:
    """Return a day (1 to 31) of a month; in a shorter month its last, as Outlook does."""
    year, of_year = month // 12, month % 12 + 1
    return date(year, of_year, min(number, length_of(year, of_year)))


def weekday_in(month: int, weekdays: Sequence[int], week: int) -> date:
    """Return the n-th day of a month (1 to 4, or -1 for the last) that is any of the weekdays."""
    year, of_year = month // 12, month % 12 + 1
    if week == -1:
        end = date(year, of_year, length_of(year, of_year))
        return end.replace(day=end.day - min((end.weekday() - day) % 7 for day in weekdays))
    begin = date(year, of_year, 1).weekday()
    offsets = sorted((weekday - begin) % 7 for weekday in weekdays)
    weeks, which = divmod(week - 1, len(offsets))
    return date(year, of_year, 1 + weeks * 7 + offsets[which])
