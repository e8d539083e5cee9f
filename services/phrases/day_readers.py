"""What each way to say a day means: readers of what the patterns of :mod:`.days` have found.

A reader takes the match, today and the names of the language; it returns the days, ``None`` where
it is no day after all, and raises ``ValueError`` or ``OverflowError`` where there is no such day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.model.errors import Wrong
from services.phrases.names import Names

__all__ = [
    "DAY",
    "WEEK",
    "Days",
    "amount_in",
    "month_of",
    "one_day",
    "read_ahead",
    "read_day_alone",
    "read_day_month",
    "read_dotted",
    "read_dotted_range",
    "read_iso",
    "read_month_day",
    "read_month_end",
    "read_month_first_range",
    "read_months_first",
    "read_named_month",
    "read_next_days",
    "read_one_month",
    "read_slashed",
    "read_two_dotted",
    "read_two_months",
    "read_two_slashed",
    "week_of",
    "year_of",
]

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
NEAR = 8
"""How many years to look ahead for 29 February."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; or what is wrong with them."""

    first: date
    last: date
    wrong: Wrong | None = None
    weekday: bool = False
    """Named by its weekday alone, so the one of next week may be meant."""
    said: str = field(default="", compare=False)
    """In which words, where something is wrong with them."""


def one_day(day: date) -> Days:
    """Return a single day."""
    return Days(day, day)


def read_iso(match: re.Match[str], _today: date, _names: Names) -> Days:
    """Read ``2026-12-24``."""
    return one_day(date(int(match[1]), int(match[2]), int(match[3])))


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    """Return the day in the year that was named, or else the next such day.

    Raises:
        ValueError: no year has it.
    """
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + NEAR):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no year has this day")


def read_day_month(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``24 December``."""
    return one_day(_dated(match[3], names.month(match[2]), int(match[1]), today))


def read_day_alone(match: re.Match[str], today: date, _names: Names) -> Days | None:
    """Read ``on the 24th``: the next such day."""
    day = int(match[1])
    if not 1 <= day <= 31:
        return None
    month = today.year * 12 + today.month - 1 + (day < today.day)
    while month_of(month // 12, month % 12 + 1).last.day < day:
        month += 1
    return one_day(date(month // 12, month % 12 + 1, day))


def read_month_day(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``December 24``."""
    return one_day(_dated(match[3], names.month(match[1]), int(match[2]), today))


def read_two_months(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``24 December to 2 January``."""
    first, last = (int(match[1]), names.month(match[2])), (int(match[4]), names.month(match[5]))
    return _between(first, last, (match[3], match[6]), today)


def read_months_first(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``Dec 24 - Jan 2``."""
    first, last = (int(match[2]), names.month(match[1])), (int(match[5]), names.month(match[4]))
    return _between(first, last, (match[3], match[6]), today)


def read_two_dotted(match: re.Match[str], today: date, _names: Names) -> Days | None:
    """Read ``24.12. - 2.1.``."""
    first, last = (int(match[1]), int(match[2])), (int(match[4]), int(match[5]))
    if first[1] > 12 or last[1] > 12:
        return None
    return _between(first, last, (match[3], match[6]), today)


def _between(
    first: tuple[int, int],
    last: tuple[int, int],
    years: tuple[str | None, str | None],
    today: date,
) -> Days:
    """Return the days from one day and month to another; a year that is left out is the nearest."""
    begins, ends = years
    if begins is None:
        end = _dated(ends, last[1], last[0], today)
        begin = _dated(str(end.year), first[1], first[0], today)
        return Days(begin if begin <= end else begin.replace(year=end.year - 1), end)
    begin = _dated(begins, first[1], first[0], today)
    end = _dated(ends or begins, last[1], last[0], today)
    return Days(begin, end if ends or begin <= end else end.replace(year=end.year + 1))


def read_dotted_range(match: re.Match[str], today: date, _names: Names) -> Days | None:
    """Read ``3.-14.8.``."""
    if int(match[3]) > 12 or max(int(match[1]), int(match[2])) > 31:
        return None  # 14.-15.30: a time
    last = _dated(match[4], int(match[3]), int(match[2]), today)
    return Days(last.replace(day=int(match[1])), last)


def read_one_month(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``24-26 December``."""
    last = _dated(match[4], names.month(match[3]), int(match[2]), today)
    return Days(last.replace(day=int(match[1])), last)


def read_month_first_range(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``Dec 24 - 26``."""
    last = _dated(match[4], names.month(match[1]), int(match[3]), today)
    return Days(last.replace(day=int(match[2])), last)


def read_dotted(match: re.Match[str], today: date, _names: Names) -> Days | None:
    """Read ``24.12.``."""
    if int(match[2]) > 12 or int(match[1]) > 31:
        return None  # 14.30: a time
    return one_day(_dated(match[3], int(match[2]), int(match[1]), today))


def read_slashed(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``24/12``, or ``12/24`` where that is how it is written."""
    one, two = int(match[1]), int(match[2])
    month_first = (names.month_first or two > 12) and one <= 12
    month, day = (one, two) if month_first else (two, one)
    return one_day(_dated(match[3], month, day, today))


def read_two_slashed(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``3/3-5/3``, in the order in which a single day is written."""
    one, two, three, four = (int(match[group]) for group in (1, 2, 4, 5))
    month_first = (names.month_first or max(two, four) > 12) and max(one, three) <= 12
    first, last = ((two, one), (four, three)) if month_first else ((one, two), (three, four))
    return _between(first, last, (match[3], match[6]), today)


def read_ahead(match: re.Match[str], today: date, _names: Names) -> Days:
    """Read ``in two weeks``."""
    amount = amount_in(match)
    if match[5] or match[6]:
        return one_day(today + amount * (DAY if match[5] else WEEK))
    months = today.year * 12 + today.month - 1 + amount * (1 if match[7] else 12)
    end = month_of(months // 12, months % 12 + 1).last
    return one_day(end.replace(day=min(today.day, end.day)))


def amount_in(match: re.Match[str]) -> int:
    """Return the number that stands in the first four groups: in digits, one, two or three."""
    return int(match[1]) if match[1] else 1 if match[2] else 2 if match[3] else 3


def week_of(day: date) -> Days:
    """Return the week, from Monday, that a day is in."""
    monday = day - day.weekday() * DAY
    return Days(monday, monday + 6 * DAY)


def read_next_days(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``the next 3 days``, ``2 weeks``, ``next two weeks``.

    Each way to say it, in the person's language and in English, has three groups of its own.
    """
    said = match.groups()
    digits, number, weeks = (next(filter(None, said[at::3]), None) for at in range(3))
    amount = names.words.number(number) if number else int(digits or 1)
    return Days(today, today + amount * (WEEK if weeks else DAY) - DAY)


def month_of(year: int, month: int) -> Days:
    """Return a month; the 13th is the first of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = date(year, month, 1)
    return Days(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def year_of(year: int) -> Days:
    """Return a year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def read_month_end(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``end of March``: its last day."""
    return one_day(read_named_month(match, today, names).last)


def read_named_month(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``December``, ``March 2027``."""
    month = names.month(match[1])
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    return month_of(year, month)
