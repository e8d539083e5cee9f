"""How often, in a sentence: ``every friday``, ``weekly``, ``every month on the 1st and 15th``.

:func:`take_repeat` finds what repeats before anybody knows on which day it begins;
:meth:`Repeat.rule` makes the rule once that is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial

from services.model.recurrence import MAX_INTERVAL, Pattern, Rule, Week, Weekday
from services.phrases.names import Names
from services.phrases.text import GAP, Sentence, nothing_more
from services.phrases.vocabulary import Words

__all__ = ["Repeat", "take_repeat"]

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
    (Pattern.MONTHLY_BY_DAY, 3),
    (Pattern.YEARLY_BY_DAY, 1),
)
"""Daily, weekly, fortnightly, monthly, quarterly, yearly."""
FIFTEEN_DAYS = frozenset({"fr", "es"})
"""Languages in which two weeks are called so."""
WEEKS = (Week.FIRST, Week.SECOND, Week.THIRD, Week.FOURTH, Week.LAST)


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
        or sentence.take(says.alternate, partial(_alternate, names=names))
        or sentence.take(says.unit, partial(_unit, names=names))
        or sentence.take(says.daypart, lambda _: Repeat(Pattern.DAILY))
        or sentence.take(says.adverb, _adverb)
        or sentence.see(says.adverb, _first_word)
    )
    if found and found.pattern is Pattern.MONTHLY_BY_DAY:
        nth = sentence.take(says.nth, partial(_nth, names=names))
        return replace(nth, interval=found.interval) if nth else found
    if found and (found.pattern is not Pattern.WEEKLY or found.weekdays):
        return found
    several = partial(_several, names=names)
    on = sentence.take(says.plural, several) or sentence.take(says.listed, several)
    if found and not on:
        on = sentence.take(says.on_weekdays, several)
    if found and on:
        return Repeat(found.pattern, found.interval, on.weekdays)
    return found or on


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
    alternate: re.Pattern[str]
    plural: re.Pattern[str]
    listed: re.Pattern[str]
    """Weekdays side by side, where times are due: *mon wed fri* 7:00."""
    unit: re.Pattern[str]
    daypart: re.Pattern[str]
    nth: re.Pattern[str]
    """Monthly, *first tuesday*."""
    on_weekdays: re.Pattern[str]
    adverb: re.Pattern[str]


@lru_cache(maxsize=64)
def _said(names: Names) -> _Said:
    words = names.words
    every, on = rf"(?:{words.every})", rf"(?:(?:{words.on}|{words.the})\s+){{0,2}}"
    day = rf"(?:(?:{names.weekday_pattern}|{names.short_weekday_pattern})s?)"
    joint, numbers, few = _joint(words), _numbers(words), _few(words)
    days = rf"{day}(?:{joint}{day})*"
    which = rf"({_ordinals(words)})\s+({day}|{words.working_day})"
    units = rf"(?:({words.day})|({words.week})|({words.month})|({words.quarter})|({words.year}))"
    adverbs = (
        *(words.daily, words.weekly, words.fortnightly),
        *(words.monthly, words.quarterly, words.yearly),
    )
    return _Said(
        of_month=_compiled(
            rf"(?:{every}\s+)?{on}{which}\s+(?:{words.of_month})"
            rf"|{every}\s+{few}(?:{words.month}|({words.quarter}))\s+{on}{which}"
            # Every second one is every other week's; every other ordinal is a month's.
            rf"|{every}\s+({words.first}|{words.third}|{words.fourth}|{words.last})"
            rf"\s+({day}|{words.working_day})"
        ),
        on_numbers=_compiled(
            rf"{every}\s+(?:{words.month})\s+(?:{words.on})\s+({numbers})"
            rf"|(?:(?:{words.on}|{words.every})\s+)?({numbers})\s+(?:{words.of_month})"
        ),
        workdays=_compiled(
            rf"(?:{every}|{words.on})\s+(?:{words.working_day})"
            rf"|(?:{words.working_day})(?<=s){nothing_more(words)}"
        ),
        weekends=_compiled(rf"{every}\s+(?:{words.weekends})"),
        through=_compiled(rf"{every}\s+({day})\s*(?:[-\u2013\u2014]|\b(?:{words.to})\b)\s*({day})"),
        several=_compiled(rf"{every}\s+((?:{words.other})\s+)?({days})"),
        alternate=_compiled(words.alternate.replace("@", f"({day})")),
        plural=_compiled(
            rf"(?:(?:{words.on})\s+)?()"
            rf"((?:{names.weekday_pattern})s(?:{joint}(?:{names.weekday_pattern})s)*)"
        ),
        listed=_compiled(
            rf"(?<!-)(?:(?:{words.on})\s+)?()({_beside(names)})\.?{nothing_more(words)}"
        ),
        daypart=_compiled(rf"{every}(?=\s+(?:{words.daypart})(?!\w))"),
        nth=_compiled(rf"{on}({_ordinals(words)})\s+({day})"),
        unit=_compiled(rf"{every}\s+{few}{units}"),
        on_weekdays=_compiled(rf"(?:(?:{words.on})|(?<={GAP}))\s+()({days})"),
        adverb=_compiled("|".join(f"({adverb})" for adverb in adverbs)),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)


def _joint(words: Words) -> str:
    """Return what stands between days that are counted up."""
    return rf"\s*(?:,\s*(?:{words.both})\b|,|\b(?:{words.both})\b|&)\s*"


def _beside(names: Names) -> str:
    """Return weekdays side by side; only abbreviated ones need nothing between them."""
    joint = rf"(?:{_joint(names.words)}|\s*/\s*)"
    day, short = names.weekday_pattern, names.short_weekday_pattern
    short = rf"{short}|{names.tiny_weekday_pattern}|{names.typed_weekday_pattern}"
    return rf"(?:{short})(?:(?:{joint}|\s+)(?:{short}))+|(?:{day})(?:{joint}(?:{day}))+"


def _few(words: Words) -> str:
    """Return how many of its units an interval is: three groups, of which one is said."""
    numbers = "|".join((*words.numbers, words.third, words.fourth))
    return rf"(?:({words.other})\s+|(\d{{1,2}})(?:{words.ordinal}|\.)?\s+|({numbers})\s+)?"


def _ordinals(words: Words) -> str:
    return "|".join((words.first, words.second, words.third, words.fourth, words.last))


def _numbers(words: Words) -> str:
    """Return how days of a month are counted up: ``the 1st, the 15th and the last day``."""
    last = rf"(?:{words.last})(?:\s+(?:{words.day}))?"
    one = rf"(?:(?:{words.the})\s+)?(?:\d{{1,2}}(?:st|nd|rd|th|\.)?|{words.first}|{last})"
    both = rf"(?:{words.both})"
    return rf"{one}(?:(?:\s*,\s*{both}\s+|\s*,\s*|\s+{both}\s+|\s*&\s*){one})*"


def _of_month(match: re.Match[str], names: Names) -> Repeat | None:
    words = names.words
    # Of a month without more, every so many months or quarters, or without naming the month.
    ordinal, named = match[1] or match[7] or match[9], match[2] or match[8] or match[10]
    other, digits, number, quarter = match[3], match[4], match[5], match[6]
    interval = _times(other, digits, number, words) * (3 if quarter else 1)
    if not 1 <= interval <= MAX_INTERVAL:
        return None
    week = _week(ordinal, words)
    is_working = re.fullmatch(words.working_day, named, re.I)
    weekdays = WORKING_DAYS if is_working else (Weekday(names.weekday(named)),)
    return Repeat(Pattern.MONTHLY_BY_WEEKDAY, interval, weekdays=weekdays, week=week)


def _nth(match: re.Match[str], names: Names) -> Repeat:
    weekdays = (Weekday(names.weekday(match[2])),)
    return Repeat(Pattern.MONTHLY_BY_WEEKDAY, weekdays=weekdays, week=_week(match[1], names.words))


def _week(ordinal: str, words: Words) -> Week:
    said = (words.first, words.second, words.third, words.fourth, words.last)
    return next(w for w, way in zip(WEEKS, said, strict=True) if re.fullmatch(way, ordinal, re.I))


def _on_numbers(match: re.Match[str], names: Names) -> Repeat | None:
    words = names.words
    named = re.findall(rf"\d+|(?:{words.first})|(?:{words.last})", match[1] or match[2], flags=re.I)
    first = re.compile(words.first, re.I)
    days = tuple(
        sorted({int(w) if w.isdigit() else 1 if first.fullmatch(w) else -1 for w in named})
    )
    if not set(days) <= {-1, *range(1, 32)}:
        return None
    pattern = Pattern.MONTHLY_BY_DAY if len(days) == 1 else Pattern.MONTHLY_BY_DAYS
    return Repeat(pattern, days=days)


def _several(match: re.Match[str], names: Names) -> Repeat:
    joint = rf"{_joint(names.words)}|\s*/\s*|\s+"
    words = filter(None, re.split(joint, match[2], flags=re.I))
    weekdays = tuple(sorted({Weekday(names.weekday(word)) for word in words}))
    return Repeat(Pattern.WEEKLY, 2 if match[1] else 1, weekdays)


def _through(match: re.Match[str], names: Names) -> Repeat:
    first, last = names.weekday(match[1]), names.weekday(match[2])
    days = {Weekday((first + ahead) % 7) for ahead in range((last - first) % 7 + 1)}
    return Repeat(Pattern.WEEKLY, weekdays=tuple(sorted(days)))


def _alternate(match: re.Match[str], names: Names) -> Repeat:
    """Read ``alternate mondays``, ``un mardi sur deux``."""
    day = next(filter(None, match.groups()))
    return Repeat(Pattern.WEEKLY, 2, (Weekday(names.weekday(day)),))


def _unit(match: re.Match[str], names: Names) -> Repeat | None:
    other, digits, number, *units = match.groups()
    pattern, length = next(unit for unit, said in zip(UNITS, units, strict=True) if said)
    interval = _times(other, digits, number, names.words) * length
    if pattern is Pattern.DAILY and interval == 15 and names.language in FIFTEEN_DAYS:
        interval = 14
    if pattern is Pattern.DAILY and interval and interval % 7 == 0:  # on which day may follow
        pattern, interval = Pattern.WEEKLY, interval // 7
    return Repeat(pattern, interval) if 1 <= interval <= MAX_INTERVAL else None


def _times(other: str | None, digits: str | None, number: str | None, words: Words) -> int:
    """Return how many times its unit an interval is."""
    if other:
        return 2
    for count, ordinal in ((3, words.third), (4, words.fourth)):
        if number and re.fullmatch(ordinal, number, re.I):
            return count
    return words.number(number) if number else int(digits or 1)


def _adverb(match: re.Match[str]) -> Repeat | None:
    """Read ``standup 9:00 weekly``; at the front the word belongs to the title."""
    return _as_adverb(match) if match.start() else None


def _first_word(match: re.Match[str]) -> Repeat | None:
    return None if match.start() else _as_adverb(match)


def _as_adverb(match: re.Match[str]) -> Repeat:
    return Repeat(*ADVERBS[(match.lastindex or 1) - 1])
