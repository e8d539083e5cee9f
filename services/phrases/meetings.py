"""People's time in a sentence: ``free busy ines, omar tomorrow``, ``find a time with ines``.

The days stand at the end or at the beginning, the names follow ``with`` or stand alone, a duration
may be anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from services.phrases.asker import Asker
from services.phrases.clock import take_hours
from services.phrases.days import Days, read_days, take_days
from services.phrases.lengths import take_duration
from services.phrases.names import names_in
from services.phrases.text import GAP, Sentence
from services.phrases.vocabulary import Words

__all__ = [
    "MEETING_PHRASES",
    "FindTime",
    "MeetingCommand",
    "ShowFreeBusy",
    "time_with",
    "when_free",
]


@dataclass(frozen=True, slots=True)
class ShowFreeBusy:
    """When are these people free on a day?"""

    who: str
    """Names as they were typed; empty = everybody here."""
    day: date


@dataclass(frozen=True, slots=True)
class FindTime:
    """When could these people meet, from ``first`` to ``last``, both included?"""

    who: str
    first: date
    last: date
    minutes: int


MeetingCommand = ShowFreeBusy | FindTime

USUAL_MINUTES = 30
USUAL_DAYS = 7
MOST_LETTERS = 500
MOST_WORDS = 5
"""Of days: ``from 24 to 26 December``."""
FEWEST_MINUTES, MOST_MINUTES = 5, 24 * 60
NAMES = frozenset({"jan", "mai", "april", "may", "june", "august", "tue"})
"""Days and months that people are called, too."""
MEET = re.compile(r"\s+meet(?:\s+(?:with\s+)?|$)", re.I)


def _free_busy(rest: str, asker: Asker) -> ShowFreeBusy | None:
    """Return what the words behind ``free busy`` ask for; ``None`` where a day cannot be."""
    names, days = _people_and_days(_bare(rest, asker), asker)
    if days is not None and days.wrong:
        return None
    return ShowFreeBusy(names, days.first if days else asker.today)


def _people_and_days(text: str, asker: Asker) -> tuple[str, Days | None]:
    """Return the names and the days, without the hours: a day is shown with all of them."""
    names, days = _split(text[:MOST_LETTERS], asker)
    known = names_in(asker.language)
    sentence = Sentence(f"{GAP} {names}")
    days = days or take_days(sentence, asker.today, known)
    take_hours(sentence, known.words)
    return _bare(sentence.title(known.words.small), asker), days


def when_free(rest: str, asker: Asker) -> ShowFreeBusy | None:
    """Read ``when is Ines free``; whoever asks when the fair is, asks for an event."""
    free = _said(asker).free
    return _free_busy(free.sub("", rest), asker) if free.search(rest) else None


def _find_time(rest: str, asker: Asker) -> FindTime | None:
    """Return what the words behind ``find a time`` ask for."""
    sentence = Sentence(rest)
    length = take_duration(sentence, names_in(asker.language).words) or timedelta(
        minutes=USUAL_MINUTES
    )
    minutes = min(max(int(length.total_seconds()) // 60, FEWEST_MINUTES), MOST_MINUTES)
    text = " ".join(sentence.title().split()) if GAP not in rest else rest
    before, _, after = _cut(text, asker)
    if after:
        names, days = _split(_bare(after, asker), asker)
        days = days or _days(_bare(before, asker), asker)
    else:
        names, days = _split(_bare(before, asker), asker)
    if days is not None and days.wrong:
        return None  # then the shorter phrase “find” is tried, which loses nothing
    first = days.first if days else asker.today
    last = days.last if days else first + timedelta(days=USUAL_DAYS - 1)
    return FindTime(names, first, last, minutes)


def time_with(rest: str, asker: Asker) -> FindTime | None:
    """Read ``30 min with ines tomorrow`` behind ``find``; ``None`` where no length stands there."""
    before, _, after = _cut(rest, asker)
    sentence = Sentence(before)
    length = take_duration(sentence, names_in(asker.language).words)
    return _find_time(rest, asker) if after and length and not sentence.title() else None


def _when_can(rest: str, asker: Asker) -> FindTime | None:
    """Read ``when can Ines and Omar meet``, ``when can I meet Ines next week``."""
    if not MEET.search(rest):
        return None
    return _find_time(MEET.sub(" with ", rest).removesuffix(" with "), asker)


def _cut(text: str, asker: Asker) -> tuple[str, str, str]:
    """Return what stands before and behind the first ``with``."""
    found = _said(asker).along.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _split(text: str, asker: Asker) -> tuple[str, Days | None]:
    """Return the names, and the days behind or in front of them."""
    words = text.split()
    for length in range(min(len(words), MOST_WORDS), 0, -1):
        days = _days(" ".join(words[-length:]), asker)
        if days and not _may_be_name(words, length):
            return _bare(" ".join(words[:-length]), asker), days
        days = _days(" ".join(words[:length]), asker)
        if days and not _may_be_name(words, length):
            return _bare(" ".join(words[length:]), asker), days
    return text, None


def _may_be_name(words: list[str], length: int) -> bool:
    """Whether what could be a day is all there is, in one word: Jan, April, May are people, too."""
    return length == len(words) == 1 and words[0].casefold() in NAMES


def _days(fragment: str, asker: Asker) -> Days | None:
    names = names_in(asker.language)
    each = filter(None, (_bare(fragment, asker), fragment))
    return next(filter(None, (read_days(said, asker.today, names) for said in each)), None)


def _bare(text: str, asker: Asker) -> str:
    said = _said(asker)
    return said.trailing.sub("", said.leading.sub("", text.strip(" ?!,;"))).strip(" ?!,;")


@dataclass(frozen=True, slots=True)
class _Said:
    """The small words of meetings in one language."""

    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    along: re.Pattern[str]
    free: re.Pattern[str]


def _said(asker: Asker) -> _Said:
    return _compiled(names_in(asker.language).words)


@lru_cache(maxsize=8)
def _compiled(words: Words) -> _Said:
    small = f"{words.leading}|{words.inside}|{words.within}|{words.along}"
    return _Said(
        leading=re.compile(rf"^(?:(?:{small}|{words.between}|is|are|:|-)(?:\s+|$))+", re.I),
        trailing=re.compile(rf"(?:(?:^|\s+)(?:{small}|{words.free}|,|:|-))+$", re.I),
        along=re.compile(rf"(?:^|\s)(?:{words.along})\s", re.I),
        free=re.compile(rf"(?<!\w)(?:{words.free})(?!\w)", re.I),
    )


MEETING_PHRASES: tuple[
    tuple[tuple[str, ...], Callable[[str, Asker], MeetingCommand | None]], ...
] = (
    (
        (
            *("free busy", "free/busy", "free-busy", "freebusy", "free and busy"),
            *("availability", "availability of", "who is free", "free"),
        ),
        _free_busy,
    ),
    (
        (
            *("find a time", "find time", "find a slot", "find a meeting time", "find a date"),
            *("suggest a time", "propose a time", "when can we meet", "meeting scheduler"),
        ),
        _find_time,
    ),
    (("when can",), _when_can),
)
"""English; the first of each is the one that is offered."""
