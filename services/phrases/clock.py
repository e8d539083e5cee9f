"""Times of day and durations in a sentence: ``12:30``, ``from 9 to 10``, ``for 1.5 hours``.

A bare hour from 1 to 6 is read as the afternoon's (``at 3``); with minutes it is taken as
written. ``1h30`` is a duration, ``14h30`` a time: nobody plans five hours by minutes. The words
around the numbers are those of the reader's language (:mod:`services.phrases.tongues`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache, partial

from services.phrases.text import GAP, Sentence
from services.phrases.tongues import words_in
from services.phrases.vocabulary import Words

__all__ = ["Hours", "take_duration", "take_hours"]

IMPOSSIBLE = -1
DAY_MINUTES = 24 * 60
NOON = 12 * 60
LONGEST_BARE_HOURS = 5
EARLIEST_LATE = 5 * 60
"""``saturday night 1:00`` is no afternoon."""

DASH = r"\s*[-\u2013\u2014]\s*"
BEFORE, AFTER = r"(?<![\w:./,-])", r"(?![\w:/]|[-\u2013.,]\d)"
NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
ENGLISH = words_in("en")


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day at which something starts and, where it was said, ends."""

    start: int
    end: int | None = None
    said: str = field(default="", compare=False)
    """In which words, where no clock can show it."""

    @property
    def possible(self) -> bool:
        """Whether a clock can show it."""
        return self.start != IMPOSSIBLE and self.end != IMPOSSIBLE


def take_hours(
    sentence: Sentence, words: Words = ENGLISH, *, is_late: bool = False
) -> Hours | None:
    """Take a time of day, or a range of them, out of the sentence.

    Args:
        sentence: what is left of the text.
        words: those of the person's language.
        is_late: whether hours after noon are meant, as *tonight* says.
    """
    says = _hours_said(words)
    hours = (
        sentence.take(says.range, _range)
        or sentence.take(says.dotted_range, _dotted_range)
        or sentence.take(says.dotted, lambda match: Hours(_minutes(match[1], match[2], None)))
        or sentence.take(says.single, _single)
        or sentence.take(says.half_to, partial(_half_to, words=words))
        or sentence.take(says.named, lambda match: Hours(NOON if match[1] else DAY_MINUTES))
        or sentence.take(says.bare_dotted, lambda match: _spelled(match[1]))
    )
    if hours is None:
        return None
    if not hours.possible:
        return replace(hours, said=sentence.taken)
    is_late = bool(sentence.take(says.late, bool)) or is_late
    sentence.take(says.early, bool)
    return _after_noon(hours) if is_late and EARLIEST_LATE <= hours.start < NOON else hours


def take_duration(sentence: Sentence, words: Words = ENGLISH) -> timedelta | None:
    """Take a duration out of the sentence."""
    says = _lengths_said(words)
    return (
        sentence.take(says.mixed, partial(_mixed, says=says))
        or sentence.take(says.plain, partial(_plain, says=says))
        or sentence.take(says.spoken, _spoken)
    )


@dataclass(frozen=True, slots=True)
class _HoursSaid:
    """How times of day are said in one language."""

    range: re.Pattern[str]
    dotted_range: re.Pattern[str]
    dotted: re.Pattern[str]
    single: re.Pattern[str]
    half_to: re.Pattern[str]
    named: re.Pattern[str]
    bare_dotted: re.Pattern[str]
    early: re.Pattern[str]
    late: re.Pattern[str]


@lru_cache(maxsize=8)
def _hours_said(words: Words) -> _HoursSaid:
    point = (
        rf"(\d{{1,2}})(?:(?:{words.separator})(\d{{2}})(?!\d)|({words.hour_sign})(?!\w))?"
        r"(?:\s?([ap])\.?m\b\.?)?"
    )
    clock = rf"(\s+(?:{words.oclock})(?!\w))?"
    dotted = r"(\d{1,2})\.(\d{2})"
    led = rf"(?:(?:({words.from_hour})|({words.between}))\s+)?"
    joint = rf"(?:({DASH})|\s+(?:{words.to_hour})\s+|\s+({words.both})\s+)"
    half = "|".join(f"({name})" for name in words.hours) or "(?!)"
    return _HoursSaid(
        range=re.compile(rf"{BEFORE}{led}{point}{clock}{joint}{point}{clock}{AFTER}", re.I),
        dotted_range=re.compile(
            rf"{BEFORE}(?:(?:{words.from_hour}|{words.between})\s+)?({words.dotted})"
            rf"(?:{DASH}|\s+(?:{words.to_hour})\s+)({words.dotted})(?:\s+(?:{words.oclock}))?{AFTER}",
            re.I,
        ),
        dotted=re.compile(rf"{BEFORE}(?:{words.at})\s+{dotted}{clock}{AFTER}", re.I),
        single=re.compile(
            rf"{BEFORE}(?i:(?:({words.at})\s+)?{point}{clock}{AFTER})(?=(\s+[A-Z])?)"
        ),
        half_to=re.compile(
            rf"(?<!\w)(?:(?:{words.at})\s+)?(?:{words.half_to})\s+(?:(\d{{1,2}})|{half})(?!\w)",
            re.I,
        ),
        named=re.compile(
            rf"(?<!\w)(?:(?:{words.at}|{words.to_hour})\s+)?(?:({words.noon})|{words.midnight})(?!\w)",
            re.I,
        ),
        bare_dotted=re.compile(rf"{BEFORE}({words.dotted})(?:\s+(?:{words.oclock}))?{AFTER}", re.I),
        early=re.compile(rf"(?<={GAP})\s+(?:{words.early})(?!\w)", re.I),
        late=re.compile(rf"(?<={GAP})\s+(?:{words.late})(?!\w)", re.I),
    )


def _range(match: re.Match[str]) -> Hours | None:
    """Read a range; ``None`` where it is two numbers of something else."""
    since, between, *point, clock, dash, both = match.groups()[:9]
    hour, minute, h, half = point
    hour2, minute2, h2, half2, clock2 = match.groups()[9:]
    if both and not between:
        return None
    if not (minute or h or half or minute2 or h2 or half2):
        sure = bool(since or between or dash or clock or clock2)
        return _bare_range(int(hour), int(hour2), sure=sure)
    start, end = _minutes(hour, minute, half or half2), _minutes(hour2, minute2, half2)
    if half2 and not half and start > end:  # 11-1pm
        start = _minutes(hour, minute, "a")
    if not half2 and not hour2.startswith("0") and end <= start < NOON + 60:  # 12:30-1:30
        end += NOON
    return Hours(start, end)


def _bare_range(start: int, end: int, *, sure: bool) -> Hours | None:
    """Read two numbers as hours, where nothing but a dash or a word says that they are."""
    if not sure or max(start, end) > 24:
        return None
    begin, close = _afternoon(start * 60), _afternoon(end * 60)
    return Hours(begin, close if begin < close else end * 60)  # 22 to 6: the next morning


def _dotted_range(match: re.Match[str]) -> Hours:
    start, end = _spelled(match[1]).start, _spelled(match[2]).start
    return Hours(start, end)


def _spelled(time: str) -> Hours:
    """Read what is written ``9.30``."""
    hour, _, minute = time.partition(".")
    return Hours(_minutes(hour, minute, None))


def _single(match: re.Match[str]) -> Hours | None:
    said, hour, minute, h, half, clock, capital = match.groups()
    if minute or h or half or clock:
        return Hours(_minutes(hour, minute, half))
    if not said or capital or int(hour) > 24:
        return None  # a number of something, or of a street
    return Hours(_afternoon(_minutes(hour, None, None)))


def _half_to(match: re.Match[str], words: Words) -> Hours | None:
    """Read ``halb acht``: half past seven."""
    named = [number for number, said in enumerate(match.groups()[1:], 1) if said]
    hour = int(match[1]) if match[1] else named[0]
    if not 1 <= hour <= len(words.hours):
        return None
    minutes = hour * 60 - 30
    return Hours(minutes if minutes >= 6 * 60 else minutes + NOON)


def _minutes(hour: str, minute: str | None, half: str | None) -> int:
    """Return minutes since midnight, or ``IMPOSSIBLE``."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return IMPOSSIBLE
        hours = hours % 12 + (12 if half.casefold() == "p" else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= DAY_MINUTES else IMPOSSIBLE


def _afternoon(minutes: int) -> int:
    return minutes + NOON if 60 <= minutes <= 6 * 60 else minutes


def _after_noon(hours: Hours) -> Hours:
    """Return hours that are said to be of an evening: ``tomorrow evening at 8``."""
    end = hours.end
    return Hours(hours.start + NOON, end + NOON if end is not None and end <= NOON else end)


@dataclass(frozen=True, slots=True)
class _LengthsSaid:
    """How durations are said in one language."""

    mixed: re.Pattern[str]
    plain: re.Pattern[str]
    spoken: re.Pattern[str]
    at: re.Pattern[str]
    """The end of what is before a time of day."""
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
            rf"(?:({words.half_hour})|({words.hour_and_half})|(?:{words.one_hour}))(?!\w)",
            re.I,
        ),
        at=re.compile(rf"(?<!\w)(?:{words.at})\s+$", re.I),
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
    if not said and _is_time(match, says):
        return None
    is_minutes = minutes or (letter or "").casefold() == "m"
    return timedelta(minutes=round(amount * (1 if is_minutes else 60))) or None


def _is_time(match: re.Match[str], says: _LengthsSaid) -> bool:
    """Whether a word before it says so: *at* 2h."""
    return bool(says.at.search(match.string[: match.start()]))


def _spoken(match: re.Match[str]) -> timedelta:
    return timedelta(minutes=30 if match[1] else 90 if match[2] else 60)
