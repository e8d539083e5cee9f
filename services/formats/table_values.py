"""Days, times and truths as people write them into cells.

A column of dates says by itself which way round they are, as soon as one of its days is above 12;
where none is, the language of whoever sent it decides, and the preview says which was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.formats.tables import Cell

__all__ = [
    "Days",
    "day_order",
    "number_of",
    "read_day",
    "read_day_of_life",
    "read_time",
    "said_yes",
]

_NUMBERS = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})(?:[ T,].*)?")
_WORDS = re.compile(r"(?:\w+,?\s+)?(\d{1,2})\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})(?:[ ,].*)?")
_AMERICAN = re.compile(r"(?:\w+,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?:[ ,].*)?")
_TIME = re.compile(
    r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?)?\s*(uhr|h|[ap]\.?m\.?)?", re.I
)
_MONTHS = (
    *("jan gen ene", "feb fév fev", "mar mär maa mrz mars", "apr avr abr", "may mai mag maj"),
    *("jun giu juin", "jul lug juil", "aug aoû aou ago", "sep set", "oct okt ott", "nov"),
    "dec dez déc dic des",
)
_NUMBER = re.compile(r"(\d{1,9})(?:\s*min\w*\.?)?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
SOME_YEAR = 1604
"""Stands for a year that nobody knows; it has a 29 February."""
LAST_OF_TWO_DIGITS = 2029
_TWO_DIGITS = re.compile(r"\D\d\d$")
_YES = frozenset(
    {
        *("yes", "true", "1", "x", "y", "on", "ja", "wahr", "ein", "oui", "vrai", "sí", "si"),
        *("verdadero", "activado", "sand", "til"),
    }
)
_MONTH_FIRST = ("en-us", "en-ph")


class Days(StrEnum):
    """Which way round 3/4/2027 is."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def day_order(cells: Iterable[Cell], language: str) -> tuple[Days, bool]:
    """Return which way round a column's dates are, and whether that is only a guess."""
    unsure = False
    for cell in cells:
        found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is None or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12:
            return Days.DAY_FIRST, False
        if second > 12:
            return Days.MONTH_FIRST, False
        unsure = unsure or (first != second and "." not in found[0])
    is_american = language.casefold() in _MONTH_FIRST
    return (Days.MONTH_FIRST if is_american else Days.DAY_FIRST), unsure


def read_day(cell: Cell, order: Days) -> date | None:
    """Return the day that a cell means; ``None`` for what is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered(cell)
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    try:
        return _by_numbers(text, order) or _by_words(text)
    except ValueError:
        return None


def read_day_of_life(cell: Cell, order: Days) -> date | None:
    """Return a birthday or anniversary; ``None`` for what is none.

    Without a year it is in 1604. Of a year in two digits those up to 29 are of this century, as
    spreadsheets have it: whoever is born in 80 is not yet to come.
    """
    day = read_day(cell, order)
    if not isinstance(cell, str):
        return day
    text = cell.strip()
    if day is None:
        day = read_day(f"{text} {SOME_YEAR}", order) or read_day(f"{text}/{SOME_YEAR}", order)
    elif day.year > LAST_OF_TWO_DIGITS and _TWO_DIGITS.search(text):
        day = day.replace(year=day.year - 100)
    return day


def read_time(cell: Cell) -> time | None:
    """Return the time of day that a cell means; ``None`` for what is none."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if isinstance(cell, int) and 1 <= cell <= 24:
            return time(cell % 24)  # the hour alone; a day is a far larger number
        minutes = round((cell % 1) * 24 * 60)
        return time(*divmod(minutes % (24 * 60), 60))
    found = _TIME.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def said_yes(cell: Cell) -> bool:
    """Return whether a cell says yes."""
    if isinstance(cell, str):
        return cell.strip().casefold() in _YES
    return bool(cell) and isinstance(cell, bool | int | float)


def number_of(cell: Cell) -> int | None:
    """Return the whole number in a cell, if there is one."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if abs(cell) < 1e9 else None
    found = _NUMBER.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return int(found[1]) if found else None


def _numbered(cell: float) -> date | None:
    try:
        return _EPOCH + timedelta(days=int(cell)) if cell >= 1 else None
    except OverflowError:
        return None


def _by_numbers(text: str, order: Days) -> date | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    first, second, third = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        return date(first, second, third)
    year = third + 2000 if len(found[3]) <= 2 else third
    is_month_first = order is Days.MONTH_FIRST and "." not in text
    return date(year, first, second) if is_month_first else date(year, second, first)


def _by_words(text: str) -> date | None:
    found = _WORDS.fullmatch(text)
    if found is not None:
        day, month, year = found[1], found[2], found[3]
    else:
        found = _AMERICAN.fullmatch(text)
        if found is None:
            return None
        month, day, year = found[1], found[2], found[3]
    number = _month(month.casefold())
    return date(int(year), number, int(day)) if number else None


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(word.startswith(name) for name in names.split()):
            return number
    return 0
