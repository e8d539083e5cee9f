"""The ``Records`` port on Azure Cosmos DB.

``await CosmosRecords.open(account, clock)`` and, at the end, ``await records.close()``. Any number
of instances may have the same container open.

A read costs one request: a point read, or a query inside one partition. A commit usually costs
one, too. Reads see whatever this instance has written or seen before (session consistency). What
another one wrote a moment ago may be missing from a read; a commit never writes over it, and at
worst is told to be stale.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from random import Random
from secrets import randbits
from typing import Any

from services.model.errors import Broken, TooOld
from services.model.ports import Head, Page, Record, Write, check_name, check_writes
from services.model.times import Clock
from services.storage.cosmos import queries
from services.storage.cosmos.account import CosmosAccount, connect, made
from services.storage.cosmos.commits import ALL, Commits
from services.storage.cosmos.container import Container, Meter
from services.storage.cosmos.items import record_of, sequence, stamp
from services.storage.cosmos.trouble import Patience

__all__ = ["CosmosRecords"]

_HEADS_AT_ONCE = 20


class CosmosRecords:
    """The ``Records`` port on one container."""

    def __init__(self, container: Container, clock: Clock, stack: AsyncExitStack) -> None:
        """Use :meth:`open`."""
        self._opened: Container | None = container
        self._commits = Commits(container, clock)
        self._clock = clock
        self._stack = stack

    @classmethod
    async def open(
        cls,
        account: CosmosAccount,
        clock: Clock,
        *,
        patience: Patience | None = None,
        meter: Meter = lambda request, units: None,
    ) -> CosmosRecords:
        """Open the account; make the database and the container where they are missing.

        Raises:
            Broken: it does not let us in, or the container is something else's.
            StoreAway: nobody answers.
        """
        patience = patience or Patience(Random(randbits(64)))
        stack = AsyncExitStack()
        try:
            client = await connect(account, stack, patience)
            proxy = await made(client, account, patience)
        except BaseException:
            await stack.aclose()
            raise
        return cls(Container(client, proxy, patience, meter), clock, stack)

    async def get(self, partition: str, id: str) -> Record | None:
        """Return the record (tombstones too), or ``None``."""
        check_name(id)
        item = await self._container.read(partition, id)
        if item is None:
            return None
        self._commits.saw(partition, [item])
        record = record_of(item)
        return None if _has_expired(record, self._clock.now()) else record

    async def revision(self, partition: str) -> int:
        """Return the partition's last revision."""
        self._check_open()
        return (await self._commits.head(partition)).revision

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """Return what was written after ``since``, oldest first; ``after`` is a sequence."""
        self._check_open()
        # The head first: what it counts is there when the query is asked, in the same session.
        head = await self._commits.head(partition)
        now = self._clock.now()
        if 0 < since < head.horizon(now):
            raise TooOld("tombstones have expired since then")
        if head.revision <= since:
            return Page((), None, head.revision)
        query = queries.changes(after or sequence(since + 1), kind, now)
        records, more = await self._ask(partition, query, limit)
        last = sequence(records[-1].revision, records[-1].id) if more else None
        return Page(records, last, head.revision)

    async def find(
        self,
        partition: str,
        kind: str,
        tokens: Sequence[str] | None = None,
        *,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """Return live records of a kind with any of the tokens, by id."""
        if tokens is not None and not tokens:
            return Page(())
        query = queries.find(kind, tokens, after or "", self._clock.now())
        records, more = await self._ask(partition, query, limit)
        return Page(records, records[-1].id if more else None)

    async def due(self, partition: str, until: datetime, *, limit: int = 100) -> Sequence[Record]:
        """Return live records that are due, the longest due first."""
        records, _ = await self._ask(partition, queries.due(until, self._clock.now()), limit)
        return records

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        """Apply all writes or none; return their revision."""
        self._check_open()
        check_name(partition)
        check_writes(writes)
        return await self._commits.commit(partition, tuple(writes))

    async def partitions(self, *, after: str = "", limit: int = 500) -> Sequence[Head]:
        """Return the partitions behind ``after``, by name."""
        heads: list[Head] = []
        while len(heads) < limit:
            page = await self._container.query(ALL, queries.names(after), _HEADS_AT_ONCE)
            heads += await asyncio.gather(*(self._head(item["id"]) for item in page))
            if len(page) < _HEADS_AT_ONCE:
                break
            after = page[-1]["id"]
        # One whose first commit was never finished is listed, and has no revision.
        return [head for head in heads if head.revision or head.horizon][:limit]

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        """Write records as they were elsewhere."""
        self._check_open()
        check_name(head.partition)
        if records:
            check_writes(records)
        await self._commits.restore(head, tuple(records))

    async def ready(self) -> None:
        """Ask for an item that need not be there."""
        await self._container.read(ALL, "ready")

    async def close(self) -> None:
        """Let go of all connections."""
        self._opened = None
        await self._stack.aclose()

    @property
    def _container(self) -> Container:
        if self._opened is None:
            raise Broken("the store is closed")
        return self._opened

    def _check_open(self) -> None:
        assert self._container

    async def _head(self, partition: str) -> Head:
        head = await self._commits.head(partition)
        return Head(partition, head.revision, head.horizon(self._clock.now()))

    async def _ask(
        self, partition: str, query: queries.Query, limit: int
    ) -> tuple[tuple[Record, ...], bool]:
        """Return up to ``limit`` records, and whether there are more."""
        items: list[dict[str, Any]] = await self._container.query(partition, query, limit + 1)
        self._commits.saw(partition, items)
        return tuple(record_of(item) for item in items[:limit]), len(items) > limit


def _has_expired(record: Record, now: datetime) -> bool:
    return record.expires_at is not None and stamp(record.expires_at) <= stamp(now)
