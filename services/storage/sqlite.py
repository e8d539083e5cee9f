"""Records in one SQLite file: the store of a single machine.

``await SqliteRecords.open(path, clock)`` and, at the end, ``await records.close()``. Any number
of processes may have the file open.

One thread writes: it takes whole transactions, begins them with ``BEGIN IMMEDIATE`` (a plain
``BEGIN`` that reads first and then writes fails under load) and commits those that wait together
in one go, on the disk (``synchronous=FULL``) before any of them is acknowledged.

What is short is read on the event loop itself, with a connection of its own: a point read takes
some 0.02 ms, a trip to a thread and back six times as long, and in WAL mode a reader never waits
for a writer. So ``get`` does, and the first page of an answer, which is kept small for it. Two
threads read everything else. Reference: https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, nullcontext
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from services.model.errors import Broken
from services.model.ports import Head, Page, Record, Write, check_name, check_writes
from services.model.times import Clock
from services.storage import edits, statements
from services.storage.connections import LONG_READS_KIB, connect, patient
from services.storage.failures import failure
from services.storage.lanes import Lane
from services.storage.parts import Parts
from services.storage.safekeeping import check
from services.storage.schema import migrate
from services.storage.statements import microseconds

__all__ = ["SqliteRecords"]

T = TypeVar("T")
_READERS = 2
_SHORT = 50
"""Records that the event loop reads by itself at most."""
_PURGE_EVERY = timedelta(minutes=10)


class SqliteRecords:
    """The ``Records`` port on SQLite."""

    def __init__(
        self, writer: Lane, reader: Lane, near: sqlite3.Connection, parts: Parts, clock: Clock
    ) -> None:
        """Use :meth:`open`."""
        self._near = near
        self._writer = writer
        self._reader = reader
        self._parts = parts
        self._clock = clock
        self._purged_at = clock.now()

    @classmethod
    async def open(cls, path: Path, clock: Clock) -> SqliteRecords:
        """Open the file, or make it, readable by this user alone.

        Raises:
            Broken: it cannot be opened, or a newer version has written it.
            Damaged: it is not as SQLite has left it.
        """
        writing, near, *reading = await asyncio.to_thread(_connections, path)
        parts = Parts()
        writer = Lane("write", [writing], around_all=parts.transaction, around_each=parts.share)
        reader = Lane("read", reading, around_all=nullcontext, around_each=nullcontext)
        records = cls(writer, reader, near, parts, clock)
        await writer.run(partial(edits.purge, records._now()))
        return records

    async def get(self, partition: str, id: str) -> Record | None:
        """Return the record (tombstones too), or ``None``."""
        check_name(id)
        return self._read_here(partial(statements.get, partition, id, self._now()))

    async def revision(self, partition: str) -> int:
        """Return the partition's last revision."""
        return self._read_here(partial(statements.revision, partition))

    async def changes(
        self,
        partition: str,
        since: int,
        *,
        kind: str | None = None,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        """Return what was written after ``since``, oldest first."""
        limit = _first_short(limit, after)
        question = statements.Changes(partition, since, kind, limit, after, self._now())
        return await self._read(partial(statements.changes, question), limit)

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
        limit = _first_short(limit, after)
        wanted = None if tokens is None else tuple(tokens)
        question = statements.Find(partition, kind, wanted, limit, after, self._now())
        return await self._read(partial(statements.find, question), limit)

    async def due(self, partition: str, until: datetime, *, limit: int = 100) -> Sequence[Record]:
        """Return live records that are due, the longest due first."""
        question = partial(statements.due, partition, microseconds(until), limit, self._now())
        return await self._read(question, limit)

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        """Apply all writes or none; return their revision."""
        check_name(partition)
        check_writes(writes)
        now = self._clock.now()
        if abs(now - self._purged_at) >= _PURGE_EVERY:  # a clock may be set back
            self._purged_at = now
            await self._writer.run(partial(edits.purge, microseconds(now)))
        job = partial(edits.commit, self._parts, partition, tuple(writes), microseconds(now))
        return await self._writer.run(job)

    async def partitions(self, *, after: str = "", limit: int = 500) -> Sequence[Head]:
        """Return the partitions behind ``after``, by name."""
        return await self._reader.run(partial(statements.partitions, after, limit, self._now()))

    async def restore(self, head: Head, records: Sequence[Record]) -> None:
        """Write records as they were elsewhere."""
        check_name(head.partition)
        if records:
            check_writes(records)
        await self._writer.run(partial(edits.restore, self._parts, head, tuple(records)))

    async def ready(self) -> None:
        """Ask both kinds of threads for an answer."""
        await self._reader.run(partial(statements.revision, ""))
        await self._writer.run(partial(statements.revision, ""))

    async def close(self) -> None:
        """Finish what was begun and close the file."""
        await self._writer.close()
        await self._reader.close()
        self._near.close()

    async def _read(self, job: Callable[[sqlite3.Connection], T], limit: int) -> T:
        return self._read_here(job) if limit <= _SHORT else await self._reader.run(job)

    def _read_here(self, job: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return job(self._near)
        except sqlite3.Error as err:
            raise failure(err) from err

    def _now(self) -> int:
        return microseconds(self._clock.now())


def _first_short(limit: int, after: str | None) -> int:
    """Return how much to read: little at first, since most answers are short."""
    return min(limit, _SHORT) if after is None else limit


def _connections(path: Path) -> list[sqlite3.Connection]:
    """Make the file or bring it up to date; return a connection to write and some to read."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        near = partial(connect, path, read_only=True)
        readers = [partial(near, cache_kib=LONG_READS_KIB)] * _READERS
        with ExitStack() as opened:
            made = [
                opened.enter_context(closing(open_one()))
                for open_one in (partial(_prepared, path), near, *readers)
            ]
            opened.pop_all()  # all are there, and stay open
            return made
    except sqlite3.Error as err:
        raise failure(err) from err
    except OSError as err:
        raise Broken("the database file cannot be opened: " + os.strerror(err.errno or 0)) from err


def _prepared(path: Path) -> sqlite3.Connection:
    writer = connect(path)
    try:
        with patient(writer):  # another instance may be at it, with a large file
            check(writer)
            migrate(writer, path)
    except BaseException:
        writer.close()
        raise
    return writer
