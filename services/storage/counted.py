"""Counting what goes through the port: how much, how fast, how often in vain.

:class:`CountedRecords` goes around any ``Records``; an engine adds what it alone sees (what a
request cost, that it was tried again). The sums of each minute are a line of the log at debug
(:meth:`Numbers.tell`): nothing listens for somebody who wants them, and no name is among them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from services.model.errors import AlmanacError
from services.model.ports import Head, Page, Record, Records, Write

__all__ = ["CountedRecords", "Latency", "Numbers"]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Latency:
    """How long something took, over many times: a bucket for each doubling of a microsecond."""

    buckets: list[int] = field(default_factory=lambda: [0] * 40)
    slowest: float = 0.0

    def note(self, seconds: float) -> None:
        """Add one time."""
        self.buckets[min(int(seconds * 1e6).bit_length(), len(self.buckets) - 1)] += 1
        self.slowest = max(self.slowest, seconds)

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.buckets)

    def share(self, part: float) -> float:
        """Return the seconds within which this part of all was done, to the next doubling."""
        left = part * self.count
        for doublings, number in enumerate(self.buckets):
            left -= number
            if left <= 0:
                return min(float(1 << doublings) / 1e6, self.slowest)
        return self.slowest


class Numbers:
    """The sums since they were last told."""

    def __init__(self) -> None:
        self.operations: dict[str, Latency] = {}
        self.failures: Counter[str] = Counter()
        """By the class of the error; ``Stale`` is a conflict."""
        self.retries = 0
        self.units = 0.0

    @contextmanager
    def timing(self, operation: str) -> Iterator[None]:
        """Note how long the block takes, and how it fails."""
        began = perf_counter()
        try:
            yield
        except AlmanacError as err:
            self.failures[type(err).__name__] += 1
            raise
        finally:
            self.operations.setdefault(operation, Latency()).note(perf_counter() - began)

    def retried(self) -> None:
        """Note that an engine has asked again by itself."""
        self.retries += 1

    def cost(self, request: str, units: float) -> None:
        """Note what a request cost, where requests have a price."""
        self.units += units

    async def tell(self) -> None:
        """Write the sums into the log, and begin anew."""
        if self.operations and log.isEnabledFor(logging.DEBUG):
            log.debug("%s", str(self))  # now: the sums are about to begin anew
        self.operations, self.failures = {}, Counter()
        self.retries, self.units = 0, 0.0

    def __str__(self) -> str:
        parts = [_line(name, latency) for name, latency in sorted(self.operations.items())]
        parts += [f"{name} {number}" for name, number in sorted(self.failures.items())]
        parts.append(f"conflicts {self.failures['Stale']}, retries {self.retries}")
        if self.units:
            parts.append(f"{self.units:.1f} request units")
        return "; ".join(parts)


class CountedRecords:
    """``Records`` that count."""

    def __init__(self, records: Records, numbers: Numbers) -> None:
        self._records = records
        self._numbers = numbers

    async def get(self, partition: str, id: str) -> Record | None:
        """See the port."""
        with self._numbers.timing("get"):
            return await self._records.get(partition, id)

    async def revision(self, partition: str) -> int:
        """See the port."""
        with self._numbers.timing("revision"):
            return await self._records.revision(partition)

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """See the port."""
        with self._numbers.timing("changes"):
            return await self._records.changes(
                partition, since, kind=kind, limit=limit, after=after
            )

    async def find(
        self,
        partition: str,
        kind: str,
        tokens: Sequence[str] | None = None,
        *,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """See the port."""
        with self._numbers.timing("find"):
            return await self._records.find(partition, kind, tokens, limit=limit, after=after)

    async def due(self, partition: str, until: datetime, *, limit: int = 100) -> Sequence[Record]:
        """See the port."""
        with self._numbers.timing("due"):
            return await self._records.due(partition, until, limit=limit)

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        """See the port."""
        with self._numbers.timing("commit"):
            return await self._records.commit(partition, writes)

    async def partitions(self, *, after: str = "", limit: int = 500) -> Sequence[Head]:
        """See the port."""
        with self._numbers.timing("partitions"):
            return await self._records.partitions(after=after, limit=limit)

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        """See the port."""
        with self._numbers.timing("restore"):
            await self._records.restore(head, records)

    async def ready(self) -> None:
        """See the port."""
        await self._records.ready()

    async def close(self) -> None:
        """See the port."""
        await self._records.close()


def _line(name: str, latency: Latency) -> str:
    half, most, worst = (
        1000 * seconds for seconds in (latency.share(0.5), latency.share(0.99), latency.slowest)
    )
    return f"{name} {latency.count} (p50 {half:.2f}, p99 {most:.2f}, at most {worst:.2f} ms)"
