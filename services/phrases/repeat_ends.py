"""Until when something repeats, in a sentence: ``10 times``, ``for 6 weeks``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from services.model.months import day_numbered, month_of
from services.model.recurrence import MAX_COUNT, Pattern
from services.phrases.names import Names
from services.phrases.repeats import Repeat
from services.phrases.text import Sentence
from services.phrases.vocabulary import Words

__all__ = ["Span", "take_count", "take_span"]

DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
"""At most."""
MONTHS = {"month": 1, "year": 12}
PERIODS = {
    Pattern.DAILY: 1,
    Pattern.WEEKLY: 7,
    Pattern.YEARLY_BY_DAY: 366,
}


def take_count(sentence: Sentence, names: Names) -> int | None:
    """Take out how many times."""
    return sentence.take(
        _said(names.words).count, lambda match: min(int(match[1]), MAX_COUNT) or None
    )


@dataclass(frozen=True, slots=True)
class Span:
    """For how long something goes on repeating."""

    number: int
    unit: str

    @property
    def days(self) -> int:
        """How long that is at most."""
        return self.number * DAYS[self.unit]

    def last(self, begin: date) -> date:
        """Return the last day."""
        if self.unit not in MONTHS:
            return begin + timedelta(days=self.days - 1)
        month = month_of(begin) + self.number * MONTHS[self.unit]
        return day_numbered(month, begin.day) - timedelta(days=1)


def take_span(sentence: Sentence, names: Names, repeat: Repeat) -> Span | None:
    """Take out for how long it goes on: ``every tuesday for 6 weeks``.

    What is no longer than from one time to the next is how long each of them takes.
    """

    def span(match: re.Match[str]) -> Span | None:
        number, *units = match.groups()
        unit = next(name for name, said in zip(DAYS, units, strict=True) if said)
        found = Span(int(number), unit)
        each = PERIODS.get(repeat.pattern, DAYS["month"]) * repeat.interval
        return found if found.days > each else None

    return sentence.take(_said(names.words).span, span)


@dataclass(frozen=True, slots=True)
class _Said:
    """How the end of repeating is said in one language."""

    count: re.Pattern[str]
    span: re.Pattern[str]


@lru_cache(maxsize=8)
def _said(words: Words) -> _Said:
    units = rf"(?:({words.day})|({words.week})|({words.month})|({words.year}))"
    times = rf"(?:(?:{words.lasting})\s+)?(\d{{1,3}})\s+(?:{words.times})"
    span = rf"(?:{words.lasting})\s+(\d{{1,3}})\s+{units}"
    return _Said(*(re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.I) for each in (times, span)))
