"""A task as the queue stores it: with its claim, its due time in clear, and why it waits."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from services.model.errors import Damaged
from services.model.tasks import Task
from services.storage.codec import decode, encode
from services.storage.sealed import Opened, Seal

__all__ = ["KIND", "SET_ASIDE", "Entry", "is_due", "joined", "read", "sealed", "task_id"]

log = logging.getLogger(__name__)

KIND = "task"
SET_ASIDE = "set aside"
SET_ASIDE_FOR = timedelta(days=30)
LONGEST_CLAIM = timedelta(minutes=10)
"""A claim that seems to last longer was written before the clock was set back. Whoever is alive
renews theirs within minutes, and by the clock as it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A task as it is stored."""

    task: Task
    owner: str = ""
    claimed_until: datetime | None = None
    again_at: datetime | None = None
    """It was put while somebody worked on it: it comes due once more, then."""
    reason: str = ""
    """Why it is tried again, or was set aside: a fixed word."""
    is_set_aside: bool = False

    @property
    def due_at(self) -> datetime:
        """When it is somebody's turn to take it: a claim may run out."""
        return self.claimed_until or self.task.due_at

    @property
    def unclaimed(self) -> Task:
        """The task, once nobody has it any more: a claim that has run out was lost."""
        lost = 0 if self.claimed_until is None else 1
        known = self.task
        return replace(known, attempts=known.attempts + lost, lost=known.lost + lost)

    def is_claimed(self, now: datetime) -> bool:
        """Whether somebody works on it."""
        return self.claimed_until is not None and now < self.claimed_until <= now + LONGEST_CLAIM


def joined(entry: Entry, task: Task, now: datetime) -> Entry:
    """Return what becomes of a stored task when ``task`` is put beside it."""
    if entry.is_claimed(now):
        again_at = task.due_at if entry.again_at is None else min(entry.again_at, task.due_at)
        renewed = replace(entry.task, payload=task.payload)
        return replace(entry, task=renewed, again_at=again_at)
    if entry.is_set_aside:
        return Entry(task=task)
    known = entry.unclaimed
    due_at = min(known.due_at, task.due_at)
    again = replace(task, due_at=due_at, attempts=known.attempts, lost=known.lost)
    return Entry(task=again, reason=entry.reason)


def task_id(task: Task) -> str:
    """Return the name of a task within the queue: of two that have one, the second joins."""
    return f"{task.kind.value}/{task.tenant}/{task.key}"


def read(opened: Opened) -> Entry:
    """Return the entry of a record."""
    return decode(Entry, opened.body)


def is_due(opened: Opened, now: datetime) -> bool:
    """Whether it is time for what a record holds, to the minute."""
    try:
        return read(opened).due_at <= now
    except Damaged:
        # Of a kind that only a newer program knows, say: it waits, and holds back no other.
        log.error("a task cannot be read, and was left where it is")
        return False


def sealed(entry: Entry, expect: str, now: datetime) -> Seal:
    """Return the write that stores an entry."""
    due_at: datetime | None = entry.due_at
    if entry.is_set_aside:
        due_at = None
    elif entry.task.from_event and entry.claimed_until is None:
        hour = entry.due_at.astimezone(UTC)
        due_at = hour.replace(minute=0, second=0, microsecond=0)
    return Seal(
        kind=KIND,
        id=entry.task.id,
        body=encode(entry),
        labels=[SET_ASIDE] if entry.is_set_aside else (),
        expect=expect,
        expires_at=now + SET_ASIDE_FOR if entry.is_set_aside else None,
        due_at=due_at,
    )
