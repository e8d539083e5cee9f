"""Live records by their labels, most of them from memory.

What was opened stays in memory (:class:`services.storage.memory.Memory`). At each question the
partition is asked for its revision, one cheap read; what was written since then, here or by
another process, is read and put in its place, so a write costs what it has changed and not the
whole month. Seals are checked when a record is opened; what is remembered is opened anew after an
hour, so whoever changes records behind the program's back is noticed then, and shown to nobody
before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Generic, TypeVar

from services.model.errors import TooOld
from services.model.ports import Record
from services.model.times import Clock
from services.storage.memory import Entry, Held, Label, Memory
from services.storage.sealed import SealedPartition

__all__ = ["Recall"]

T = TypeVar("T")
_FRESH = timedelta(hours=1)
_MOST_CHANGES = 500
"""Where more was written, reading what is asked for is less work."""
_COSTS = 1_500
"""Bytes of an entry beside its body: objects, and their places in tables."""


class Recall(Generic[T]):
    """Answers from partitions, for the records of one kind."""

    def __init__(
        self, kind: str, read: Callable[[bytes, int], T], clock: Clock, most_bytes: int
    ) -> None:
        """Make one.

        Args:
            kind: of the records.
            read: makes a value of the body and the revision of an opened record; the same value
                for the same record.
            clock: the time.
            most_bytes: about how much is remembered.
        """
        self._kind = kind
        self._read = read
        self._clock = clock
        self._memory: Memory[T] = Memory(most_bytes)

    async def live(self, partition: SealedPartition, labels: Sequence[str] | None) -> list[T]:
        """Return the live records with any of the labels (``None`` = all), in no order.

        Raises:
            Damaged: one of them does not open.
        """
        wanted: Sequence[Label] = (None,) if labels is None else labels
        held = self._memory.of(partition.name)
        async with held.lock:  # whoever asks for the same meanwhile need not read it, too
            try:
                await self._follow(partition, held)
                while missing := held.missing(wanted):
                    await self._learn(partition, held, missing)
                    await self._follow(partition, held)  # what was written while it was read
                return held.values(wanted)
            finally:
                self._memory.make_room(partition.name)

    async def _follow(self, partition: SealedPartition, held: Held[T]) -> None:
        """Bring what is held into step with the store."""
        revision, now = await partition.revision(), self._clock.now()
        is_fresh = held.since is not None and timedelta(0) <= now - held.since < _FRESH
        if not held or not is_fresh or revision < held.revision:
            held.begin(revision, now)
        elif revision > held.revision:
            await self._change(partition, held, revision)

    async def _change(self, partition: SealedPartition, held: Held[T], revision: int) -> None:
        changed: list[Record] = []
        reached = revision
        try:
            async for page in partition.unopened(held.revision, self._kind):
                changed += page.records
                reached = page.revision
                if len(changed) > _MOST_CHANGES:
                    return held.begin(revision, self._clock.now())
        except TooOld:
            return held.begin(revision, self._clock.now())
        held.change(changed, reached, partial(self._entry, partition))

    async def _learn(
        self, partition: SealedPartition, held: Held[T], labels: Sequence[Label]
    ) -> None:
        tokens = {each: None if each is None else partition.token(each) for each in labels}
        asked = None if None in tokens else [t for t in tokens.values() if t is not None]
        entries = await partition.find_read(self._kind, asked, partial(self._entry, partition))
        held.learn(tokens, entries)

    def _entry(self, partition: SealedPartition, record: Record) -> Entry[T]:
        value = self._read(partition.inside(record), record.revision)
        return Entry(record, value, _COSTS + len(record.body))
