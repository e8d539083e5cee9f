"""What a series leaves out, in a sentence: ``except fridays``, ``sauf le 24 décembre``.

:func:`part_left_out` takes it out of the text before anything else is read, so that no day of it
is taken for the day on which something begins. What it means is up to the series: weekdays go from
its rule, days become cancelled dates.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from services.model.recurrence import Pattern, Rule, Weekday, days
from services.phrases.days import Days, read_days
from services.phrases.names import Names
from services.phrases.repeats import Repeat
from services.phrases.vocabulary import Words

__all__ = ["LeftOut", "part_left_out"]

MOST_WORDS = 12
"""Of days: ``24 and 31 December and 1 January``."""
MOST_DAYS = 62
"""Of one stretch: two months."""
EVERY_DAY = tuple(Weekday)
WEEKEND = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a sentence leaves out."""

    said: str
    """As it was written."""
    weekdays: frozenset[Weekday] = frozenset()
    days: tuple[Days, ...] = ()

    def rest_of(self, repeat: Repeat) -> Repeat | None:
        """Return what is left of a repetition; ``None`` where no rule says that."""
        if not self.weekdays:
            return repeat
        if repeat.pattern is Pattern.DAILY and repeat.interval == 1:
            repeat = Repeat(Pattern.WEEKLY, weekdays=EVERY_DAY)
        left = tuple(day for day in repeat.weekdays if day not in self.weekdays)
        return replace(repeat, weekdays=left) if left and repeat.pattern is Pattern.WEEKLY else None

    def dates(self, rule: Rule, begin: date) -> tuple[date, ...]:
        """Return which dates of a series that begins on a day are among the days left out."""
        found = {day for span in self.days for day in days(rule, begin, span.first, span.last)}
        if self.weekdays and rule.until:  # of a week of which each day was named
            every = days(rule, begin, begin, rule.until)
            found |= {day for day in every if day.weekday() in self.weekdays}
        return tuple(sorted(found))


def part_left_out(text: str, today: date, names: Names) -> tuple[str, LeftOut | None]:
    """Return the text without what it leaves out, and that; ``None`` = nothing that can be read."""
    for found in _led(names.words).finditer(text):
        behind = list(re.finditer(r"\S+", text[found.end() :]))[:MOST_WORDS]
        for last in reversed(behind):
            end = found.end() + last.end()
            read = _read(text[found.end() : end], today, names)
            if read is not None:
                said = text[found.start() : end].strip(" ,;")
                return f"{text[: found.start()]} {text[end:]}", replace(read, said=said)
    return text, None


def _read(said: str, today: date, names: Names) -> LeftOut | None:
    """Return what the words leave out; ``None`` = they say something else as well."""
    weekdays: set[Weekday] = set()
    spans: list[Days] = []
    month = ""
    for part in reversed(_parts(said, today, names)):
        if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|\.)?", part):
            part = f"{part} {month}"  # 24 and 31 December
        named = _weekdays(part, names)
        if named:
            weekdays |= named
            continue
        read = read_days(part, today, names, guess=False)
        if read is None or read.wrong or (read.last - read.first).days > MOST_DAYS:
            return None
        spans.insert(0, read)
        month = " ".join(part.split()[1:])
    return LeftOut("", frozenset(weekdays), tuple(spans)) if weekdays or spans else None


def _parts(said: str, today: date, names: Names) -> list[str]:
    """Return the days that are counted up, each without the small words before it."""
    words = names.words
    whole = _bare(said, words)
    if read_days(whole, today, names, guess=False):
        return [whole]
    joint = rf"\s*(?:,\s*(?:{words.both})\s|,|&|\s(?:{words.both})\s)\s*"
    parts = re.split(joint, said, flags=re.I)
    return [_bare(part, words) for part in parts if part.strip()]


def _bare(part: str, words: Words) -> str:
    small = rf"^(?:(?:{words.on}|{words.the}|{words.since}|in|am|an|aux?|i|om)\s+)+"
    return re.sub(small, "", part.strip(" ,;()"), flags=re.I)


def _weekdays(part: str, names: Names) -> Set[Weekday]:
    words = names.words
    if re.fullmatch(rf"{words.weekends}|{words.weekend}", part, re.I):
        return WEEKEND
    one = rf"({names.weekday_pattern}|{names.short_weekday_pattern})(?:s|en|e|ene)?"
    found = re.fullmatch(one, part, re.I)
    return {Weekday(names.weekday(found[1]))} if found else frozenset()


@lru_cache(maxsize=8)
def _led(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s*[,(]?\s*(?<!\w)(?:{words.excepting})\s+", re.I)
