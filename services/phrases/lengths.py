"""Durations in a sentence: ``for 1.5 hours``, ``45 min``, ``half an hour``.

``1h30`` is a duration, ``14h30`` a time of day: nobody plans five hours by minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial

from services.phrases.clock import AFTER, BEFORE
from services.phrases.text import Sentence
from services.phrases.tongues import words_in
from services.phrases.vocabulary import NEVER, Words

__all__ = ["take_duration", "take_soon"]

LONGEST_BARE_HOURS = 5
NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
ENGLISH = words_in("en")


def take_duration(sentence: Sentence, words: Words = ENGLISH) -> timedelta | None:
    """Take a duration out of the sentence."""
    says = _lengths_said(words)
    return (
        sentence.take(says.mixed, partial(_mixed, says=says))
        or sentence.take(says.plain, partial(_plain, says=says))
        or sentence.take(says.spoken, _spoken)
        or sentence.take(says.in_words, partial(_in_words, words=words))
    )


@dataclass(frozen=True, slots=True)
class _LengthsSaid:
    """How durations are said in one language."""

    mixed: re.Pattern[str]
    plain: re.Pattern[str]
    spoken: re.Pattern[str]
    in_words: re.Pattern[str]
    at: re.Pattern[str]
    """The end of what is before a time of day."""
    every: re.Pattern[str]
    """The end of what is before a number that says how often."""
    oclock: re.Pattern[str]


@lru_cache(maxsize=8)
def _lengths_said(words: Words) -> _LengthsSaid:
    lasting = rf"(?:({words.lasting})\s+)?"
    return _LengthsSaid(
        mixed=re.compile(
            rf"{BEFORE}{lasting}(\d{{1,2}})\s?(?:h|{words.hour})\s?(?:(?:{words.both})\s+)?"
            rf"(\d{{1,2}})(?:\s?(?:m|{words.minute}))?{AFTER}",
            re.I,
        ),
        plain=re.compile(
            rf"{BEFORE}{lasting}{NUMBER}"
            rf"(?:\s?(?:({words.minute})|({words.hour}))|\s({words.day})|(h|m)){AFTER}",
            re.I,
        ),
        spoken=re.compile(
            rf"(?<!\w)(?:(?:{words.lasting})\s+)?"
            rf"(?:({words.half_hour})|({words.hour_and_half})|({words.quarter_hour})"
            rf"|(?:{words.one_hour}))(?!\w)",
            re.I,
        ),
        in_words=re.compile(
            rf"(?<!\w)(?:{words.lasting})\s+({'|'.join(words.numbers) or NEVER})"
            rf"\s+(?:({words.minute})|{words.hour})(?!\w)",
            re.I,
        ),
        at=re.compile(rf"(?<!\w)(?:{words.at})\s+$", re.I),
        every=re.compile(rf"(?<!\w)(?:{words.every})\s+$", re.I),
        oclock=re.compile(words.oclock, re.I),
    )


def _mixed(match: re.Match[str], says: _LengthsSaid) -> timedelta | None:
    said, hours, minutes = match.groups()
    if not said and (int(hours) > LONGEST_BARE_HOURS or _is_time(match, says)):
        return None
    return timedelta(hours=int(hours), minutes=int(minutes)) or None


def _plain(match: re.Match[str], says: _LengthsSaid) -> timedelta | None:
    said, number, minutes, hours, days, letter = match.groups()
    amount = float(number.replace(",", "."))
    if days:
        return timedelta(days=amount) or None if said else None
    may_be_time = letter or (hours and says.oclock.fullmatch(hours))
    if not said and (letter == "m" or (may_be_time and amount > LONGEST_BARE_HOURS)):
        return None
    if not said and (_is_time(match, says) or _is_behind(says.every, match)):
        return None
    is_minutes = minutes or (letter or "").casefold() == "m"
    return timedelta(minutes=round(amount * (1 if is_minutes else 60))) or None


def _is_time(match: re.Match[str], says: _LengthsSaid) -> bool:
    """Whether a word before it says so: *at* 2h."""
    return _is_behind(says.at, match)


def _is_behind(words: re.Pattern[str], match: re.Match[str]) -> bool:
    return bool(words.search(match.string[: match.start()]))


def _spoken(match: re.Match[str]) -> timedelta:
    half, hour_and_half, quarter = match.groups()
    return timedelta(minutes=30 if half else 90 if hour_and_half else 15 if quarter else 60)


def _in_words(match: re.Match[str], words: Words) -> timedelta:
    """Read ``for two hours``."""
    number = words.number(match[1])
    return timedelta(minutes=number if match[2] else 60 * number)


def take_soon(sentence: Sentence, words: Words = ENGLISH) -> timedelta | None:
    """Take out in how many minutes or hours something begins: ``in half an hour``."""
    return sentence.take(_soon_said(words), _soon)


@lru_cache(maxsize=8)
def _soon_said(words: Words) -> re.Pattern[str]:
    number = rf"(?:(\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*|(?:{words.one})\s+|({words.two})\s+)"
    unit = rf"(?:({words.minute}|m)|{words.hour}|h)"
    spoken = rf"({words.half_hour})|(?:{words.one_hour})"
    return re.compile(rf"(?<!\w)(?:{words.within})\s+(?:{spoken}|{number}{unit})(?!\w)", re.I)


def _soon(match: re.Match[str]) -> timedelta:
    half, number, two, minutes = match.groups()
    amount = float(number.replace(",", ".")) if number else 2 if two else 1
    return timedelta(minutes=30 if half else round(amount * (1 if minutes else 60)))
