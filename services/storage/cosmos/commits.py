"""Sends commits until they hold or are stale.

Commits of one partition wait for each other inside an instance; between instances the head's etag
decides, and who comes second plans again. An answer that is lost does no harm: the batch is sent
again, is refused because the head has moved on, and the head tells by the commit's mark that it
was this very commit that moved it.

What was read or written lately is remembered, by etag alone, so that a usual commit is a single
request. It need not be right: the service checks it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from services.model.errors import StoreAway, StoreBusy
from services.model.ports import Head, Record, Write
from services.model.times import Clock
from services.storage.cosmos import queries
from services.storage.cosmos.batches import Batch, Operation, Present, must_look, plan, plan_restore
from services.storage.cosmos.container import Container
from services.storage.cosmos.head import HEAD, NO_HEAD, PartitionHead

__all__ = ["ALL", "Commits"]

ALL = ".partitions"
"""The partition that lists the others: nothing is ever asked across partitions."""
_TRIES = 100
_HEADS = 4_000
_PRESENT = 20_000

K = TypeVar("K")
V = TypeVar("V")


class _Lately(Generic[K, V]):
    """A dictionary that forgets what was not used for the longest time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        value = self._held.get(key)
        if value is not None:
            self._held.move_to_end(key)
        return value

    def keep(self, key: K, value: V) -> None:
        self._held[key] = value
        self._held.move_to_end(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)

    def drop(self, key: K) -> None:
        self._held.pop(key, None)


@dataclass(slots=True)
class _Attempt:
    """A commit that is under way."""

    partition: str
    writes: Sequence[Write]
    mark: str = field(default_factory=lambda: secrets.token_hex(6))
    refused_at: int = 0
    """The first revision under which it was refused: a batch before that may have done it."""
    doubtful: set[str] = field(default_factory=set)
    """Records of which what is remembered has proved wrong."""


class Commits:
    """Writes; and remembers what it takes to write again."""

    def __init__(self, container: Container, clock: Clock) -> None:
        self._container = container
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._heads: _Lately[str, PartitionHead] = _Lately(_HEADS)
        self._present: _Lately[tuple[str, str], Present] = _Lately(_PRESENT)

    async def head(self, partition: str) -> PartitionHead:
        """Return the head as it is now."""
        item = await self._container.read(partition, HEAD)
        head = NO_HEAD if item is None else PartitionHead.of(item)
        self._heads.keep(partition, head)
        return head

    def saw(self, partition: str, items: Iterable[Mapping[str, Any]]) -> None:
        """Remember the etags of items that were read."""
        for item in items:
            self._present.keep((partition, item["id"]), Present.of(item, item["_etag"]))

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        """Apply all writes or none; return their revision.

        Raises:
            Stale: an expectation did not hold.
            StoreBusy: too many others write to the partition; nothing was done.
            StoreAway: nobody knows whether it was done.
        """
        attempt = _Attempt(partition, writes)
        async with self._turn(partition):
            try:
                for _ in range(_TRIES):
                    revision = await self._try(attempt)
                    if revision is not None:
                        return revision
            except StoreBusy as err:
                if attempt.refused_at:
                    raise StoreAway("what became of a commit could not be seen") from err
                raise
        raise StoreBusy(1.0)

    async def restore(self, wanted: Head, records: Sequence[Record]) -> None:
        """Write records as they were elsewhere; done twice, it is as if done once."""
        partition = wanted.partition
        async with self._turn(partition):
            for _ in range(_TRIES):
                head = self._heads.get(partition) or await self.head(partition)
                batch = plan_restore(head, wanted, records, self._clock.now())
                if await self._send(partition, head, batch) is None:
                    return
        raise StoreBusy(1.0)

    async def _try(self, attempt: _Attempt) -> int | None:
        """Return the commit's revision, or ``None`` when it must be planned anew."""
        partition, writes = attempt.partition, attempt.writes
        head = self._heads.get(partition) or await self.head(partition)
        done = head.revision_of(attempt.mark)
        if done is not None:
            return done
        if attempt.refused_at and not head.remembers(attempt.refused_at):
            raise StoreAway("so much was written meanwhile that a commit is in doubt")
        present = await self._look(partition, writes, attempt.doubtful)
        batch = plan(partition, head, writes, present, attempt.mark, self._clock.now())
        refused = await self._send(partition, head, batch)
        if refused is None:
            return batch.head.revision
        attempt.refused_at = attempt.refused_at or batch.head.revision
        attempt.doubtful.add(refused)
        return None

    def _turn(self, partition: str) -> asyncio.Lock:
        return self._turns.setdefault(partition, asyncio.Lock())

    async def _look(
        self, partition: str, writes: Sequence[Write], doubtful: set[str]
    ) -> dict[str, Present | None]:
        """Return how the records are now for which that matters."""
        known: dict[str, Present | None] = {}
        unknown: list[str] = []
        for write in writes:
            remembered = self._present.get((partition, write.id))
            if write.id in doubtful or must_look(write, remembered):
                unknown.append(write.id)
            elif remembered is not None and write.expect != "":
                known[write.id] = remembered
        if unknown:
            known |= dict.fromkeys(unknown)
            query = queries.present(unknown)
            for item in await self._container.query(partition, query, len(unknown)):
                known[item["id"]] = Present.of(item, item["_etag"])
        return known

    async def _send(self, partition: str, head: PartitionHead, batch: Batch) -> str | None:
        """Send a batch; return ``None`` when it was applied, or the id of what was refused."""
        if not head.etag:
            await self._container.batch(ALL, [_listing(partition)])
        answer = await self._container.batch(partition, batch.operations)
        if isinstance(answer, int):
            refused = batch.operations[answer].id
            if refused == HEAD:
                self._heads.drop(partition)
            self._present.drop((partition, refused))
            return refused
        self._keep(partition, batch, answer)
        return None

    def _keep(self, partition: str, batch: Batch, etags: Sequence[str]) -> None:
        for operation, etag in zip(batch.operations, etags, strict=True):
            if operation.item is None:
                self._present.drop((partition, operation.id))
            elif operation.id == HEAD:
                self._heads.keep(partition, PartitionHead.of(operation.item | {"_etag": etag}))
            else:
                self._present.keep((partition, operation.id), Present.of(operation.item, etag))


def _listing(partition: str) -> Operation:
    return Operation("upsert", partition, {"id": partition, "partition": ALL})
