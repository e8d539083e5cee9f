"""An event read from a sentence: ``lunch with Ines friday 12:30 for 45 min``.

:func:`read_draft` takes out what it understands (how often, when, for how long, where); the rest
is the title, in the person's own writing. It guesses where people leave things out: an hour when
no length is said, whole days when no time is, the next such time when no day is. What it read is
shown as a card to confirm, so a wrong guess costs a correction and never a wrong event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from services.model.errors import Problem, Wrong
from services.model.recurrence import Pattern, Rule, check, first_day
from services.model.times import AllDay, Timed, When
from services.phrases.absences import is_away, take_week_away, take_whole_days
from services.phrases.clock import Hours, take_hours
from services.phrases.commands import EventDraft
from services.phrases.days import Days, take_days
from services.phrases.left_out import LeftOut, part_left_out
from services.phrases.lengths import take_duration, take_soon
from services.phrases.names import Names, names_in
from services.phrases.places import take_place
from services.phrases.reminding import take_reminder, take_unread
from services.phrases.repeat_ends import Span, take_count, take_span
from services.phrases.repeats import Repeat, take_repeat
from services.phrases.spelling import spelled
from services.phrases.stretches import days_first
from services.phrases.text import Sentence, clean
from services.phrases.vocabulary import NEVER, Words
from services.phrases.zones import take_zone

__all__ = ["DEFAULT_LENGTH", "read_draft"]

DEFAULT_LENGTH = timedelta(hours=1)
MORNING = Hours(9 * 60)
"""For something that takes hours on a day, when nobody says which."""
LONGEST = 500
"""Letters that are read as a sentence; more is taken as a title as it stands."""
DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
TAG = re.compile(r"(?<!\S)#([^\W\d][\w-]{0,49})(?=$|[\s,;])")
"""A word behind a sign; ``#42`` is a number of something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a sentence says about time, before it is put together."""

    repeat: Repeat | None
    until: Days | None
    count: int | None
    span: Span | None
    """How long it goes on repeating."""
    all_day: bool
    soon: timedelta | None
    days: Days | None
    duration: timedelta | None
    hours: Hours | None
    zone: ZoneInfo | None
    """Of the hours, where one is named."""

    @property
    def whole_days(self) -> bool:
        """Whether days are meant rather than times of day."""
        lasts_hours = self.duration is not None and self.duration % DAY
        return self.all_day or (self.hours is None and not lasts_hours)


def read_draft(text: str, now: datetime, zone: ZoneInfo, language: str) -> EventDraft:
    """Return what the sentence says of an event; never raises.

    Args:
        text: a person's words, without the command.
        now: the present.
        zone: the person's zone: what they say is said in it.
        language: the person's language, such as ``de-DE``.
    """
    text = clean(text)
    if len(text) > LONGEST:
        return EventDraft(title=text)
    names = names_in(language)
    today = now.astimezone(zone).date()
    text, left_out = part_left_out(text, today, names)
    sentence = Sentence(days_first(spelled(text, names.words), names))
    tags = _take_tags(sentence)
    reminder = take_reminder(sentence, names.words)
    unread = take_unread(sentence, names.words)
    parts, left_out, kept = _without(left_out, _take_parts(sentence, today, names))
    parts = parts if parts.days else replace(parts, days=take_week_away(sentence, today, names))
    place = take_place(sentence, names)
    there = parts.zone or zone
    when, rule, problems = _put_together(parts, now.astimezone(there), there)
    title = sentence.title(names.words.small)
    problems = (*_impossible(parts, names.words), *_dayless(parts, title, names), *problems)
    return EventDraft(
        title=" ".join(filter(None, (title, unread, kept))),
        when=when,
        place=place,
        rule=rule,
        skipped=left_out.dates(rule, _day(when)) if left_out and rule and when else (),
        reminder=reminder,
        tags=tags,
        is_away=isinstance(when, AllDay) and is_away(title, names.words),
        problems=problems,
    )


def _take_tags(sentence: Sentence) -> tuple[str, ...]:
    """Take out every ``#tag``, in the order of the sentence."""
    found: list[str] = []
    while tag := sentence.take(TAG, lambda match: match[1]):
        found.insert(0, tag)
    return tuple(found)


def _take_parts(sentence: Sentence, today: date, names: Names) -> Parts:
    """Take one thing after the other; those that could swallow another's digits go last."""
    words = names.words
    repeat = take_repeat(sentence, names)
    is_late = bool(sentence.see(_tonight(words), bool))
    return Parts(
        repeat=repeat,
        until=take_days(sentence, today, names, after=words.until) if repeat else None,
        count=take_count(sentence, names) if repeat else None,
        span=take_span(sentence, names, repeat) if repeat else None,
        all_day=bool(sentence.take(_all_day(words), bool)),
        soon=take_soon(sentence, words),
        days=_take_days(sentence, today, names, is_repeated=repeat is not None),
        duration=take_duration(sentence, words),
        hours=(hours := take_hours(sentence, words, is_late=is_late)),
        zone=take_zone(sentence) if hours else None,
    )


def _take_days(sentence: Sentence, today: date, names: Names, *, is_repeated: bool) -> Days | None:
    whole = None if is_repeated else take_whole_days(sentence, today, names)
    return whole or take_days(sentence, today, names)


def _without(left_out: LeftOut | None, parts: Parts) -> tuple[Parts, LeftOut | None, str]:
    """Return what repeats without what is left out, what that is, and what cannot be left out."""
    if left_out is None:
        return parts, None, ""
    if parts.repeat is None:
        days, hours = parts.days, parts.hours
        is_each = days and days.first < days.last and hours and hours.end is None
        return (parts, left_out, "") if is_each else (parts, None, left_out.said)
    rest = left_out.rest_of(parts.repeat)
    if rest is None:
        return parts, None, left_out.said
    return replace(parts, repeat=rest), replace(left_out, weekdays=frozenset()), ""


def _day(when: When) -> date:
    return when.start.date() if isinstance(when.start, datetime) else when.start


def _impossible(parts: Parts, words: Words) -> Iterator[Problem]:
    """Yield what is said of time and cannot be; the rest of the sentence counts all the same."""
    leading = re.compile(rf"^(?:(?:{words.small}|{words.until})\s+)+", re.IGNORECASE)
    days, hours, until = parts.days, parts.hours, parts.until
    if days and days.wrong:
        name = "end_date" if days.wrong is Wrong.ENDS_BEFORE_START else "start_date"
        yield Problem(name, days.wrong, typed=leading.sub("", days.said))
    if hours and not hours.possible:
        yield Problem("start_time", Wrong.NOT_A_TIME, typed=leading.sub("", hours.said))
    if until and until.wrong:
        yield Problem("until", until.wrong, typed=leading.sub("", until.said))


def _dayless(parts: Parts, title: str, names: Names) -> Iterator[Problem]:
    """Yield that the day is missing of what is at an hour, on a day that was not understood.

    That is some day of a month, or ``4.12`` where days are written so: it is hardly tomorrow.
    """
    if not parts.hours or parts.days or parts.repeat:
        return
    led = r"(?:in|im|en|i|of|on|am|le|el|den)\s+(?:\w+\s+)?(?:(?:of|de)\s+)?"
    said = rf"{led}(?:{names.month_pattern})"
    if names.words.dotted != NEVER and names.language != "en":
        said += r"|(?<!\.)(?:[12]?\d|3[01])\.(?:1[0-2]|0?[1-9])(?!\.?\d)"
    if re.search(rf"(?<!\w)(?:{said})(?!\w)", title, re.I):
        yield Problem("start_date", Wrong.MISSING)


def _put_together(
    parts: Parts, now: datetime, zone: ZoneInfo
) -> tuple[When | None, Rule | None, tuple[Problem, ...]]:
    if parts.soon is not None:
        start = (now.astimezone(UTC) + parts.soon).replace(second=0, microsecond=0)
        return _timed(start, start + (parts.duration or DEFAULT_LENGTH), zone), None, ()
    if not (parts.days or parts.hours or parts.duration or parts.repeat or parts.all_day):
        return None, None, ()
    hours = parts.hours or (MORNING if parts.days or parts.repeat else _next_hour(now))
    hours = hours if hours.possible else MORNING
    first, last = _first_and_last(parts, now, hours)
    if hours.start == DAY_MINUTES:  # midnight is where the next day begins, for its rule as well
        first, last, hours = first + DAY, last + DAY, Hours(0, hours.end)
    rule, wrong = _rule(parts, first, last)
    if rule and parts.repeat:
        # "Every 2 weeks on tuesday" begins on the next Tuesday, whichever week that is in.
        moved = first_day(replace(rule, interval=1), first) - first
        first, last = first + moved, last + moved
    if parts.whole_days:
        length = max(parts.duration or DAY, last - first + DAY)
        return AllDay(first, first + length), rule, wrong
    when, skipped = _on_days(first, last, hours, parts.duration, zone)
    return when, rule, wrong + skipped


def _first_and_last(parts: Parts, now: datetime, hours: Hours) -> tuple[date, date]:
    """Return the days that are meant: those named, or the next on which it can still begin."""
    today = now.date()
    over = not parts.whole_days and hours.start <= now.hour * 60 + now.minute
    if parts.days is None:
        return (today + DAY, today + DAY) if over else (today, today)
    if parts.days.weekday and parts.days.first == today and over:
        return today + 7 * DAY, today + 7 * DAY
    return parts.days.first, parts.days.last


def _rule(parts: Parts, begin: date, end: date) -> tuple[Rule | None, tuple[Problem, ...]]:
    if parts.repeat is None:
        # One hour and several days, "training 3-5 March 9:00": it is on each of them.
        is_each = begin < end and parts.hours and parts.hours.end is None
        return (Rule(pattern=Pattern.DAILY, until=end) if is_each else None), ()
    until = parts.until.last if parts.until and not parts.until.wrong else None
    if until is None and parts.span is not None:
        endless = parts.repeat.rule(begin, None, None)
        until = parts.span.last(first_day(replace(endless, interval=1), begin))
    rule = parts.repeat.rule(begin, until, parts.count)
    try:
        check(rule, begin)
    except ValueError:
        return parts.repeat.rule(begin, None, None), (Problem("until", Wrong.OUT_OF_RANGE),)
    return rule, ()


def _on_days(
    first: date, last: date, hours: Hours, duration: timedelta | None, zone: ZoneInfo
) -> tuple[Timed, tuple[Problem, ...]]:
    start, skipped = _at(first, hours.start, zone)
    if hours.end is None:
        return _timed(start, start + (duration or DEFAULT_LENGTH), zone), skipped
    end, end_skipped = _at(last, hours.end, zone)
    if end < start:
        end, end_skipped = _at(last + DAY, hours.end, zone)
    end_skipped = tuple(Problem("end_time", one.wrong) for one in end_skipped)
    return _timed(start, end, zone), skipped + end_skipped


def _at(day: date, minutes: int, zone: ZoneInfo) -> tuple[datetime, tuple[Problem, ...]]:
    """Return an instant; one that the clocks skip moves forward, and is a problem."""
    day, minutes = day + minutes // DAY_MINUTES * DAY, minutes % DAY_MINUTES
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant, ()
    return instant, (Problem("start_time", Wrong.SKIPPED_BY_CLOCK_CHANGE),)


def _timed(start: datetime, end: datetime, zone: ZoneInfo) -> Timed:
    return Timed(start.astimezone(zone), end.astimezone(zone))


def _next_hour(now: datetime) -> Hours:
    return Hours((now.hour + 1) * 60)


@lru_cache(maxsize=8)
def _tonight(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.tonight})(?!\w)", re.I)


@lru_cache(maxsize=8)
def _all_day(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.all_day})(?!\w)", re.I)
