"""Times of day and durations in a sentence: ``12:30``, ``from 9 to 10``, ``for 1.5 hours``.

A bare hour from 1 to 6 is read as the afternoon's (``at 3``); with minutes it is taken as
written. ``1h30`` is a duration, ``14h30`` a time: nobody plans five hours by minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from services.phrases.text import Sentence

__all__ = ["Hours", "take_duration", "take_hours"]

IMPOSSIBLE = -1
DAY_MINUTES = 24 * 60
NOON = 12 * 60
DASHES = "-\u2013\u2014"
LONGEST_BARE_HOURS = 5

POINT = r"(\d{1,2})(?:(?::|h)(\d{2})(?!\d)|(h)(?!\w))?(?:\s?([ap])\.?m\b\.?)?"
BEFORE, AFTER = r"(?<![\w:./,-])", r"(?![\w:/]|[-\u2013.,]\d)"
RANGE = re.compile(
    rf"{BEFORE}(?:(from|between)\s+)?{POINT}(\s*[-\u2013\u2014]\s*|\s+(?:to|till|until|and)\s+){POINT}{AFTER}",
    re.I,
)
SINGLE = re.compile(
    rf"{BEFORE}(?i:(?:(at|@|from)\s+)?{POINT}(\s+o'?clock\b|\s+uhr\b)?{AFTER})(?=(\s+[A-Z])?)"
)
DOTTED = re.compile(rf"{BEFORE}at\s+(\d{{1,2}})\.(\d{{2}}){AFTER}", re.I)
NAMED = re.compile(r"(?<!\w)(?:at\s+)?(noon|midday|midnight)(?!\w)", re.I)
NAMES = {"noon": NOON, "midday": NOON, "midnight": DAY_MINUTES}

NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
MIXED = re.compile(
    rf"{BEFORE}(for\s+)?(\d{{1,2}})\s?h(?:(?:ou)?rs?)?\s?(?:and\s+)?(\d{{1,2}})(?:\s?m(?:in(?:ute)?s?)?)?{AFTER}",
    re.I,
)
PLAIN = re.compile(
    rf"{BEFORE}(for\s+)?{NUMBER}(?:\s?(min(?:ute)?s?|h(?:ou)?rs?|hour)|\s(days?)|(h|m)){AFTER}",
    re.I,
)
SPOKEN = re.compile(r"(?<!\w)(?:for\s+)?(half an hour|an hour and a half|an hour)(?!\w)", re.I)
SPOKEN_MINUTES = {"half an hour": 30, "an hour and a half": 90, "an hour": 60}


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of the day at which something starts and, where it was said, ends."""

    start: int
    end: int | None = None

    @property
    def possible(self) -> bool:
        """Whether a clock can show it."""
        return self.start != IMPOSSIBLE and self.end != IMPOSSIBLE


def take_hours(sentence: Sentence) -> Hours | None:
    """Take a time of day, or a range of them, out of the sentence."""
    return (
        sentence.take(RANGE, _range)
        or sentence.take(DOTTED, lambda m: Hours(_minutes(m[1], m[2], None)))
        or sentence.take(SINGLE, _single)
        or sentence.take(NAMED, lambda m: Hours(NAMES[m[1].casefold()]))
    )


def take_duration(sentence: Sentence) -> timedelta | None:
    """Take a duration out of the sentence."""
    return (
        sentence.take(MIXED, _mixed)
        or sentence.take(PLAIN, _plain)
        or sentence.take(SPOKEN, lambda m: timedelta(minutes=SPOKEN_MINUTES[m[1].casefold()]))
    )


def _range(match: re.Match[str]) -> Hours | None:
    said, hour, minute, h, half, joint, hour2, minute2, h2, half2 = match.groups()
    if "and" in joint.casefold() and (said or "").casefold() != "between":
        return None
    if not (minute or h or half or minute2 or h2 or half2):
        return _bare_range(int(hour), int(hour2), sure=bool(said) or joint.strip() in DASHES)
    start, end = _minutes(hour, minute, half or half2), _minutes(hour2, minute2, half2)
    if half2 and not half and start > end:  # 11-1pm
        start = _minutes(hour, minute, "a")
    if not half2 and not hour2.startswith("0") and end <= start < end + NOON:  # 12:30-1:30
        end += NOON
    return Hours(start, end)


def _bare_range(start: int, end: int, *, sure: bool) -> Hours | None:
    """Read two numbers as hours, where nothing but a dash or a word says that they are."""
    if not sure or max(start, end) > 24:
        return None
    return Hours(_afternoon(start * 60), _afternoon(end * 60))


def _single(match: re.Match[str]) -> Hours | None:
    said, hour, minute, h, half, clock, capital = match.groups()
    if minute or h or half or clock:
        return Hours(_minutes(hour, minute, half))
    if not said or capital or int(hour) > 24:
        return None  # a number of something, or of a street
    return Hours(_afternoon(_minutes(hour, None, None)))


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


def _mixed(match: re.Match[str]) -> timedelta | None:
    said, hours, minutes = match.groups()
    if not said and int(hours) > LONGEST_BARE_HOURS:
        return None
    return timedelta(hours=int(hours), minutes=int(minutes)) or None


def _plain(match: re.Match[str]) -> timedelta | None:
    said, number, unit, days, letter = match.groups()
    amount = float(number.replace(",", "."))
    if days:
        return timedelta(days=amount) or None if said else None
    unit = (unit or letter).casefold()
    if letter and not said and (unit == "m" or amount > LONGEST_BARE_HOURS):
        return None
    minutes = round(amount * (1 if unit.startswith("m") else 60))
    return timedelta(minutes=minutes) or None
