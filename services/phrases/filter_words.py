"""What somebody types who searches for events: words, and how to narrow them down.

``budget #board in Travel``, ``lunch with Ines next week``, ``from 1 may until 31 may``, ``today``.
What is no filter is a word to look for. It is read again at each letter that is typed, so nothing
is guessed: only the table of :mod:`services.phrases.days` is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from services.model.filters import Sought
from services.phrases.asker import Asker
from services.phrases.days import Days, read_days
from services.phrases.names import names_in
from services.phrases.text import clean
from services.phrases.views import filtered

__all__ = ["named_in", "read_filters"]

MOST_LETTERS = 200
MOST_WORDS = 6
"""Of days: ``from 24 may to 26 june``."""
FROM = re.compile(r"(?:^|\s)(?:from|since|after)\s+(?P<days>.+?)(?=\s+(?:until|till|to)\s|$)", re.I)
UNTIL = re.compile(r"(?:^|\s)(?:until|till|before|to)\s+(?P<days>.+)$", re.I)
BOUND = re.compile(r"(?:^|\s)(?:from|since|after|until|till|before|to)$", re.I)
IN = re.compile(r"(?:^|\s)in\s+(?=(?P<name>\S.*)$)", re.I)
FEWEST = 2
"""Letters of a calendar's name: with fewer, it is a word that has just begun."""


def read_filters(text: str, asker: Asker, calendars: tuple[str, ...] = ()) -> Sought:
    """Return what is looked for.

    Args:
        text: as it was typed.
        asker: whose days and language count.
        calendars: names of those that may be meant behind ``in``, by their beginnings too.
    """
    text = clean(text)[:MOST_LETTERS]
    asked = filtered(text, asker)
    rest, tag, who = asked.rest, asked.tag, asked.who
    first = last = None
    if who:  # “lunch with Ines next week”: the days stand behind the name
        who, days = _days_apart(who, asker)
        first, last = (days.first, days.last) if days else (None, None)
    rest, calendar = named_in(rest, calendars, lambda text: _read(text, asker) is not None)
    if first is None:
        rest, first, last = _when(rest, asker)
    return Sought(words=rest, first=first, last=last, tag=tag, who=who, calendar=calendar)


def named_in(
    text: str, names: tuple[str, ...], is_other: Callable[[str], bool] = lambda _: False
) -> tuple[str, str]:
    """Return the text without the calendar or contact list that it names behind ``in``, and that.

    Args:
        text: as it was typed.
        names: of those that may be meant, by their beginnings too.
        is_other: whether a beginning of a name rather is something else.
    """
    for found in IN.finditer(text):
        for length, name in _named(found["name"], names, is_other):
            left = f"{text[: found.start()]} {found['name'][length:]}"
            return " ".join(left.split()), name
    return text, ""


def _named(
    behind: str, names: tuple[str, ...], is_other: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Yield what is named, and in how many letters: its name, or how it begins."""
    said = behind.casefold()
    for name in sorted(names, key=len, reverse=True):
        told = name.casefold()
        if name and (said == told or said.startswith(f"{told} ")):
            yield len(name), name
    for space in reversed([*re.finditer(r"\s|$", behind)]):
        beginning = behind[: space.start()]
        begun = _begun(names, beginning.casefold())
        if len(begun) == 1 and len(beginning) >= FEWEST and not is_other(beginning):
            yield len(beginning), begun[0]


def _begun(calendars: tuple[str, ...], beginning: str) -> list[str]:
    """Return the names that begin so, else those in which a word does: ``Sales · General``."""
    names = {name: f" {name.casefold()}" for name in calendars}
    first = [name for name, told in names.items() if told.startswith(f" {beginning}")]
    return first or [name for name, told in names.items() if f" {beginning}" in told]


def _when(text: str, asker: Asker) -> tuple[str, date | None, date | None]:
    """Return the text without the days in it, and the first and the last of these."""
    rest, days = _days_apart(text, asker)
    if days is None or BOUND.search(rest):
        return _bounded(text, asker)
    return rest, days.first, days.last


def _bounded(text: str, asker: Asker) -> tuple[str, date | None, date | None]:
    """Return the text without ``from …`` and ``until …``, and these days."""
    first = last = None
    if (found := FROM.search(text)) and (days := _read(found["days"], asker)):
        text, first = FROM.sub("", text, count=1), days.first
    if (found := UNTIL.search(text)) and (days := _read(found["days"], asker)):
        text, last = UNTIL.sub("", text, count=1), days.last
    return " ".join(text.split()), first, last


def _days_apart(text: str, asker: Asker) -> tuple[str, Days | None]:
    """Return the text without the days at its end or beginning, and these."""
    words = text.split()
    for before, fragment, behind in _cuts(words):
        if days := _read(fragment, asker):
            return " ".join((*before, *behind)), days
    return text, None


def _cuts(words: list[str]) -> Iterator[tuple[list[str], str, list[str]]]:
    """Yield what may be days with what is before and behind it, the longest first."""
    for length in range(min(len(words), MOST_WORDS), 0, -1):
        at = len(words) - length
        yield words[:at], " ".join(words[at:]), []
        yield [], " ".join(words[:length]), words[length:]


def _read(fragment: str, asker: Asker) -> Days | None:
    fragment = re.sub(r"^(?:on|in|for)\s+", "", fragment.strip(), flags=re.I)
    days = read_days(fragment, asker.today, names_in(asker.language), guess=False)
    return None if days is None or days.wrong else days
