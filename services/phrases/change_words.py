"""Events that are there already, in words: moved, renamed, called off.

``move lunch with Ines to 14:00``, ``postpone review by 2 days``, ``rename lunch to Dinner``,
``delete standup tomorrow``. An event is named by words of its own and, where that helps, by its
day and hour; which one is meant is found out elsewhere, and asked where it is not clear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from services.model.errors import Problem, Wrong
from services.model.new_time import NewTime
from services.phrases.asker import Asker
from services.phrases.clock import take_hours
from services.phrases.days import Days, read_days, take_days, take_week
from services.phrases.lengths import take_duration
from services.phrases.names import names_in
from services.phrases.renaming import old_and_new
from services.phrases.text import GAP, Sentence
from services.phrases.vocabulary import Words

__all__ = ["CHANGE_PHRASES", "Called", "ChangeCommand", "DeleteEvent", "MoveEvent", "RenameEvent"]


@dataclass(frozen=True, slots=True)
class Called:
    """An event as somebody speaks of it."""

    said: str
    """All of it: a title may hold a day, as ``Friday drinks`` does."""
    words: str = ""
    """Without its day and hour; empty where these are all that was said."""
    days: Days | None = None
    at: int | None = None
    """Minutes since midnight."""


@dataclass(frozen=True, slots=True)
class MoveEvent:
    """Have an event at another time."""

    which: Called
    to: NewTime
    problems: tuple[Problem, ...] = ()
    """What was understood but cannot be: 31 February."""


@dataclass(frozen=True, slots=True)
class RenameEvent:
    """Call an event something else."""

    which: Called
    title: str
    or_calendar: bool = False
    """A calendar of that name may be meant, too."""


@dataclass(frozen=True, slots=True)
class DeleteEvent:
    """Call an event off."""

    which: Called


ChangeCommand = MoveEvent | RenameEvent | DeleteEvent
Reader = Callable[[str, Asker], ChangeCommand | None]

LETTERS = 200
LONGEST_TIME = 100
"""Letters, of what says to when something moves."""
MOST_WORDS = 8
"""Of a time that no small word leads up to."""
TRAILING = re.compile(r"[\s,]+(?:please|pls|bitte|svp|stp|por favor|tak)$", re.I)
SPACE = re.compile(r"\s+")
FOLLOWING = re.compile(r"^(?:the\s+)?following(?=\s+week$)", re.I)
THE = re.compile(r"^the\s+(?=next)", re.I)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Said:
    """How moving is said in one language."""

    leading: re.Pattern[str]
    onto: re.Pattern[str]
    led: re.Pattern[str]
    by: re.Pattern[str]
    later: re.Pattern[str]
    bare: re.Pattern[str]
    """How far alone: *postpone review* one week; ``14 h`` is a time of day."""
    forth: re.Pattern[str]
    whole: re.Pattern[str]


@lru_cache(maxsize=8)
def _said(words: Words) -> _Said:
    way = rf"(?P<way>{words.later}|{words.sooner})"
    some = rf"(?:\d|(?:{words.one}|{words.two}|{words.three}|{words.half_hour}|half)\b).*?"
    number = rf"(?:(\d{{1,3}})|({words.one})|({words.two})|({words.three}))"
    patterns = (
        rf"^(?:(?:{words.mine})(?:\s+|$))+",
        rf"\s+(?:{words.onto})\s+",
        rf"(?<!\w)(?:{words.onto}|{words.by})(?!\w)",
        rf"(?P<what>.+?)\s+(?:(?:{words.by})\s+|d['\u2019])(?P<how>\S.*?)(?:\s+{way})?",
        rf"(?P<what>.+?)\s+(?P<how>{some})\s+{way}",
        rf"(?P<what>.+?)\s+(?P<how>(?!\d+\s?(?:{words.oclock}|h)(?!\w)){some})(?P<way>)",
        words.later,
        rf"{number}\s+(?:{words.day}|({words.week}))",
    )
    return _Said(*(re.compile(each, re.I) for each in patterns))


def called(text: str, asker: Asker) -> Called | None:
    """Return how somebody speaks of an event; ``None`` = not at all."""
    names = names_in(asker.language)
    leading = _said(names.words).leading
    said = TRAILING.sub("", leading.sub("", text.strip(" \"'“”„«»"))).strip()[:LETTERS]
    if not said:
        return None
    sentence = Sentence(said)
    days = take_days(sentence, asker.today, names) or take_week(sentence, asker.today, names)
    hours = take_hours(sentence, names.words)
    if (days and days.wrong) or (hours and not hours.possible):
        return Called(said, said)
    words = leading.sub("", sentence.title(names.words.small))
    return Called(said, words, days, hours.start if hours else None)


def _move(rest: str, asker: Asker) -> MoveEvent | None:
    return _moved_by(rest, asker, 1) or _moved_to(rest, asker)


def _bring_forward(rest: str, asker: Asker) -> MoveEvent | None:
    return _moved_by(rest, asker, -1) or _moved_to(rest, asker)


def _moved_by(rest: str, asker: Asker, sign: int) -> MoveEvent | None:
    rest = TRAILING.sub("", rest)
    says = _said(names_in(asker.language).words)
    found = says.by.fullmatch(rest) or says.later.fullmatch(rest) or says.bare.fullmatch(rest)
    if found is None:
        return None
    which, length = called(found["what"], asker), _length(found["how"], asker)
    if which is None or length is None:
        return None
    if found["way"]:
        sign = 1 if says.forth.fullmatch(found["way"]) else -1
    return MoveEvent(which, NewTime(later=sign * int(length.total_seconds()) // 60))


def _length(text: str, asker: Asker) -> timedelta | None:
    """Return a length of time, where the text is nothing else."""
    words = names_in(asker.language).words
    if whole := _said(words).whole.fullmatch(text):
        digits, one, two, _three, week = whole.groups()
        number = int(digits) if digits else 1 if one else 2 if two else 3
        return number * DAY * (7 if week else 1)
    sentence = Sentence(f"for {text}")
    length = take_duration(sentence, words)
    return None if sentence.title() else length


def _moved_to(rest: str, asker: Asker) -> MoveEvent | None:
    """Part the words where what follows is a time; ``trip to Rome to friday`` has two such."""
    for before, after in _parted(TRAILING.sub("", rest), _said(names_in(asker.language).words)):
        to = _new_time(after, asker)
        if to is not None and (which := called(before, asker)) is not None:
            if isinstance(to, Problem):
                return MoveEvent(which, NewTime(), (to,))
            return MoveEvent(which, to)
    return None


def _parted(text: str, says: _Said) -> Iterator[tuple[str, str]]:
    """Yield what is before and behind each of the small words, the last one first.

    Where there is none, all that is a time at the end is it: ``reschedule lunch friday 14:00``.
    Only as long as what is behind may be a time: else "to to to ..." would be read for minutes.
    """
    begin = max(0, len(text) - LONGEST_TIME)
    places = [*says.onto.finditer(text, begin)][::-1]
    if not places and not says.led.search(text):
        places = [*SPACE.finditer(text, begin)][-MOST_WORDS:]
    for found in places:
        yield text[: found.start()], text[found.end() :]


def _new_time(text: str, asker: Asker) -> NewTime | Problem | None:
    """Return what a text says of a time, or what is wrong with it; ``None`` = it is no time."""
    names = names_in(asker.language)
    words = names.words
    text = FOLLOWING.sub("next", text)
    if re.fullmatch(rf"(?:the\s+)?(?:{words.this_week}|{words.next_week})", text, re.I):
        week = read_days(THE.sub("", text), asker.today, names)
        return NewTime(week=week.first) if week else None
    sentence = Sentence(text)
    days = take_days(sentence, asker.today, names)
    rest = sentence.title(words.small)
    # A number alone is an hour, and what follows a day may be a part of it: "morning".
    sentence = Sentence(f"at {rest}" if rest[:1].isdigit() else f"{GAP} {rest}")
    length, hours = take_duration(sentence, words), take_hours(sentence, words)
    if sentence.title().casefold() not in ("", "at") or not (days or hours):
        return None
    if days and days.wrong:
        return Problem("start_date", days.wrong)
    if hours and not hours.possible:
        return Problem("start_time", Wrong.NOT_A_TIME)
    return NewTime(
        day=days.first if days else None,
        start=hours.start if hours else None,
        end=hours.end if hours else None,
        lasts=int(length.total_seconds()) // 60 if length else None,
    )


def _rename(or_calendar: bool) -> Reader:
    def read(rest: str, asker: Asker) -> RenameEvent | None:
        names = old_and_new(TRAILING.sub("", rest), asker)
        which = called(names[0], asker) if names else None
        return RenameEvent(which, names[1], or_calendar) if names and which else None

    return read


def _delete(rest: str, asker: Asker) -> DeleteEvent | None:
    which = called(rest, asker)
    return DeleteEvent(which) if which and (which.words or which.days) else None


CHANGE_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (
        (
            *("move", "reschedule", "postpone", "shift", "push back", "push", "delay"),
            *("put off", "change"),
        ),
        _move,
    ),
    (("bring forward", "advance"), _bring_forward),
    (("rename event", "rename the event"), _rename(False)),
    (("rename",), _rename(True)),
    (("delete", "cancel", "remove", "call off"), _delete),
)
"""English; the first of each is the one that is offered."""
