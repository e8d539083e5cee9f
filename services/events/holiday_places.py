"""Countries and regions by their names: what is offered, and what was meant.

Countries are called as the CLDR calls them in the reader's language (by way of Babel), and are
found by their English names and codes too; regions have the names that their own people use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from services.events.holidays import Holidays
from services.model.settings import HolidaySet

__all__ = ["Meant", "country_name", "sets_meant"]

AND = re.compile(r"\s+(?:and|or|und|et|y|og)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody's words for countries and regions come to."""

    sets: tuple[HolidaySet, ...]
    unknown: tuple[str, ...]
    """Words that name no place with holidays."""


def country_name(code: str, language: str) -> str:
    """Return how a country is called; its code where nobody knows."""
    return _names(language).get(code) or _names("en").get(code) or code


async def sets_meant(texts: Iterable[str], holidays: Holidays, language: str) -> Meant:
    """Return the holidays that are meant by names such as ``Germany``, ``Bayern``, ``US-CA``."""
    regions = {code: await holidays.regions(code) for code in await holidays.countries()}
    known = _known(regions, language)
    sets: dict[HolidaySet, None] = {}
    unknown = []
    for text in texts:
        for part in [text] if _folded(text) in known else AND.split(text):
            found = known.get(_folded(part))
            if found is None:
                unknown.append(part)
            else:
                sets[found] = None
    return Meant(tuple(sets), tuple(unknown))


def _known(regions: Mapping[str, Mapping[str, str]], language: str) -> dict[str, HolidaySet]:
    """Return every name; where two places share one, the country is meant, then the first."""
    known: dict[str, HolidaySet] = {}
    for country, parts in regions.items():
        for code, name in parts.items():
            place = HolidaySet(country, code)
            known.setdefault(_folded(name), place)
            known[_folded(f"{country}-{code}")] = place
    for country in regions:
        for name in (country_name(country, "en"), country_name(country, language), country):
            known[_folded(name)] = HolidaySet(country)
    for alias, country in ALIASES.items():
        known[alias] = HolidaySet(country)
    return known


ALIASES = {"usa": "US", "uk": "GB", "great britain": "GB", "holland": "NL", "czech republic": "CZ"}


def _folded(text: str) -> str:
    plain = text.casefold().replace("&", " and ")
    return " ".join(plain.removeprefix("the ").split())


@lru_cache(maxsize=16)
def _names(language: str) -> Mapping[str, str]:
    try:
        return dict(Locale.parse(language.replace("_", "-"), sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}
