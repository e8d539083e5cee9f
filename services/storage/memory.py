"""What was opened of each partition, by the labels that it was asked for.

:class:`services.storage.recall.Recall` fills it and keeps it in step with the store; here is only
what is held, and what must go when room is short. A label (a calendar's week, say) is held whole
or not at all: an answer is put together from labels, whoever asked for them first, and a change
of one record touches the few labels that it stands under.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from services.model.errors import Damaged
from services.model.ports import Record

__all__ = ["Entry", "Held", "Label", "Memory"]

T = TypeVar("T")
Label = str | None
"""``None`` = all records of the kind."""
_LARGEST = 4
"""What takes more than one part in so many of all room is not kept, and drives nothing out."""
_SHELF_COST = 500
"""Bytes of a label under which nothing stands."""


class Entry(NamedTuple, Generic[T]):
    """A record that was read."""

    record: Record
    value: T
    cost: int
    """About how many bytes the value takes."""


@dataclass(slots=True)
class _Shelf(Generic[T]):
    """The live records with one label, by their stored ids."""

    token: str | None
    """The label as records carry it."""
    values: dict[str, T] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)
    cost: int = _SHELF_COST

    def has(self, record: Record) -> bool:
        return self.token is None or self.token in record.tokens

    def put(self, entry: Entry[T]) -> None:
        record, value, cost = entry
        self.values[record.id] = value
        self.costs[record.id] = cost
        self.cost += cost

    def remove(self, id: str) -> None:
        if id in self.values:
            del self.values[id]
            self.cost -= self.costs.pop(id)


class Held(Generic[T]):
    """What is held of one partition."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.revision = 0
        """Of the partition, when it was as it is held here."""
        self.since: datetime | None = None
        """When the first of it was opened."""
        self._shelves: OrderedDict[Label, _Shelf[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._shelves)

    @property
    def cost(self) -> int:
        """About how many bytes it takes; what stands under two labels is counted twice."""
        return sum(shelf.cost for shelf in self._shelves.values())

    def begin(self, revision: int, now: datetime) -> None:
        """Forget everything, and begin anew at a revision."""
        self._shelves.clear()
        self.revision, self.since = revision, now

    def missing(self, labels: Iterable[Label]) -> list[Label]:
        """Return the labels that are not held."""
        return [label for label in labels if label not in self._shelves]

    def learn(self, tokens: Mapping[Label, str | None], entries: Iterable[Entry[T]]) -> None:
        """Hold labels, each with those of the entries that carry its token."""
        # Not ``_Shelf[T](token)``: to note its T takes longer than to make it.
        new: dict[Label, _Shelf[T]] = {label: _Shelf(token) for label, token in tokens.items()}
        by_token = {shelf.token: shelf for shelf in new.values()}
        for entry in entries:
            carried = (None,) if None in by_token else entry.record.tokens
            for token in carried:
                if token in by_token:
                    by_token[token].put(entry)
        self._shelves.update(new)

    def change(
        self, records: Iterable[Record], revision: int, read: Callable[[Record], Entry[T]]
    ) -> None:
        """Follow what was written up to a revision."""
        for record in records:
            for shelf in self._shelves.values():
                shelf.remove(record.id)
            if record.deleted_at is None:
                self._add(record, read)
        self.revision = revision

    def values(self, labels: Sequence[Label]) -> list[T]:
        """Return each record with any of the labels, which are held, once."""
        found: dict[str, T] = {}
        for label in labels:
            self._shelves.move_to_end(label)
            found.update(self._shelves[label].values)
        return list(found.values())

    def let_go(self, more_than: int) -> None:
        """Let go of labels that take more than so many bytes each."""
        for label in [label for label, shelf in self._shelves.items() if shelf.cost > more_than]:
            del self._shelves[label]

    def let_oldest_go(self) -> None:
        """Let go of the label that was asked for longest ago."""
        self._shelves.popitem(last=False)

    def _add(self, record: Record, read: Callable[[Record], Entry[T]]) -> None:
        labels = [label for label, shelf in self._shelves.items() if shelf.has(record)]
        if not labels:
            return
        try:
            entry = read(record)
        except Damaged:  # which is said to those who ask for one of these labels, and to no others
            for label in labels:
                del self._shelves[label]
        else:
            for label in labels:
                self._shelves[label].put(entry)


class Memory(Generic[T]):
    """What is held of all partitions, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[str, Held[T]] = OrderedDict()
        self._costs: dict[str, int] = {}
        self._cost = 0

    def of(self, partition: str) -> Held[T]:
        """Return what is held of a partition, maybe nothing."""
        held = self._held.get(partition)
        if held is None:
            held = self._held[partition] = Held()
        else:
            self._held.move_to_end(partition)
        return held

    def make_room(self, partition: str) -> None:
        """Let go of what was asked for longest ago, after a partition has changed what it holds."""
        held = self._held.get(partition)
        if held is None:
            return
        held.let_go(self._most // _LARGEST)
        self._count(partition, held.cost)
        while self._cost > self._most and len(self._held) > 1:
            self._forget(next(iter(self._held)))
        while self._cost > self._most:
            held.let_oldest_go()
            self._count(partition, held.cost)
        if not held:
            self._forget(partition)

    def _forget(self, partition: str) -> None:
        self._count(partition, 0)
        del self._held[partition]

    def _count(self, partition: str, cost: int) -> None:
        self._cost += cost - self._costs.pop(partition, 0)
        if cost:
            self._costs[partition] = cost
