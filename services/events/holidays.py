"""Public holidays of countries and regions, and a calendar's own: computed, never stored.

:meth:`Holidays.between` says what is off. The tables of the `holidays` package take a quarter of a
second to load, so they are loaded when somebody first asks, and beside the loop; a year of a
region is then computed once in a process. https://pypi.org/project/holidays/
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from services.model.errors import InvalidInput, Problem, Wrong
from services.model.settings import BookSettings, Holiday, HolidaySet, Marked

__all__ = ["Holidays", "is_off"]

REMEMBERED = 2_000
"""Years of a country or region."""
LONGEST = 366 * 2
"""Days that are looked through at once."""


class Holidays:
    """Answers what is off, where, and which countries and regions are known."""

    async def between(
        self, settings: BookSettings, first: date, last: date, language: str
    ) -> tuple[Holiday, ...]:
        """Return the holidays of a calendar from ``first`` to ``last``, both included, by day.

        Where several countries or regions are chosen, each name says whose it is.

        Args:
            settings: of the calendar.
            first: a day.
            last: a day, at most two years later.
            language: in which a country's holidays are named, as far as that is known.
        """
        if not (settings.holidays or settings.own_holidays):
            return ()
        last = min(last, date.fromordinal(min(first.toordinal() + LONGEST, date.max.toordinal())))
        found = [each for each in settings.own_holidays if first <= each.day <= last]
        if settings.holidays:
            found += await asyncio.to_thread(_public, settings.holidays, first, last, language)
        return tuple(sorted(found))

    async def regions(self, country: str) -> Mapping[str, str]:
        """Return the regions of a country that have holidays of their own: code to name."""
        return await asyncio.to_thread(_regions, country)

    async def countries(self) -> tuple[str, ...]:
        """Return the codes of the countries that are known."""
        return await asyncio.to_thread(_countries)

    async def check(self, sets: Sequence[HolidaySet]) -> None:
        """Return if all of these are known.

        Raises:
            InvalidInput: one is not.
        """
        for each in sets:
            if not await asyncio.to_thread(_is_known, each):
                raise InvalidInput(Problem("holidays", Wrong.NOT_A_CHOICE))


def is_off(day: date, holidays: Sequence[Holiday]) -> bool:
    """Whether a day is a holiday."""
    return any(each.day == day and each.what is Marked.OFF for each in holidays)


def _public(sets: Sequence[HolidaySet], first: date, last: date, language: str) -> list[Holiday]:
    whose: dict[tuple[date, str], list[str]] = {}
    for each in sets:
        for day, name in _days(each, first, last, language):
            whose.setdefault((day, name), []).append(_code(each))
    if len(sets) == 1:
        return [Holiday(day, name) for day, name in whose]
    return [Holiday(day, f"{name} ({', '.join(codes)})") for (day, name), codes in whose.items()]


def _days(each: HolidaySet, first: date, last: date, language: str) -> Iterator[tuple[date, str]]:
    for year in range(first.year, last.year + 1):
        for day, name in _year(each, year, language):
            if first <= day <= last:
                yield day, name


@lru_cache(maxsize=REMEMBERED)
def _year(each: HolidaySet, year: int, language: str) -> tuple[tuple[date, str], ...]:
    if not _is_known(each):
        return ()  # chosen once, and the package has dropped it since
    tables = _tables()
    spoken = _language(_entity(each.country), language)
    found = tables.country_holidays(
        each.country, subdiv=each.region or None, years=year, language=spoken
    )
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))


def _language(entity: Any, language: str) -> str | None:
    """Return the language of a country's names that comes nearest; never the machine's own."""
    spoken = tuple(entity.supported_languages or ())
    wanted = language.replace("-", "_")
    same = [tag for tag in spoken if tag == wanted] or [
        tag for tag in spoken if tag.partition("_")[0] == wanted.partition("_")[0]
    ]
    default: str | None = entity.default_language
    return same[0] if same else default


@lru_cache(maxsize=REMEMBERED)
def _is_known(each: HolidaySet) -> bool:
    if each.country not in _countries():
        return False
    return not each.region or each.region in _entity(each.country).subdivisions


@lru_cache(maxsize=512)
def _regions(country: str) -> Mapping[str, str]:
    if country not in _countries():
        return {}
    entity = _entity(country)
    names = {code: name for name, code in (entity.subdivisions_aliases or {}).items()}
    return {code: names.get(code, code) for code in entity.subdivisions}


@lru_cache(maxsize=1)
def _countries() -> tuple[str, ...]:
    return tuple(sorted(_tables().list_supported_countries(include_aliases=False)))


def _entity(country: str) -> Any:
    return getattr(_tables(), country)


def _tables() -> Any:
    return import_module("holidays")


def _code(each: HolidaySet) -> str:
    return f"{each.country}-{each.region}" if each.region else each.country
