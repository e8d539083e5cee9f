"""What it means to name a day by its weekday or its week; :mod:`.day_readers` reads dates."""

from __future__ import annotations

import re
from datetime import date

from services.phrases.day_readers import DAY, WEEK, Days, month_of, one_day, week_of
from services.phrases.names import Names

__all__ = [
    "read_last_weekday",
    "read_next_weekend",
    "read_nth_ahead",
    "read_nth_of_month",
    "read_weekday",
    "read_weekday_range",
    "read_weekend",
]


def read_nth_of_month(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``third friday of january``, ``last friday of next month``."""
    if match[3]:
        month = names.month(match[3])
        year = int(match[4]) if match[4] else today.year + (month < today.month)
    else:
        month, year = today.month + bool(match[6]), today.year
    return one_day(_nth(match[1], names.weekday(match[2]), month_of(year, month), names))


def read_nth_ahead(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``on the third wednesday``: this month's, or the next one's where that is over."""
    found = (
        _nth(match[1], names.weekday(match[2]), month_of(today.year, today.month + ahead), names)
        for ahead in (0, 1)
    )
    return one_day(next(day for day in found if day > today))


def _nth(ordinal: str, weekday: int, month: Days, names: Names) -> date:
    """Return the first to fourth such weekday of a month, or its last."""
    words = names.words
    if re.fullmatch(words.last, ordinal, re.I):
        return month.last - (month.last.weekday() - weekday) % 7 * DAY
    ordinals = (words.first, words.second, words.third, words.fourth)
    count = next(n for n, said in enumerate(ordinals) if re.fullmatch(said, ordinal, re.I))
    return month.first + ((weekday - month.first.weekday()) % 7) * DAY + count * WEEK


def read_last_weekday(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``last friday``: the one before today."""
    return one_day(today - ((today.weekday() - names.weekday(match[1])) % 7 or 7) * DAY)


def read_weekday(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``friday``, ``next friday``, ``coming friday``."""
    ahead = (names.weekday(match[3]) - today.weekday()) % 7
    if match[1]:
        return one_day(week_of(today + WEEK).first + names.weekday(match[3]) * DAY)
    if match[2] or match[4]:
        return one_day(today + (ahead or 7) * DAY)
    day = today + ahead * DAY
    return Days(day, day, weekday=True)


def read_weekday_range(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``monday to wednesday``."""
    one, other = names.weekday(match[1]), names.weekday(match[2])
    first = today + (one - today.weekday()) % 7 * DAY
    return Days(first, first + ((other - one) % 7 or 7) * DAY)


def read_next_weekend(_match: re.Match[str], today: date, _names: Names) -> Days:
    """Read ``next weekend``: that of next week."""
    sunday = week_of(today + WEEK).last
    return Days(sunday - DAY, sunday)


def read_weekend(_match: re.Match[str], today: date, _names: Names) -> Days:
    """Read ``this weekend``: what is left of it."""
    sunday = week_of(today).last
    return Days(max(today, sunday - DAY), sunday)
