"""The yardstick: events in clear in a table with an index of their times.

Same library, same settings (WAL, ``synchronous=FULL``), same events, JSON by the same package. It
reads on the spot and writes in a thread of its own, a transaction a write: what one would write
in an afternoon if nothing had to be sealed.

That file answers what is on, and nothing else. Almanac's also answers what has changed since, in
order, and who did what: so :meth:`PlainStore.save_with_traces` writes what these need as well, the
revision of the calendar, the event's with an index of them, and a line of an audit log, still in
clear. Neither table has tombstones, conditions or expiry.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from services.model.audit import AuditEntry
from services.model.deeds import Deed
from services.model.events import Event
from services.model.times import Timed
from services.storage.codec import decode, encode

__all__ = ["PlainStore"]

_TABLE = """
    CREATE TABLE event (
        book TEXT NOT NULL, id TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
        body TEXT NOT NULL, PRIMARY KEY (book, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX event_time ON event (book, starts, ends);
"""
_TRACES = """
    CREATE TABLE head (book TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE change (
        book TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
        PRIMARY KEY (book, revision)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE audit (entry INTEGER PRIMARY KEY, book TEXT NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE INDEX audit_book ON audit (book);
"""
_NEXT = (
    "INSERT INTO head VALUES (?, 1) ON CONFLICT (book) DO UPDATE SET revision = revision + 1"
    " RETURNING revision"
)
_INSERT = "INSERT INTO event VALUES (?, ?, ?, ?, ?)"
_CHANGE = "INSERT INTO change VALUES (?, ?, ?)"
_AUDIT = "INSERT INTO audit (book, body) VALUES (?, ?)"
_LONGEST = 86_400
"""Seconds: no sample is longer, so the index is read from so long before the interval only."""
_RANGE = "SELECT body FROM event WHERE book = ? AND starts < ? AND starts > ? AND ends > ?"


class PlainStore:
    """One file."""

    def __init__(self, path: Path) -> None:
        self._reading = _connect(path)
        self._reading.executescript(_TABLE + _TRACES)
        self._writing = _connect(path)
        self._thread = ThreadPoolExecutor(1)

    def fill(self, events: Iterable[Event]) -> None:
        self._reading.execute("BEGIN")
        self._reading.executemany(_INSERT, map(_row, events))
        self._reading.execute("COMMIT")

    def rows(self, book: str, start: datetime, end: datetime) -> list[tuple[str]]:
        """Return the rows of an interval, as SQLite gives them."""
        first, last = int(start.timestamp()), int(end.timestamp())
        return self._reading.execute(_RANGE, (book, last, first - _LONGEST, first)).fetchall()

    def between(self, book: str, start: datetime, end: datetime) -> list[Event]:
        """Return the events of an interval as Almanac's store does, as objects of the program."""
        return [decode(Event, body.encode()) for (body,) in self.rows(book, start, end)]

    async def save(self, event: Event) -> None:
        """Write an event; it is on the disk when this returns."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._save, event)

    async def save_with_traces(self, event: Event) -> None:
        """Write an event, its place among the changes, and who made it."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._save_with_traces, event)

    def forget(self, events: Iterable[Event]) -> None:
        """Take events away, so that both files hold the same ones."""
        ids = [(each.book, each.id) for each in events]
        self._reading.execute("BEGIN")
        self._reading.executemany("DELETE FROM event WHERE book = ? AND id = ?", ids)
        self._reading.execute("COMMIT")

    def close(self) -> None:
        self._thread.shutdown()
        self._reading.close()
        self._writing.close()

    def _save(self, event: Event) -> None:
        self._writing.execute("BEGIN IMMEDIATE")
        self._writing.execute(_INSERT, _row(event))
        self._writing.execute("COMMIT")

    def _save_with_traces(self, event: Event) -> None:
        made = AuditEntry(
            at=datetime.now(UTC),
            by=event.updated_by,
            deed=Deed.CREATED,
            kind="event",
            item=event.id,
        )
        self._writing.execute("BEGIN IMMEDIATE")
        (revision,) = self._writing.execute(_NEXT, (event.book,)).fetchone()
        self._writing.execute(_INSERT, _row(event))
        self._writing.execute(
            "INSERT INTO change VALUES (?, ?, ?)", (event.book, revision, event.id)
        )
        entry = event.book, encode(made).decode()
        self._writing.execute("INSERT INTO audit (book, body) VALUES (?, ?)", entry)
        self._writing.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _row(event: Event) -> tuple[str, str, int, int, str]:
    when = event.content.when
    assert isinstance(when, Timed)
    starts, ends = (int(each.astimezone(UTC).timestamp()) for each in (when.start, when.end))
    return event.book, event.id, starts, ends, encode(event).decode()
