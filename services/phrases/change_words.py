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

from services.model.errors import Problem, Wrong
from services.model.new_time import NewTime
from services.phrases.asker import Asker
from services.phrases.clock import take_hours
from services.phrases.days import Days, read_days, take_days, take_week
from services.phrases.lengths import take_duration
from services.phrases.names import names_in
from services.phrases.text import GAP, Sentence

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
LEADING = re.compile(
    r"^(?:(?:the|my|our|this|that|an?|event|called|named|on|at|for)(?:\s+|$))+", re.I
)
TRAILING = re.compile(r"[\s,]+(?:please|pls)$", re.I)
TO = re.compile(r"\s+(?:to|for)\s+", re.I)
LED = re.compile(r"\b(?:to|for|by)\b", re.I)
SPACE = re.compile(r"\s+")
AS = re.compile(r"\s+(?:to|as|into)\s+", re.I)
BY = re.compile(r"(?P<what>.+?)\s+by\s+(?P<how>\S.*?)(?:\s+(?P<way>later|earlier))?", re.I)
LATER = re.compile(
    r"(?P<what>.+?)\s+(?P<how>(?:\d|an?\b|one\b|two\b|three\b|half\b).*?)\s+(?P<way>later|earlier)",
    re.I,
)
WHOLE = re.compile(r"(\d{1,3}|an?|one|two|three)\s+(day|week)s?", re.I)
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
FOLLOWING = re.compile(r"^(?:the\s+)?following(?=\s+week$)", re.I)
THE = re.compile(r"^the\s+(?=next)", re.I)
DAY = timedelta(days=1)


def called(text: str, asker: Asker) -> Called | None:
    """Return how somebody speaks of an event; ``None`` = not at all."""
    said = TRAILING.sub("", LEADING.sub("", text.strip(" \"'“”„«»"))).strip()[:LETTERS]
    if not said:
        return None
    sentence = Sentence(said)
    names = names_in(asker.language)
    days = take_days(sentence, asker.today, names) or take_week(sentence, asker.today, names)
    hours = take_hours(sentence, names.words)
    if (days and days.wrong) or (hours and not hours.possible):
        return Called(said, said)
    words = LEADING.sub("", sentence.title(names.words.small))
    return Called(said, words, days, hours.start if hours else None)


def _move(rest: str, asker: Asker) -> MoveEvent | None:
    return _moved_by(rest, asker, 1) or _moved_to(rest, asker)


def _bring_forward(rest: str, asker: Asker) -> MoveEvent | None:
    return _moved_by(rest, asker, -1) or _moved_to(rest, asker)


def _moved_by(rest: str, asker: Asker, sign: int) -> MoveEvent | None:
    rest = TRAILING.sub("", rest)
    found = BY.fullmatch(rest) or LATER.fullmatch(rest)
    if found is None:
        return None
    which, length = called(found["what"], asker), _length(found["how"], asker)
    if which is None or length is None:
        return None
    if found["way"]:
        sign = 1 if found["way"].casefold() == "later" else -1
    return MoveEvent(which, NewTime(later=sign * int(length.total_seconds()) // 60))


def _length(text: str, asker: Asker) -> timedelta | None:
    """Return a length of time, where the text is nothing else."""
    if whole := WHOLE.fullmatch(text):
        number = NUMBERS.get(whole[1].casefold()) or int(whole[1])
        return number * DAY * (7 if whole[2].casefold() == "week" else 1)
    sentence = Sentence(f"for {text}")
    length = take_duration(sentence, names_in(asker.language).words)
    return None if sentence.title() else length


def _moved_to(rest: str, asker: Asker) -> MoveEvent | None:
    """Part the words where what follows is a time; ``trip to Rome to friday`` has two such."""
    for before, after in _parted(TRAILING.sub("", rest)):
        to = _new_time(after, asker)
        if to is not None and (which := called(before, asker)) is not None:
            if isinstance(to, Problem):
                return MoveEvent(which, NewTime(), (to,))
            return MoveEvent(which, to)
    return None


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is before and behind each of the small words, the last one first.

    Where there is none, all that is a time at the end is it: ``reschedule lunch friday 14:00``.
    Only as long as what is behind may be a time: else "to to to ..." would be read for minutes.
    """
    begin = max(0, len(text) - LONGEST_TIME)
    places = [*TO.finditer(text, begin)][::-1]
    if not places and not LED.search(text):
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
        found = AS.search(rest)
        which = called(rest[: found.start()], asker) if found else None
        if found is None or which is None:
            return None
        title = rest[found.end() :].strip(" \"'“”„«»")
        return RenameEvent(which, title, or_calendar) if title else None

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
