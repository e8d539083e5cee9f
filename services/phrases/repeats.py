"""How often, in a sentence: ``every friday``, ``weekly``, ``every month on the 1st and 15th``.

:func:`take_repeat` finds what repeats before anybody knows on which day it begins;
:meth:`Repeat.rule` makes the rule once that is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from services.model.months import day_numbered, month_of
from services.model.recurrence import MAX_COUNT, MAX_INTERVAL, Pattern, Rule, Week, Weekday
from services.phrases.names import Names
from services.phrases.text import Sentence
from services.phrases.vocabulary import Words

__all__ = ["Repeat", "Span", "take_count", "take_repeat", "take_span"]

WORKING_DAYS = tuple(Weekday(number) for number in range(5))
WEEKENDS = (Weekday.SATURDAY, Weekday.SUNDAY)
UNITS = (
    (Pattern.DAILY, 1),
    (Pattern.WEEKLY, 1),
    (Pattern.MONTHLY_BY_DAY, 1),
    (Pattern.MONTHLY_BY_DAY, 3),
    (Pattern.YEARLY_BY_DAY, 1),
)
"""A day, a week, a month, a quarter, a year: what they repeat by."""
ADVERBS = (
    (Pattern.DAILY, 1),
    (Pattern.WEEKLY, 1),
    (Pattern.WEEKLY, 2),
    (Pattern.MONTHLY_BY_DAY, 1),
    (Pattern.YEARLY_BY_DAY, 1),
)
"""Daily, weekly, fortnightly, monthly, yearly."""
WEEKS = (Week.FIRST, Week.SECOND, Week.THIRD, Week.FOURTH, Week.LAST)
DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
"""At most."""
MONTHS = {"month": 1, "year": 12}
PERIODS = {
    Pattern.DAILY: 1,
    Pattern.WEEKLY: 7,
    Pattern.YEARLY_BY_DAY: 366,
}


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a sentence says about repeating."""

    pattern: Pattern
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    week: Week | None = None
    days: tuple[int, ...] = ()
    """Of a month, sorted; -1 is its last."""

    def rule(self, begin: date, until: date | None, count: int | None) -> Rule:
        """Return the rule of a series that begins on or after a day."""
        by_day = self.pattern in (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
        # The 31st is a month's last day where it has no 31st.
        day = (self.days[0] if self.days[0] > 0 else 31) if self.days else begin.day
        weekly = self.pattern is Pattern.WEEKLY
        return Rule(
            pattern=self.pattern,
            interval=self.interval,
            weekdays=self.weekdays or ((Weekday(begin.weekday()),) if weekly else ()),
            day=day if by_day else None,
            days=self.days if self.pattern is Pattern.MONTHLY_BY_DAYS else (),
            week=self.week,
            month=begin.month if self.pattern is Pattern.YEARLY_BY_DAY else None,
            until=until,
            count=None if until else count,
        )


def take_repeat(sentence: Sentence, names: Names) -> Repeat | None:
    """Take out how often it is."""
    says = _said(names)
    found = (
        sentence.take(says.of_month, partial(_of_month, names=names))
        or sentence.take(says.on_numbers, partial(_on_numbers, names=names))
        or sentence.take(says.workdays, lambda _: Repeat(Pattern.WEEKLY, weekdays=WORKING_DAYS))
        or sentence.take(says.weekends, lambda _: Repeat(Pattern.WEEKLY, weekdays=WEEKENDS))
        or sentence.take(says.through, partial(_through, names=names))
        or sentence.take(says.several, partial(_several, names=names))
        or sentence.take(says.unit, _unit)
        or sentence.take(says.adverb, _adverb)
        or sentence.see(says.adverb, _first_word)
    )
    if found and (found.pattern is not Pattern.WEEKLY or found.weekdays):
        return found
    several = partial(_several, names=names)
    on = sentence.take(says.plural, several)
    if found and not on:
        on = sentence.take(says.on_weekdays, several)
    if found and on:
        return Repeat(found.pattern, found.interval, on.weekdays)
    return found or on


def take_count(sentence: Sentence, names: Names) -> int | None:
    """Take out how many times."""
    return sentence.take(_said(names).count, lambda match: min(int(match[1]), MAX_COUNT) or None)


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

    return sentence.take(_said(names).span, span)


@dataclass(frozen=True, slots=True)
class _Said:
    """How repeating is said in one language."""

    of_month: re.Pattern[str]
    on_numbers: re.Pattern[str]
    workdays: re.Pattern[str]
    weekends: re.Pattern[str]
    through: re.Pattern[str]
    """Every *monday to friday*."""
    several: re.Pattern[str]
    plural: re.Pattern[str]
    unit: re.Pattern[str]
    on_weekdays: re.Pattern[str]
    adverb: re.Pattern[str]
    count: re.Pattern[str]
    span: re.Pattern[str]


@lru_cache(maxsize=64)
def _said(names: Names) -> _Said:
    words = names.words
    every, on = rf"(?:{words.every})", rf"(?:(?:{words.on}|{words.the})\s+){{0,2}}"
    day = rf"(?:(?:{names.weekday_pattern}|{names.short_weekday_pattern})s?)"
    joint = rf"\s*(?:,\s*(?:{words.both})\b|,|\b(?:{words.both})\b|&)\s*"
    days = rf"{day}(?:{joint}{day})*"
    numbers = _numbers(words)
    which = rf"({_ordinals(words)})\s+({day}|{words.working_day})"
    units = rf"(?:({words.day})|({words.week})|({words.month})|({words.quarter})|({words.year}))"
    adverbs = (words.daily, words.weekly, words.fortnightly, words.monthly, words.yearly)
    return _Said(
        of_month=_compiled(
            rf"(?:{every}\s+)?{on}{which}\s+(?:{words.of_month})"
            rf"|{every}\s+(?:{words.month})\s+{on}{which}"
            # Every second one is every other week's; the first or the last can only be a month's.
            rf"|{every}\s+({words.first}|{words.last})\s+({day}|{words.working_day})"
        ),
        on_numbers=_compiled(
            rf"{every}\s+(?:{words.month})\s+(?:{words.on})\s+({numbers})"
            rf"|(?:(?:{words.on})\s+)?({numbers})\s+(?:{words.of_month})"
        ),
        workdays=_compiled(rf"{every}\s+(?:{words.working_day})"),
        weekends=_compiled(rf"{every}\s+(?:{words.weekends})"),
        through=_compiled(rf"{every}\s+({day})\s*(?:[-\u2013\u2014]|\b(?:{words.to})\b)\s*({day})"),
        several=_compiled(rf"{every}\s+((?:{words.other})\s+)?({days})"),
        plural=_compiled(rf"(?:(?:{words.on})\s+)?()((?:{names.weekday_pattern})s)"),
        unit=_compiled(rf"{every}\s+(?:({words.other})\s+|(\d{{1,2}})\.?\s+)?{units}"),
        on_weekdays=_compiled(rf"(?:{words.on})\s+()({days})"),
        adverb=_compiled("|".join(f"({adverb})" for adverb in adverbs)),
        count=_compiled(rf"(?:(?:{words.lasting})\s+)?(\d{{1,3}})\s+(?:{words.times})"),
        span=_compiled(
            rf"(?:{words.lasting})\s+(\d{{1,3}})\s+"
            rf"(?:({words.day})|({words.week})|({words.month})|({words.year}))"
        ),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


def _ordinals(words: Words) -> str:
    return "|".join((words.first, words.second, words.third, words.fourth, words.last))


def _numbers(words: Words) -> str:
    """Return how days of a month are counted up: ``the 1st, the 15th and the last day``."""
    last = rf"(?:{words.last})(?:\s+(?:{words.day}))?"
    one = rf"(?:(?:{words.the})\s+)?(?:\d{{1,2}}(?:st|nd|rd|th|\.)?|{last})"
    both = rf"(?:{words.both})"
    return rf"{one}(?:(?:\s*,\s*{both}\s+|\s*,\s*|\s+{both}\s+|\s*&\s*){one})*"


def _of_month(match: re.Match[str], names: Names) -> Repeat:
    words = names.words
    ordinal, named = match[1] or match[3] or match[5], match[2] or match[4] or match[6]
    said = (words.first, words.second, words.third, words.fourth, words.last)
    week = next(w for w, way in zip(WEEKS, said, strict=True) if re.fullmatch(way, ordinal, re.I))
    is_working = re.fullmatch(words.working_day, named, re.I)
    weekdays = WORKING_DAYS if is_working else (Weekday(names.weekday(named)),)
    return Repeat(Pattern.MONTHLY_BY_WEEKDAY, weekdays=weekdays, week=week)


def _on_numbers(match: re.Match[str], names: Names) -> Repeat | None:
    named = re.findall(rf"\d+|(?:{names.words.last})", match[1] or match[2], flags=re.I)
    days = tuple(sorted({int(word) if word.isdigit() else -1 for word in named}))
    if not set(days) <= {-1, *range(1, 32)}:
        return None
    pattern = Pattern.MONTHLY_BY_DAY if len(days) == 1 else Pattern.MONTHLY_BY_DAYS
    return Repeat(pattern, days=days)


def _several(match: re.Match[str], names: Names) -> Repeat:
    joint = rf"\s*(?:,\s*(?:{names.words.both})\b|,|\b(?:{names.words.both})\b|&)\s*"
    words = re.split(joint, match[2], flags=re.I)
    weekdays = tuple(sorted({Weekday(names.weekday(word)) for word in words}))
    return Repeat(Pattern.WEEKLY, 2 if match[1] else 1, weekdays)


def _through(match: re.Match[str], names: Names) -> Repeat:
    first, last = names.weekday(match[1]), names.weekday(match[2])
    days = {Weekday((first + ahead) % 7) for ahead in range((last - first) % 7 + 1)}
    return Repeat(Pattern.WEEKLY, weekdays=tuple(sorted(days)))


def _unit(match: re.Match[str]) -> Repeat | None:
    other, number, *units = match.groups()
    pattern, length = next(unit for unit, said in zip(UNITS, units, strict=True) if said)
    interval = (2 if other else int(number or 1)) * length
    return Repeat(pattern, interval) if 1 <= interval <= MAX_INTERVAL else None


def _adverb(match: re.Match[str]) -> Repeat | None:
    """Read ``standup 9:00 weekly``; at the front the word belongs to the title."""
    return _as_adverb(match) if match.start() else None


def _first_word(match: re.Match[str]) -> Repeat | None:
    return None if match.start() else _as_adverb(match)


def _as_adverb(match: re.Match[str]) -> Repeat:
    return Repeat(*ADVERBS[(match.lastindex or 1) - 1])
