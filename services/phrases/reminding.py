"""A reminder in a sentence: ``remind me 30 min before``, ``1 hour reminder``, ``no reminder``.

:func:`take_reminder` takes it out. One for a certain hour (``remind me at 9:30``) is none of
Almanac's; :func:`take_unread` takes such words out as they stand, so that nobody reads their hour
as the event's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from services.phrases.text import GAP, Sentence
from services.phrases.vocabulary import Words

__all__ = ["Remind", "take_reminder", "take_unread"]

HALF_HOUR, QUARTER_HOUR, DAY = 30, 15, 24 * 60
UNITS = (1, 60, DAY, 7 * DAY)
"""Minutes, of a minute, an hour, a day and a week."""
MOST = 28 * 24 * 60
"""Minutes before the start, as many as an event can have."""


@dataclass(frozen=True, slots=True)
class Remind:
    """What a sentence says of a reminder."""

    minutes: int | None
    """Before the start; ``None`` = there shall be none."""


def take_reminder(sentence: Sentence, words: Words) -> Remind | None:
    """Take out when somebody is to be reminded; ``None`` = it says nothing of that."""
    says = _said(words)
    if sentence.take(says.none, bool):
        return Remind(None)
    return (
        sentence.take(says.asked, _remind)
        or sentence.take(says.named, _remind)
        or sentence.take(says.behind, _behind)
    )


def take_unread(sentence: Sentence, words: Words) -> str:
    """Take out what asks for a reminder that is none before the start; return it as it stands."""
    return sentence.take(_said(words).unread, lambda match: match[0]) or ""


@dataclass(frozen=True, slots=True)
class _Said:
    """How reminders are said in one language."""

    none: re.Pattern[str]
    asked: re.Pattern[str]
    named: re.Pattern[str]
    behind: re.Pattern[str]
    unread: re.Pattern[str]


@lru_cache(maxsize=8)
def _said(words: Words) -> _Said:
    led = rf"(?:(?:{words.along}|{words.both})\s+)?(?:(?:{words.one}|{words.the})\s+)?"
    number = (
        rf"(?:(\d{{1,3}})\s?-?|(?:{words.one}|{words.the})\s+|({words.two})\s+|({words.three})\s+)"
    )
    unit = rf"(?:({words.minute}|m)|({words.hour}|h)|({words.day}|d)|({words.week}))(?!\w)"
    length = rf"(?:({words.half_hour})|({words.quarter_hour})|({words.eve})|{number}{unit})"
    before = rf"(?:{words.before})"
    # At an hour of another day: that is none of ours, and no hour of the event.
    no_hour = rf"(?!(?:\s+{before})?\s+(?:{words.at})\s)"
    return _Said(
        none=_compiled(rf"{led}(?:{words.without})\s+(?:{words.reminder})"),
        asked=_compiled(rf"{led}(?:{words.remind})\s+{length}{no_hour}(?:\s+{before})?"),
        named=_compiled(
            rf"{led}(?:{words.reminder})\s*[:,]?\s*(?:(?:{words.since}|{words.lasting})\s+)?{length}"
            rf"{no_hour}(?:\s+{before}|(?=\s*(?:$|{GAP}|,)))"
        ),
        behind=_compiled(rf"{led}{length}(\s+{before})?[\s-]+(?:{words.reminder}|{words.remind})"),
        unread=re.compile(
            rf"(?<=\S\s)(?:{words.remind}|{words.reminder})\s+"
            rf"(?:(?:{words.at})\s.*|.*(?<!\w)(?:{before}|{words.eve})(?!\w).*)$",
            re.I,
        ),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


def _remind(match: re.Match[str]) -> Remind | None:
    half, quarter, eve, digits, two, three, *units = match.groups()[:10]
    if half or quarter or eve:
        return Remind(HALF_HOUR if half else QUARTER_HOUR if quarter else DAY)
    number = int(digits) if digits else 2 if two else 3 if three else 1
    minutes = number * next(size for size, said in zip(UNITS, units, strict=True) if said)
    return Remind(minutes) if minutes <= MOST else None


def _behind(match: re.Match[str]) -> Remind | None:
    """Read ``30 min reminder``; ``10h rappel`` is the event's hour, and a reminder after it."""
    is_hours, is_before = match[8], match[11]
    return None if is_hours and not is_before and match[0][0].isdigit() else _remind(match)
