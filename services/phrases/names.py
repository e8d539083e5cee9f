"""How a language names its days and months, from CLDR (by Babel); English is always known too.

:func:`names_in` makes the tables once for each language. Abbreviations of days are kept apart:
``sun`` and ``mar`` are words as well, so they count only where a day is to be expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from services.phrases.tongues import words_in
from services.phrases.vocabulary import NEVER, Words, plainly

__all__ = ["Names", "names_in"]

MONTH_FIRST = frozenset({"US", "FM", "PH", "PW", "UM"})
"""Territories that write 12/24."""
ALSO_SHORT = {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}
MISSPELT = {
    **dict.fromkeys(("teusday", "tuseday", "tuesaday"), 1),
    **dict.fromkeys(("wendesday", "wensday", "wedensday", "wednsday", "wednesay"), 2),
    **dict.fromkeys(("thrusday", "thurdsay", "thursay", "thirsday"), 3),
    **dict.fromkeys(("firday", "fryday", "firiday"), 4),
    **dict.fromkeys(("saterday", "satruday", "saturady", "satuday"), 5),
}
"""Days as hurried people type them."""
SHORTEST = 3
"""Letters that an abbreviation must have."""


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The words of one language, case-folded. There is one of each: compared by identity."""

    language: str
    month_first: bool
    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    tiny_weekdays: Mapping[str, int]
    """Of two letters, as they are written: a capital first."""
    months: Mapping[str, int]
    words: Words

    @property
    def weekday_pattern(self) -> str:
        """Alternatives for a regular expression, the longest first."""
        return _either(self.weekdays)

    @property
    def short_weekday_pattern(self) -> str:
        """The same for abbreviations."""
        return _either(self.short_weekdays)

    @property
    def tiny_weekday_pattern(self) -> str:
        """The same for two letters, which are words as well without their capital."""
        return rf"(?-i:{_either(self.tiny_weekdays)})" if self.tiny_weekdays else NEVER

    @property
    def typed_weekday_pattern(self) -> str:
        """The same as hurried people type them; *so* is rather a word."""
        typed = {name.casefold(): day for name, day in self.tiny_weekdays.items() if name != "So"}
        return rf"(?-i:{_either(typed)})" if typed else NEVER

    @property
    def month_pattern(self) -> str:
        """The same for months, abbreviations included."""
        return _either(self.months)

    def weekday(self, name: str) -> int:
        """Return 0 for Monday to 6 for Sunday; of several such days, too."""
        name = name.casefold()
        known = self.weekdays | self.short_weekdays
        if name.capitalize() in self.tiny_weekdays:
            return self.tiny_weekdays[name.capitalize()]
        return known[name] if name in known else known[name.removesuffix("s")]

    def month(self, name: str) -> int:
        """Return 1 to 12."""
        return self.months[name.casefold()]


@lru_cache(maxsize=64)
def names_in(language: str) -> Names:
    """Return the names in a language such as ``de`` or ``en-US``; English where it is unknown."""
    locale = _locale(language)
    english = Locale("en")
    weekdays = _names(english, "days", ("wide",)) | _names(locale, "days", ("wide",)) | MISSPELT
    short = _names(english, "days", ("abbreviated",)) | _names(locale, "days", ("abbreviated",))
    months: dict[str, int] = {}
    for one in (english, locale):
        months |= _names(one, "months", ("abbreviated", "wide"))
    short |= ALSO_SHORT
    return Names(
        language=locale.language,
        month_first=locale.territory in MONTH_FIRST,
        weekdays=weekdays,
        short_weekdays={k: v for k, v in short.items() if k not in weekdays},
        tiny_weekdays=_tiny(locale),
        months=months | {"sept": 9},
        words=words_in(locale.language),
    )


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _names(locale: Locale, of: str, widths: tuple[str, ...]) -> dict[str, int]:
    """Return CLDR's names in both contexts; months count from 1, days from 0 = Monday."""
    table = locale.days if of == "days" else locale.months
    return {
        plain: number
        for context in ("format", "stand-alone")
        for width in widths
        for number, name in table[context][width].items()
        if len(name.rstrip(".")) >= SHORTEST and not name.isdigit()
        for plain in plainly(name.casefold().rstrip("."))
    }


def _tiny(locale: Locale) -> dict[str, int]:
    """Return abbreviations of two letters with a capital, such as German has."""
    names = {name.rstrip("."): day for day, name in locale.days["format"]["abbreviated"].items()}
    return {name: day for name, day in names.items() if len(name) == 2 and name.istitle()}


def _either(names: Mapping[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
