"""Times of day in a sentence: ``12:30``, ``from 9 to 10``, ``half past three``, ``in the morning``.

A bare hour from 1 to 6 is read as the afternoon's (``at 3``); with minutes it is taken as
written. The words around the numbers are those of the reader's language
(:mod:`services.phrases.tongues`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from services.phrases.text import GAP, Sentence
from services.phrases.tongues import words_in
from services.phrases.vocabulary import NEVER, Words

__all__ = ["AFTER", "BEFORE", "Hours", "take_hours"]

IMPOSSIBLE = -1
DAY_MINUTES = 24 * 60
NOON = 12 * 60
PARTS = (-30, 30, 15, -15)
"""Minutes that half an hour *to*, half past, quarter past and quarter to add."""
EARLIEST_LATE = 5 * 60
"""``saturday night 1:00`` is no afternoon."""
MORNING, AFTERNOON, EVENING = 9 * 60, 14 * 60, 19 * 60
"""What is meant, for want of an hour: ``tomorrow morning``, ``tonight``."""

DASH = r"\s*[-\u2013\u2014]\s*"
BEFORE, AFTER = r"(?<![\w:./,-])", r"(?![\w:/]|[-\u2013.,]\d)"
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
        sentence.take(says.named_range, partial(_named_range, says=says))
        or sentence.take(says.range, _range)
        or sentence.take(says.dotted_range, _dotted_range)
        or sentence.take(says.dotted, lambda match: Hours(_minutes(match[1], match[2], match[3])))
        or sentence.take(says.part_of, partial(_part_of, words=words))
        or sentence.take(says.single, _single)
        or sentence.take(says.in_words, partial(_in_words, words=words))
        or sentence.take(says.named, lambda match: Hours(NOON if match[1] else DAY_MINUTES))
        or sentence.take(says.bare_dotted, lambda match: _spelled(match[1]))
        or sentence.take(says.behind, _behind)
    )
    if hours is None:
        return _time_of_day(sentence, says, is_late=is_late)
    if not hours.possible:
        return replace(hours, said=sentence.taken)
    is_evening = bool(sentence.take(says.evening, bool)) or is_late
    is_afternoon = bool(sentence.take(says.late, bool))
    sentence.take(says.early, bool)
    is_late = (is_evening and hours.start >= EARLIEST_LATE) or (is_afternoon and hours.start >= 60)
    return _after_noon(hours) if is_late and hours.start < NOON else hours


@dataclass(frozen=True, slots=True)
class _HoursSaid:
    """How times of day are said in one language."""

    named_range: re.Pattern[str]
    """Noon or midnight is one of its ends."""
    noon: re.Pattern[str]
    point: re.Pattern[str]
    range: re.Pattern[str]
    dotted_range: re.Pattern[str]
    dotted: re.Pattern[str]
    single: re.Pattern[str]
    part_of: re.Pattern[str]
    """Half an hour or a quarter before or after an hour."""
    in_words: re.Pattern[str]
    named: re.Pattern[str]
    bare_dotted: re.Pattern[str]
    behind: re.Pattern[str]
    """A number that stands alone behind a day."""
    early: re.Pattern[str]
    late: re.Pattern[str]
    evening: re.Pattern[str]


@lru_cache(maxsize=8)
def _hours_said(words: Words) -> _HoursSaid:
    half = r"(?:\s?([ap])\.?m\b\.?)"
    point = (
        rf"(\d{{1,2}})(?:(?:{words.separator})(\d{{2}})(?!\d)|({words.hour_sign})(?!\w))?{half}?"
    )
    clock = rf"(\s+(?:{words.oclock})(?!\w))?"
    dotted = rf"(\d{{1,2}})\.(\d{{2}}){half}?"
    led = rf"(?:(?:({words.from_hour})|({words.between}))\s+)?"
    joint = rf"(?:({DASH})|\s+(?:{words.to_hour})\s+|\s+({words.both})\s+)"
    named = "|".join(words.numbers) or NEVER
    ends = rf"(?=\s*(?:$|{GAP}))"
    until, name = rf"{DASH}|\s+(?:{words.to_hour})\s+", rf"(?:{words.noon}|{words.midnight})(?!\w)"
    dots, some = rf"(?:{words.dotted})", rf"{point}{clock}|{words.dotted}"
    return _HoursSaid(
        named_range=re.compile(
            rf"{BEFORE}(?:(?:{words.from_hour}|{words.at}|(?P<between>{words.between}))\s+)?"
            rf"(?P<first>{some}|{name})(?:{until}|(?P<both>\s+(?:{words.both})\s+))"
            rf"(?P<last>{some}|{name}){AFTER}",
            re.I,
        ),
        noon=re.compile(words.noon, re.I),
        point=re.compile(rf"{point}{clock}", re.I),
        range=re.compile(rf"{BEFORE}{led}{point}{clock}{joint}{point}{clock}{AFTER}", re.I),
        dotted_range=re.compile(
            rf"{BEFORE}(?:(?:{words.from_hour}|{words.between})\s+)?"
            rf"(?:({dots})(?:{until})({dots}|\d{{1,2}})|(\d{{1,2}})(?:{until})({dots}))"
            rf"(?:\s+(?:{words.oclock}))?{AFTER}",
            re.I,
        ),
        dotted=re.compile(rf"{BEFORE}(?:{words.at})\s+{dotted}{clock}{AFTER}", re.I),
        single=re.compile(
            rf"{BEFORE}(?i:(?:({words.at})\s+)?{point}{clock}{AFTER})(?=(\s+[A-Z])?)"
        ),
        part_of=re.compile(
            rf"(?<!\w)(?:(?:{words.at})\s+)?(?:{_parts(words)})\s+(\d{{1,2}}|{named}){half}?(?!\w)",
            re.I,
        ),
        in_words=re.compile(
            rf"(?<!\w)(?:(?:{words.at})\s+({named})(?:{half}|{ends})|({named}){half})(?!\w)", re.I
        ),
        named=re.compile(
            rf"(?<!\w)(?:(?:{words.at}|{words.to_hour})\s+)?(?:({words.noon})|{words.midnight})(?!\w)",
            re.I,
        ),
        bare_dotted=re.compile(rf"{BEFORE}({words.dotted})(?:\s+(?:{words.oclock}))?{AFTER}", re.I),
        behind=re.compile(
            rf"(?<={GAP})\s+(\d{{1,2}})(?:{ends}|(?=\s+(?:{words.early}|{words.late})(?!\w)))", re.I
        ),
        early=re.compile(rf"(?<={GAP})\s+(?:{words.early})(?!\w)", re.I),
        late=re.compile(rf"(?<={GAP})\s+(?:{words.late})(?!\w)", re.I),
        evening=re.compile(rf"(?<={GAP})\s+(?:{words.evening})(?!\w)", re.I),
    )


def _parts(words: Words) -> str:
    """Return what stands before an hour, each in a group, in the order of ``PARTS``."""
    parts = (words.half_to, words.half_past, words.quarter_past, words.quarter_to)
    return "|".join(f"({part})" for part in parts)


def _range(match: re.Match[str]) -> Hours | None:
    """Read a range; ``None`` where it is two numbers of something else."""
    since, between, *point, clock, dash, both = match.groups()[:9]
    hour, minute, h, half = point
    hour2, minute2, h2, half2, clock2 = match.groups()[9:]
    if both and not between:
        return None
    if not (minute or h or half or minute2 or h2 or half2):
        behind_day = match.string[: match.start()].rstrip(" ").endswith(GAP)
        sure = bool(since or between or dash or clock or clock2 or behind_day)
        return _bare_range(int(hour), int(hour2), sure=sure)
    start, end = _minutes(hour, minute, half or half2), _minutes(hour2, minute2, half2)
    if half2 and not half and start > end:  # 11-1pm
        start = _minutes(hour, minute, "a")
    if half and not half2 and end <= start < end + NOON <= DAY_MINUTES:  # 5pm-6
        end += NOON
    if not half2 and not hour2.startswith("0") and end <= start < NOON + 60:  # 12:30-1:30
        end += NOON
    return Hours(start, end)


def _bare_range(start: int, end: int, *, sure: bool) -> Hours | None:
    """Read two numbers as hours, where nothing but a dash or a word says that they are."""
    if not sure or max(start, end) > 24:
        return None
    begin, close = _afternoon(start * 60), _afternoon(end * 60)
    return Hours(begin, close if begin < close else end * 60)  # 22 to 6: the next morning


def _named_range(match: re.Match[str], says: _HoursSaid) -> Hours | None:
    """Read ``noon-1:30``, ``8pm to midnight``; ``None`` where no end has such a name."""
    if match["both"] and not match["between"]:
        return None
    start, starts_named = _end(match["first"], says)
    end, ends_named = _end(match["last"], says)
    if not (starts_named or ends_named) or IMPOSSIBLE in (start, end):
        return None
    if starts_named and start == NOON >= end:  # noon-1:30
        end += NOON
    if ends_named and end == DAY_MINUTES and match["first"].isdigit() and start < NOON:
        start += NOON  # 8 to midnight
    return Hours(start, end)


def _end(said: str, says: _HoursSaid) -> tuple[int, bool]:
    """Return the minutes of an end of a range, and whether it is called noon or midnight."""
    if not said[:1].isdigit():
        return NOON if says.noon.fullmatch(said) else DAY_MINUTES, True
    found = says.point.fullmatch(said)
    return _minutes(found[1], found[2], found[4]) if found else _spelled(said).start, False


def _dotted_range(match: re.Match[str]) -> Hours:
    """Read ``9.30-11``, ``12 til 13.30``."""
    start, end = (_spelled(each).start for each in match.groups() if each)
    return Hours(start, end)


def _spelled(time: str) -> Hours:
    """Read what is written ``9.30``."""
    hour, _, minute = time.partition(".")
    return Hours(_minutes(hour, minute or None, None))


def _single(match: re.Match[str]) -> Hours | None:
    said, hour, minute, h, half, clock, capital = match.groups()
    if minute or h or half or clock:
        return Hours(_minutes(hour, minute, half))
    if not said or capital or int(hour) > 24:
        return None  # a number of something, or of a street
    return Hours(_afternoon(_minutes(hour, None, None)))


def _part_of(match: re.Match[str], words: Words) -> Hours | None:
    """Read ``halb acht``, which is half past seven, ``quarter to four``."""
    *parts, said, half = match.groups()
    more = next(minutes for part, minutes in zip(parts, PARTS, strict=True) if part)
    hour = int(said) if said.isdigit() else words.number(said)
    if not 1 <= hour <= 12:
        return None
    if half:
        return Hours(_minutes(str(hour), None, half) + more)
    minutes = hour * 60 + more
    return Hours(minutes if minutes >= 6 * 60 else minutes + NOON)


def _in_words(match: re.Match[str], words: Words) -> Hours:
    """Read ``at three``, ``three pm``."""
    led, led_half, said, half = match.groups()
    minutes = _minutes(str(words.number(led or said)), None, led_half or half)
    return Hours(minutes if led_half or half else _afternoon(minutes))


def _behind(match: re.Match[str]) -> Hours | None:
    """Read ``tomorrow 12``: an hour, where nothing follows of which it could be a number."""
    hour = int(match[1])
    return Hours(_afternoon(hour * 60)) if hour <= 24 else None


def _time_of_day(sentence: Sentence, says: _HoursSaid, *, is_late: bool) -> Hours | None:
    """Read ``tomorrow morning`` where no hour is said at all."""
    if sentence.take(says.early, bool):
        return Hours(MORNING)
    if sentence.take(says.evening, bool) or is_late:
        return Hours(EVENING)
    return Hours(AFTERNOON) if sentence.take(says.late, bool) else None


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
