"""How often, in a sentence: ``every friday``, ``weekly``, ``every month on the 1st and 15th``.

:func:`take_repeat` finds what repeats before anybody knows on which day it begins;
:meth:`Repeat.rule` makes the rule once that is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from services.model.months import day_numbered, month_of
from services.model.recurrence import MAX_COUNT, MAX_INTERVAL, Pattern, Rule, Week, Weekday
from services.phrases.names import Names
from services.phrases.text import Sentence

__all__ = ["Repeat", "Span", "take_count", "take_repeat", "take_span"]

WORKING_DAYS = tuple(Weekday(number) for number in range(5))
WEEKENDS = (Weekday.SATURDAY, Weekday.SUNDAY)
UNITS = {
    "day": Pattern.DAILY,
    "week": Pattern.WEEKLY,
    "month": Pattern.MONTHLY_BY_DAY,
    "quarter": Pattern.MONTHLY_BY_DAY,
    "year": Pattern.YEARLY_BY_DAY,
}
QUARTER = 3
"""Months."""
ADVERBS = {
    "daily": (Pattern.DAILY, 1),
    "weekly": (Pattern.WEEKLY, 1),
    "biweekly": (Pattern.WEEKLY, 2),
    "fortnightly": (Pattern.WEEKLY, 2),
    "monthly": (Pattern.MONTHLY_BY_DAY, 1),
    "yearly": (Pattern.YEARLY_BY_DAY, 1),
    "annually": (Pattern.YEARLY_BY_DAY, 1),
}
WEEKS = {
    "first": Week.FIRST,
    "second": Week.SECOND,
    "third": Week.THIRD,
    "fourth": Week.FOURTH,
    "last": Week.LAST,
    "1st": Week.FIRST,
    "2nd": Week.SECOND,
    "3rd": Week.THIRD,
    "4th": Week.FOURTH,
}
ORDINALS = "|".join(WEEKS)
WORKING_DAY = r"(?:week|work|working\s+)days?"
WEEKEND = re.compile(r"(?<!\w)(?:every|each)\s+weekends?(?!\w)", re.I)
WORKDAYS = re.compile(r"(?<!\w)(?:every|each)\s+(?:week|work|working\s+)days?(?!\w)", re.I)
UNIT = re.compile(
    r"(?<!\w)(?:every|each)\s+(other\s+|second\s+|\d{1,2}\s+)?(day|week|month|quarter|year)s?(?!\w)",
    re.I,
)
ADVERB = re.compile(rf"(?<!\w)({'|'.join(ADVERBS)})(?!\w)", re.I)
NUMBER = r"(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|last(?:\s+day)?)"
NUMBERS = rf"({NUMBER}(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s*&\s*){NUMBER})*)"
ON_NUMBERS = re.compile(
    rf"(?<!\w)(?:(?:every|each)\s+month\s+on\s+{NUMBERS}"
    rf"|(?:on\s+)?{NUMBERS}\s+of\s+(?:every|each|the)\s+month)(?!\w)",
    re.I,
)
COUNT = re.compile(r"(?<!\w)(?:for\s+)?(\d{1,3})\s+times(?!\w)", re.I)
SPAN = re.compile(r"(?<!\w)for\s+(\d{1,3})\s+(day|week|month|year)s?(?!\w)", re.I)
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
    of_month, several, plural = _weekday_patterns(names)
    found = (
        sentence.take(of_month, lambda match: _of_month(match, names))
        or sentence.take(ON_NUMBERS, _on_numbers)
        or sentence.take(WORKDAYS, lambda _match: Repeat(Pattern.WEEKLY, weekdays=WORKING_DAYS))
        or sentence.take(WEEKEND, lambda _match: Repeat(Pattern.WEEKLY, weekdays=WEEKENDS))
        or sentence.take(several, lambda match: _several(match, names))
        or sentence.take(plural, lambda match: _several(match, names))
        or sentence.take(UNIT, _unit)
    )
    if found and found.pattern is Pattern.WEEKLY and not found.weekdays:
        on = sentence.take(_on_weekdays(names), lambda match: _several(match, names))
        return Repeat(found.pattern, found.interval, on.weekdays) if on else found
    return found or sentence.take(ADVERB, _adverb) or sentence.see(ADVERB, _first_word)


def take_count(sentence: Sentence) -> int | None:
    """Take out how many times."""
    return sentence.take(COUNT, lambda match: min(int(match[1]), MAX_COUNT) or None)


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


def take_span(sentence: Sentence, repeat: Repeat) -> Span | None:
    """Take out for how long it goes on: ``every tuesday for 6 weeks``.

    What is no longer than from one time to the next is how long each of them takes.
    """

    def span(match: re.Match[str]) -> Span | None:
        found = Span(int(match[1]), match[2].casefold())
        each = PERIODS.get(repeat.pattern, DAYS["month"]) * repeat.interval
        return found if found.days > each else None

    return sentence.take(SPAN, span)


@lru_cache(maxsize=64)
def _weekday_patterns(names: Names) -> tuple[re.Pattern[str], ...]:
    day = f"(?:{names.weekday_pattern}|{names.short_weekday_pattern})"
    days = rf"{day}(?:\s*(?:,|and|&|,\s*and)\s*{day})*"
    which = rf"({ORDINALS})\s+({day}|{WORKING_DAY})"
    patterns = (
        rf"(?:(?:every|each|on|the|on\s+the)\s+)?{which}\s+of\s+(?:the|each|every|a)\s+month"
        rf"|(?:every|each)\s+month\s+on\s+(?:the\s+)?{which}",
        rf"(?:every|each)\s+(other\s+|second\s+|2nd\s+)?({days})",
        rf"(?:on\s+)?()({names.weekday_pattern})s",
    )
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I) for pattern in patterns)


@lru_cache(maxsize=64)
def _on_weekdays(names: Names) -> re.Pattern[str]:
    day = f"(?:{names.weekday_pattern})"
    return re.compile(rf"(?<!\w)on\s+()({day}(?:\s*(?:,|and|&)\s*{day})*)(?!\w)", re.I)


def _of_month(match: re.Match[str], names: Names) -> Repeat:
    which, named = match[1] or match[3], match[2] or match[4]
    is_working = re.fullmatch(WORKING_DAY, named, re.I)
    weekdays = WORKING_DAYS if is_working else (Weekday(names.weekday(named)),)
    return Repeat(Pattern.MONTHLY_BY_WEEKDAY, weekdays=weekdays, week=WEEKS[which.casefold()])


def _on_numbers(match: re.Match[str]) -> Repeat | None:
    named = re.findall(r"\d+|last", match[1] or match[2], flags=re.I)
    days = tuple(sorted({int(word) if word.isdigit() else -1 for word in named}))
    if not set(days) <= {-1, *range(1, 32)}:
        return None
    pattern = Pattern.MONTHLY_BY_DAY if len(days) == 1 else Pattern.MONTHLY_BY_DAYS
    return Repeat(pattern, days=days)


def _several(match: re.Match[str], names: Names) -> Repeat:
    words = re.split(r"\s*(?:,\s*and\b|,|\band\b|&)\s*", match[2], flags=re.I)
    weekdays = tuple(sorted({Weekday(names.weekday(word)) for word in words}))
    return Repeat(Pattern.WEEKLY, 2 if match[1] else 1, weekdays)


def _unit(match: re.Match[str]) -> Repeat | None:
    often = (match[1] or "1").strip().casefold()
    interval = int(often) if often.isdigit() else 2
    if match[2].casefold() == "quarter":
        interval *= QUARTER
    if not 1 <= interval <= MAX_INTERVAL:
        return None
    return Repeat(UNITS[match[2].casefold()], interval)


def _adverb(match: re.Match[str]) -> Repeat | None:
    """Read ``standup 9:00 weekly``; at the front the word belongs to the title."""
    return Repeat(*ADVERBS[match[1].casefold()]) if match.start() else None


def _first_word(match: re.Match[str]) -> Repeat | None:
    return None if match.start() else Repeat(*ADVERBS[match[1].casefold()])
