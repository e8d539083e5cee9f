"""Days in a sentence: ``tomorrow``, ``next friday``, ``24 December``, ``24.12.``, ``12/24``.

:func:`take_days` takes them out of a sentence, :func:`read_days` reads a fragment that is nothing
but days, weeks and months too. The names of days and months come from CLDR for the reader's
language, English is always understood. A day without a year is the next such day; ``next friday``
is the Friday of next week. Only fragments that no pattern knows go to dateparser, see
:mod:`services.phrases.fragments`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from services.model.errors import Wrong
from services.phrases.fragments import read_fragment
from services.phrases.names import Names
from services.phrases.text import GAP, Sentence

__all__ = ["Days", "read_days", "take_days"]

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
YEARS = range(1900, 2201)
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


Reader = Callable[[re.Match[str], date, Names], Days | None]
Table = list[tuple[re.Pattern[str], Reader]]


def take_days(sentence: Sentence, today: date, names: Names, *, after: str = "") -> Days | None:
    """Take a day, or a range of days, out of the sentence.

    Args:
        sentence: what is left of the text.
        today: from where days are counted.
        names: the names of days and months.
        after: words, as a regular expression, that must come before it.
    """
    for pattern, reader in _patterns(names, after):
        found = sentence.take(pattern, partial(_sound, reader, today=today, names=names))
        if found:
            return found
    return None


def read_days(fragment: str, today: date, names: Names, *, guess: bool = True) -> Days | None:
    """Read a fragment that holds days and nothing else; ``None`` when it does not.

    Without ``guess`` only what our own table knows is read: that takes no time.
    """
    for pattern, reader in _patterns(names) + _spans(names):
        match = pattern.fullmatch(fragment)
        found = _sound(reader, match, today, names) if match else None
        if found:
            return found
    day = read_fragment(fragment, today, names.language) if guess else None
    return Days(day, day) if day and day.year in YEARS else None


def _sound(reader: Reader, match: re.Match[str], today: date, names: Names) -> Days | None:
    """Return what the reader makes of it, or what is wrong with that; ``None`` = no day at all."""
    try:
        days = reader(match, today, names)
    except (ValueError, OverflowError):
        return Days(today, today, Wrong.NOT_A_DATE)
    if days is None:
        return None
    if days.last < days.first:
        return Days(days.first, days.first, Wrong.ENDS_BEFORE_START)
    if days.first.year not in YEARS or days.last.year not in YEARS:
        return Days(today, today, Wrong.OUT_OF_RANGE)
    return days


@lru_cache(maxsize=128)
def _patterns(names: Names, after: str = "") -> Table:
    """Return what may stand in a sentence, the most particular first."""
    month, weekday, short = names.month_pattern, names.weekday_pattern, names.short_weekday_pattern
    number, year = r"(\d{1,2})(?:st|nd|rd|th|\.)?", r"(?:,?\s+(\d{4})(?![\d:.]))?"
    joint, of = (
        r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\bbis\b)\s*",
        r"\s*(?:of\s+|de\s+|d['\u2019])?",
    )
    alone = rf"(?=\s*(?:$|{GAP}|[,\d]|at\b|from\b))"
    table: list[tuple[str, Reader]] = [
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", _iso),
        (rf"(?:from\s+)?{number}{of}({month}){joint}{number}{of}({month}){year}", _two_months),
        (rf"(?:from\s+)?{number}{joint}{number}{of}({month}){year}", _one_month),
        (rf"({month})\.?\s+{number}{joint}{number}{year}(?![\d:])", _month_first_range),
        (rf"{number}{of}({month})\.?{year}", _day_month),
        (rf"({month})\.?\s+{number}{year}(?![\d:h])(?!\s?[ap]m)", _month_day),
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?![\d:])", _dotted),
        (r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/:])", _slashed),
        (r"(?:the\s+)?day after tomorrow", lambda _m, today, _n: _one(today + 2 * DAY)),
        (r"today|tonight", lambda _m, today, _n: _one(today)),
        (r"tomorrow", lambda _m, today, _n: _one(today + DAY)),
        (r"in\s+(\d{1,3}|an?|one|two|three)\s+(day|week|month|year)s?", _ahead),
        (rf"(?:(?:on|this)\s+)?(next\s+)?({weekday})(?!['\u2019]s)", _weekday),
        (rf"(?:on|this|coming)\s+()({short})\.?", _weekday),
        (rf"(next\s+)({short})\.?", _weekday),
        (rf"()({short})\.?{alone}", _weekday),
    ]
    lead = rf"(?:{after})\s+" if after else r"(?:on\s+)?"
    return [(_compiled(rf"{lead}(?:{pattern})"), reader) for pattern, reader in table]


@lru_cache(maxsize=64)
def _spans(names: Names) -> Table:
    """Return what stands for many days, and is understood only where nothing else is said."""
    table: list[tuple[str, Reader]] = [
        (r"(?:this\s+|the\s+)?week", lambda _m, today, _n: _week(today)),
        (r"next\s+week", lambda _m, today, _n: _week(today + WEEK)),
        (r"last\s+week", lambda _m, today, _n: _week(today - WEEK)),
        (r"(?:this\s+|the\s+)?weekend", _weekend),
        (r"(?:the\s+)?next\s+(\d{1,2})\s+days", _next_days),
        (r"(?:this\s+|the\s+)?month", lambda _m, today, _n: _month(today.year, today.month)),
        (r"next\s+month", lambda _m, today, _n: _month(today.year, today.month + 1)),
        (rf"({names.month_pattern})(?:\s+(\d{{4}}))?", _named_month),
        (r"(\d{1,2})\.(\d{1,2})()", _dotted),
        (r"yesterday", lambda _m, today, _n: _one(today - DAY)),
    ]
    return [(_compiled(pattern), reader) for pattern, reader in table]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./:,-])(?:{pattern})(?!\w)", re.I)


def _one(day: date) -> Days:
    return Days(day, day)


def _iso(match: re.Match[str], _today: date, _names: Names) -> Days:
    return _one(date(int(match[1]), int(match[2]), int(match[3])))


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


def _day_month(match: re.Match[str], today: date, names: Names) -> Days:
    return _one(_dated(match[3], names.month(match[2]), int(match[1]), today))


def _month_day(match: re.Match[str], today: date, names: Names) -> Days:
    return _one(_dated(match[3], names.month(match[1]), int(match[2]), today))


def _two_months(match: re.Match[str], today: date, names: Names) -> Days:
    last = _dated(match[5], names.month(match[4]), int(match[3]), today)
    first = _dated(str(last.year), names.month(match[2]), int(match[1]), today)
    return Days(first if first <= last else first.replace(year=last.year - 1), last)


def _one_month(match: re.Match[str], today: date, names: Names) -> Days:
    last = _dated(match[4], names.month(match[3]), int(match[2]), today)
    return Days(last.replace(day=int(match[1])), last)


def _month_first_range(match: re.Match[str], today: date, names: Names) -> Days:
    last = _dated(match[4], names.month(match[1]), int(match[3]), today)
    return Days(last.replace(day=int(match[2])), last)


def _dotted(match: re.Match[str], today: date, _names: Names) -> Days | None:
    if int(match[2]) > 12 or int(match[1]) > 31:
        return None  # 14.30: a time
    return _one(_dated(match[3], int(match[2]), int(match[1]), today))


def _slashed(match: re.Match[str], today: date, names: Names) -> Days:
    one, two = int(match[1]), int(match[2])
    month_first = (names.month_first or two > 12) and one <= 12
    month, day = (one, two) if month_first else (two, one)
    return _one(_dated(match[3], month, day, today))


def _ahead(match: re.Match[str], today: date, _names: Names) -> Days:
    words = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
    amount = words.get(match[1].casefold()) or int(match[1])
    unit = match[2].casefold()
    if unit in ("day", "week"):
        return _one(today + amount * (DAY if unit == "day" else WEEK))
    months = today.year * 12 + today.month - 1 + amount * (1 if unit == "month" else 12)
    end = _month(months // 12, months % 12 + 1).last
    return _one(end.replace(day=min(today.day, end.day)))


def _weekday(match: re.Match[str], today: date, names: Names) -> Days:
    ahead = (names.weekday(match[2]) - today.weekday()) % 7
    if match[1]:
        return _one(_week(today + WEEK).first + names.weekday(match[2]) * DAY)
    day = today + ahead * DAY
    return Days(day, day, weekday=True)


def _week(day: date) -> Days:
    monday = day - day.weekday() * DAY
    return Days(monday, monday + 6 * DAY)


def _weekend(_match: re.Match[str], today: date, _names: Names) -> Days:
    sunday = _week(today).last
    return Days(max(today, sunday - DAY), sunday)


def _next_days(match: re.Match[str], today: date, _names: Names) -> Days:
    return Days(today, today + (int(match[1]) - 1) * DAY)


def _month(year: int, month: int) -> Days:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = date(year, month, 1)
    return Days(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def _named_month(match: re.Match[str], today: date, names: Names) -> Days:
    month = names.month(match[1])
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    return _month(year, month)
