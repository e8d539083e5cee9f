"""Whole days that are said of an event as such: ``vacation until friday``, ``Tom away next week``.

Where somebody is away, a week is all of its days; and what goes on until a day, and begins on no
other, has begun. Only of absences that is so where a word says *until* and *by* alike, as the
German *bis* and the Danish *til* do: *Bericht bis Freitag* is due on that Friday.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from services.phrases.clock import take_hours
from services.phrases.days import Days, take_days, take_week
from services.phrases.lengths import take_duration
from services.phrases.names import Names
from services.phrases.text import GAP, Sentence
from services.phrases.vocabulary import Words

__all__ = ["is_away", "take_week_away", "take_whole_days"]


def is_away(title: str, words: Words) -> bool:
    """Tell whether a title says that somebody is not there."""
    return bool(_away(words).fullmatch(title))


def take_week_away(sentence: Sentence, today: date, names: Names) -> Days | None:
    """Take a week out of a sentence where somebody is away in it: ``vacation Tom next week``."""
    words = names.words
    rest = Sentence(sentence.title(words.small))
    if take_week(rest, today, names) and is_away(rest.title(words.small), words):
        return take_week(sentence, today, names)
    return None


def take_whole_days(sentence: Sentence, today: date, names: Names) -> Days | None:
    """Take the last day of what goes on since today, where no other day and no hour is said."""
    words = names.words
    for after in (words.onward, words.until):
        rest = sentence.copy()
        last = take_days(rest, today, names, after=after)
        if last is None or not (after is words.onward or is_away(_rest(rest, words), words)):
            continue
        if last.wrong is None and (last.first != last.last or last.last < today):
            continue
        if take_days(rest, today, names) or take_duration(rest, words) or take_hours(rest, words):
            continue
        take_days(sentence, today, names, after=after)
        sentence.take(_included(words), bool)
        return last if last.wrong else Days(today, last.last)
    return None


def _rest(sentence: Sentence, words: Words) -> str:
    rest = sentence.copy()
    rest.take(_included(words), bool)
    return rest.title(words.small)


@lru_cache(maxsize=8)
def _included(words: Words) -> re.Pattern[str]:
    """Return what may follow a last day: *inclusive*."""
    return re.compile(rf"{GAP}\s*,?\s*(?:{words.included})(?!\w)", re.I)


@lru_cache(maxsize=8)
def _away(words: Words) -> re.Pattern[str]:
    """Return what says that somebody is not there: these words alone, or beside a name."""
    name = r"(?:[^\W\d_a-z][\w.'\u2019-]*)(?:\s[^\W\d_a-z][\w.'\u2019-]*){0,2}"
    away = rf"(?i:{words.away})"
    return re.compile(rf"{away}(?:[\s:]+{name})?|{name}[\s:]+{away}")
