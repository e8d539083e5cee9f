"""Who is free when: what is known of each person's time, and the times that suit all of them.

:func:`propose` finds times for a meeting, :func:`state_at` says how somebody stands in a stretch of
time. Pure; instants throughout. Only the hours in which people work depend on a zone, and each
person has their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.model.events import ShowAs
from services.model.identity import Person
from services.model.recurrence import Weekday
from services.model.settings import WORKDAYS

__all__ = [
    "MOST_PEOPLE",
    "Block",
    "Diary",
    "Known",
    "Live",
    "Proposal",
    "Source",
    "WorkHours",
    "propose",
    "state_at",
]

MOST_PEOPLE = 20
"""As many as Microsoft 365 tells of at once."""
TAKEN = frozenset({ShowAs.BUSY, ShowAs.AWAY})
"""Elsewhere people work, too; what is tentative may be moved."""
WEIGHT = {
    ShowAs.FREE: 0,
    ShowAs.ELSEWHERE: 1,
    ShowAs.TENTATIVE: 2,
    ShowAs.BUSY: 3,
    ShowAs.AWAY: 4,
}


class Source(StrEnum):
    """On what the knowledge of somebody's time rests."""

    OUTLOOK = "outlook"
    """Their mailbox, just now, and the calendar."""
    CALENDAR = "calendar"
    """The calendar alone."""


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """Some time that is not simply free."""

    start: datetime
    end: datetime
    show_as: ShowAs = ShowAs.BUSY


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHours:
    """When somebody works, on their own clock."""

    zone: ZoneInfo
    days: tuple[Weekday, ...] = WORKDAYS
    opens: int = 9 * 60
    """Minutes after midnight."""
    closes: int = 17 * 60

    def hold(self, start: datetime, end: datetime) -> bool:
        """Whether the whole stretch lies within the hours of one day."""
        begins = start.astimezone(self.zone)
        until = _minutes(begins) + (end - start) // timedelta(minutes=1)
        return begins.weekday() in self.days and self.opens <= _minutes(begins) <= until <= (
            self.closes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One person's time, as far as it is known."""

    person: Person
    name: str
    blocks: tuple[Block, ...]
    """By start."""
    hours: WorkHours
    source: Source = Source.CALENDAR


class Live(StrEnum):
    """What became of the question to Outlook."""

    NOT_ASKED = "not_asked"
    ANSWERED = "answered"
    SLOW = "slow"
    """No answer in time."""
    REFUSED = "refused"
    """An answer, but not to this."""
    NOT_CONNECTED = "not_connected"
    """Whoever asks has no mailbox connected, or must sign in again."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some people's time, and on what it rests."""

    diaries: tuple[Diary, ...]
    live: Live


@dataclass(frozen=True, slots=True)
class Proposal:
    """A time for a meeting, and for whom it is none."""

    start: datetime
    end: datetime
    busy: tuple[str, ...] = ()
    """Names of those who have something else."""
    tentative: tuple[str, ...] = ()
    """Names of those who may have."""

    @property
    def suits_all(self) -> bool:
        """Whether nobody has anything else."""
        return not self.busy and not self.tentative


def state_at(diary: Diary, start: datetime, end: datetime) -> ShowAs:
    """Return how somebody stands in a stretch of time: the weightiest of what touches it."""
    touching = (one.show_as for one in diary.blocks if one.start < end and one.end > start)
    return max(touching, key=WEIGHT.__getitem__, default=ShowAs.FREE)


def propose(
    diaries: Sequence[Diary],
    first: datetime,
    last: datetime,
    length: timedelta,
    *,
    most: int = 5,
    step: timedelta = timedelta(minutes=30),
) -> list[Proposal]:
    """Return the best times for a meeting, in order of time, none of which overlap.

    Only times within everybody's hours are proposed. Times that suit all come before times that
    few cannot make; of equals the sooner one is better.

    Args:
        diaries: those who are to come.
        first: nothing before this instant.
        last: nothing that ends after this one.
        length: how long it takes.
        most: so many at most.
        step: meetings begin at a multiple of it.
    """
    scored = sorted(
        (
            _proposal(diaries, start, start + length)
            for start in _starts(first, last, length, step)
            if all(diary.hours.hold(start, start + length) for diary in diaries)
        ),
        key=lambda one: (len(one.busy), len(one.tentative), one.start),
    )
    chosen: list[Proposal] = []
    for one in scored:
        if len(one.busy) == len(diaries):
            break  # nobody could come
        if all(one.end <= other.start or one.start >= other.end for other in chosen):
            chosen.append(one)
        if len(chosen) == most:
            break
    return sorted(chosen, key=lambda one: one.start)


def _starts(
    first: datetime, last: datetime, length: timedelta, step: timedelta
) -> Iterator[datetime]:
    begin = first.astimezone(UTC)
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight - (midnight - begin) // step * step
    while start + length <= last:
        yield start
        start += step


def _proposal(diaries: Sequence[Diary], start: datetime, end: datetime) -> Proposal:
    states = [(diary.name, state_at(diary, start, end)) for diary in diaries]
    busy = tuple(name for name, state in states if state in TAKEN)
    tentative = tuple(name for name, state in states if state is ShowAs.TENTATIVE)
    return Proposal(start, end, busy, tentative)


def _minutes(at: datetime) -> int:
    return at.hour * 60 + at.minute
