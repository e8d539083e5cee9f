"""Days that are called by a feast: ``good friday``, ``Ostermontag``, ``réveillon de Noël``.

Some are on the same day each year, the others so many days from Easter. Only names are here that
mean one day to everybody: *Christmas* and *Easter* are more than that, and *a Christmas dinner* may
be on any day of December. The names are data (:mod:`services.phrases.tongues.feasts`); English ones
are always understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from services.phrases.day_readers import Days, one_day
from services.phrases.names import Names
from services.phrases.tongues.feasts import FEASTS
from services.phrases.vocabulary import NEVER, plainly

__all__ = ["easter_of", "feast_patterns", "lone_feast_patterns"]

Reader = Callable[[re.Match[str], date, Names], Days | None]


def easter_of(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar, by Oudin's rule of 1940."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (moon - weekday + 40) // 44
    return date(year, month, moon - weekday + 28 - 31 * (month // 4))


def feast_patterns(names: Names, joint: str) -> list[tuple[str, Reader]]:
    """Return how feasts are said that a weekday beside or inside them must not be taken for."""
    feast = rf"({_either(_known(names.language))})"
    weekday = rf"({names.weekday_pattern}|{names.short_weekday_pattern})"
    inside = re.compile(rf"(?<!\w)(?:{names.weekday_pattern})(?!\w)")
    with_weekday = [said for said in _known(names.language) if inside.search(said)]
    return [
        (rf"{feast}{joint}{feast}", _read_two),
        (rf"{weekday}\.?,?\s+{feast}", _read_behind_weekday),
        (rf"{feast},?\s+(?:(?:{names.words.on})\s+)?{weekday}", _read_before_weekday),
        (rf"({_either(with_weekday)}){YEAR}", _read_feast),
    ]


def lone_feast_patterns(names: Names) -> list[tuple[str, Reader]]:
    """Return how all feasts are said, where nothing else names a day."""
    return [(rf"({_either(_known(names.language))}){YEAR}", _read_feast)]


YEAR = r"(?:\s+(\d{4})(?![\d:.]))?"


def _either(names: Mapping[str, object] | list[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(map(_pattern, longest_first)) or NEVER


def _pattern(said: str) -> str:
    return re.escape(said).replace(r"\ ", r"\s+").replace("'", "['\u2019]")


@lru_cache(maxsize=64)
def _known(language: str) -> Mapping[str, int | tuple[int, int]]:
    """Return the names of a language and the English ones, as they are and as they are typed."""
    return {
        plain: when
        for when, names in FEASTS
        for said in (*names.get("en", ()), *names.get(language, ()))
        for plain in plainly(said)
    }


def _day(said: str, language: str, year: int) -> date:
    plain = " ".join(said.casefold().replace("\u2019", "'").split())
    when = _known(language)[plain]
    return easter_of(year) + timedelta(days=when) if isinstance(when, int) else date(year, *when)


def _next(said: str, today: date, names: Names) -> date:
    """Return the next such day."""
    this_year = _day(said, names.language, today.year)
    return this_year if this_year >= today else _day(said, names.language, today.year + 1)


def _read_feast(match: re.Match[str], today: date, names: Names) -> Days | None:
    """Read ``Karfreitag 2027``; *with Silvester* is somebody's name."""
    before = match.string[: match.start()]
    if re.search(rf"(?<!\w)(?:{names.words.along})\s+$", before, re.I):
        return None
    if match[2]:
        return one_day(_day(match[1], names.language, int(match[2])))
    return one_day(_next(match[1], today, names))


def _read_two(match: re.Match[str], today: date, names: Names) -> Days:
    """Read ``good friday to easter monday``."""
    last = _next(match[2], today, names)
    first = _day(match[1], names.language, last.year)
    return Days(first if first <= last else _day(match[1], names.language, last.year - 1), last)


def _read_behind_weekday(match: re.Match[str], today: date, names: Names) -> Days | None:
    return _on(match[1], _next(match[2], today, names), names)


def _read_before_weekday(match: re.Match[str], today: date, names: Names) -> Days | None:
    return _on(match[2], _next(match[1], today, names), names)


def _on(weekday: str, day: date, names: Names) -> Days | None:
    """Return the day if it is that weekday: else it is the weekday that counts."""
    return one_day(day) if names.weekday(weekday) == day.weekday() else None
