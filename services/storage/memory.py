"""What was opened and read a moment ago, and need not be again: records, and whole answers.

The store is asked all the same: it says which records there are, with their sealed bodies. An
answer is remembered under everything that it depends on, the body included, so nothing can be out
of date, and a record that was changed, moved or swapped is not the one that is remembered. What
is spared is opening and reading: four fifths of the work of an agenda.

Where nothing at all was written to a partition, an answer from it is still the answer, and for a
minute even the question is spared: so whoever changes records behind the program's back is noticed
a minute later, and shown to nobody before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from services.model.ports import Record
from services.model.times import Clock

__all__ = ["Answers", "Memory", "Question"]

T = TypeVar("T")
_Key = tuple[str, str, str, int, bytes]
Question = tuple[str, tuple[str, ...] | None]
"""A partition, and by which labels records are looked for in it."""
_FRESH = timedelta(minutes=1)
_COSTS = 2_000
"""Bytes of an entry beside its body, which it holds twice: as noise and as an object."""


class Memory(Generic[T]):
    """The last answers, up to so many bytes; who was asked for longest ago goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._held: OrderedDict[_Key, T] = OrderedDict()

    def read(self, record: Record, read: Callable[[Record], T]) -> T:
        """Return what ``read`` returns for the record, or has returned before."""
        key = (record.partition, record.kind, record.id, record.revision, record.body)
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        made = self._held[key] = read(record)
        self._bytes += _cost(key)
        while self._bytes > self._most:
            self._bytes -= _cost(self._held.popitem(last=False)[0])
        return made


class _Answer(NamedTuple, Generic[T]):
    revision: int
    entries: tuple[T, ...]
    at: datetime

    @property
    def cost(self) -> int:
        return 1 + len(self.entries)


class Answers(Generic[T]):
    """The last answers from partitions, up to so many entries in all."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._entries = 0
        self._held: OrderedDict[Question, _Answer[T]] = OrderedDict()

    def find(self, question: Question, revision: int) -> list[T] | None:
        """Return the answer, if it was kept lately and the partition has no newer revision."""
        held = self._held.get(question)
        if held is None or held.revision != revision:
            return None
        if not timedelta(0) <= self._clock.now() - held.at < _FRESH:
            return None
        self._held.move_to_end(question)
        return list(held.entries)

    def keep(self, question: Question, revision: int, entries: Sequence[T]) -> None:
        """Remember an answer by a revision that was read before the question was asked."""
        if before := self._held.pop(question, None):
            self._entries -= before.cost
        kept = self._held[question] = _Answer(revision, tuple(entries), self._clock.now())
        self._entries += kept.cost
        while self._entries > self._most:
            self._entries -= self._held.popitem(last=False)[1].cost


def _cost(key: _Key) -> int:
    return _COSTS + 2 * len(key[-1])
