"""What the writing connection need not ask of its file again, as long as nobody else has written.

SQLite tells whether another connection has: every transaction asks ``PRAGMA data_version``. While
it says no, the tables are of the version that was looked at, and each partition's number, revision
and kinds are what this connection has left there. What fails is undone, so all is forgotten then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from services.storage.connections import savepoint
from services.storage.schema import refuse_newer
from services.storage.statements import LAST_REVISION

__all__ = ["Part", "Parts"]

_MOST = 4_000


@dataclass(slots=True)
class Part:
    """A partition as it is in the file; who writes there keeps it so."""

    number: int
    revision: int
    kinds: set[str] = field(default_factory=set)


class Parts:
    """The partitions that one connection has written to lately, and what goes around its jobs."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._seen: int | None = None

    def transaction(self, connection: sqlite3.Connection) -> AbstractContextManager[None]:
        """Write, unless a newer program has changed the tables since this one started.

        Raises:
            Broken: it has.
        """
        return _Transaction(self, connection)

    @contextmanager
    def share(self, connection: sqlite3.Connection) -> Iterator[None]:
        """One of several writers in a transaction: undo its work alone when it fails."""
        try:
            with savepoint(connection):
                yield
        except BaseException:
            self.forget()
            raise

    def part(self, partition: str, connection: sqlite3.Connection) -> Part:
        """Return a partition, made where there is none yet."""
        part = self._parts.get(partition)
        if part is None:
            if len(self._parts) >= _MOST:
                self.forget()
            part = self._parts[partition] = _read(partition, connection)
        return part

    def forget(self) -> None:
        """Let go of everything: the file may be otherwise."""
        self._parts.clear()

    def look(self, connection: sqlite3.Connection) -> None:
        """Find out, inside a transaction, whether others have written since the last one.

        Raises:
            Broken: a newer program has.
        """
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version != self._seen:
            self.forget()
            refuse_newer(connection)
            self._seen = version


class _Transaction:
    """All of it or nothing. A class: two generators around each write take as long as a page."""

    __slots__ = ("_connection", "_parts")

    def __init__(self, parts: Parts, connection: sqlite3.Connection) -> None:
        self._parts = parts
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._parts.look(self._connection)
        except BaseException:
            self._undo()
            raise

    def __exit__(self, kind: object, *_: object) -> None:
        is_ended = False
        try:
            if kind is None:
                self._connection.execute("COMMIT")
                is_ended = True
        finally:
            if not is_ended:
                self._undo()

    def _undo(self) -> None:
        self._parts.forget()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _read(partition: str, connection: sqlite3.Connection) -> Part:
    found = connection.execute(
        f"SELECT part, {LAST_REVISION} FROM head WHERE partition = ?", (partition,)
    ).fetchone()
    if found is None:
        made = connection.execute("INSERT INTO head VALUES (NULL, ?, 0, 0)", (partition,))
        return Part(int(made.lastrowid or 0), 0)
    number, revision = found
    kinds = connection.execute("SELECT kind FROM kind WHERE part = ?", (number,))
    return Part(number, revision, {kind for (kind,) in kinds})
