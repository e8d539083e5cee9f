"""What the SQLite store writes into its file, each inside a transaction that was begun already.

Times are microseconds, as in :mod:`services.storage.statements`, which reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from services.model.errors import Stale
from services.model.ports import Head, Put, Record, Remove, Write, etag_of
from services.storage.statements import COLUMNS, microseconds

__all__ = ["commit", "purge", "restore"]

_PURGE_AT_ONCE = 500


def commit(
    partition: str, writes: Sequence[Write], now: int, connection: sqlite3.Connection
) -> int:
    """Apply all writes under the next revision, once all expectations hold."""
    part, revision = _next(connection, partition)
    for write in writes:
        _clear(connection, part, write, now)
    for write in writes:
        if isinstance(write, Put):
            _put(connection, part, revision, write)
    return revision


def restore(head: Head, records: Sequence[Record], connection: sqlite3.Connection) -> None:
    """Write records under the revisions that they have."""
    (part,) = connection.execute(
        "INSERT INTO head (partition, revision, horizon) VALUES (?, ?, ?)"
        " ON CONFLICT (partition) DO UPDATE SET revision = max(revision, excluded.revision),"
        " horizon = max(horizon, excluded.horizon) RETURNING part",
        (head.partition, head.revision, head.horizon),
    ).fetchone()
    for record in records:
        present = connection.execute(
            "SELECT kind, tokens FROM record WHERE part = ? AND id = ?", (part, record.id)
        ).fetchone()
        if present is not None:
            _forget(connection, part, record.id, *present)
        _put(connection, part, record.revision, record)


def purge(now: int, connection: sqlite3.Connection) -> int:
    """Take away what has expired, a limited number at a time; return how many went."""
    rows = connection.execute(
        "SELECT part, id, kind, revision, tokens, deleted_at FROM record"
        " WHERE expires_at <= ? ORDER BY expires_at LIMIT ?",
        (now, _PURGE_AT_ONCE),
    ).fetchall()
    for part, id, kind, revision, tokens, deleted_at in rows:
        _forget(connection, part, id, kind, tokens)
        if deleted_at is not None:
            _raise_horizon(connection, part, revision)
    return len(rows)


def _next(connection: sqlite3.Connection, partition: str) -> tuple[int, int]:
    """Return the number of a partition, and the revision that it moves to."""
    known = connection.execute(
        "SELECT part, revision + 1 FROM head WHERE partition = ?", (partition,)
    ).fetchone()
    if known is None:
        made = connection.execute(
            "INSERT INTO head (partition, revision, horizon) VALUES (?, 1, 0)", (partition,)
        )
        return int(made.lastrowid or 0), 1
    part, revision = known
    connection.execute("UPDATE head SET revision = ? WHERE part = ?", (revision, part))
    return part, revision


def _clear(connection: sqlite3.Connection, part: int, write: Write, now: int) -> None:
    """Check what a write expects of the present record, and take that one out of the way."""
    row = connection.execute(
        "SELECT kind, revision, tokens, deleted_at, expires_at FROM record"
        " WHERE part = ? AND id = ?",
        (part, write.id),
    ).fetchone()
    etag = ""
    if row is not None:
        kind, revision, tokens, deleted_at, expires_at = row
        is_expired = expires_at is not None and expires_at <= now
        etag = "" if is_expired else etag_of(revision)
    if write.expect is not None and write.expect != etag:
        raise Stale("the record has changed")
    if row is not None:
        _forget(connection, part, write.id, kind, tokens)
        if deleted_at is not None and (is_expired or isinstance(write, Remove)):
            _raise_horizon(connection, part, revision)


def _put(connection: sqlite3.Connection, part: int, revision: int, put: Put | Record) -> None:
    connection.execute(
        f"INSERT INTO record (part, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            part,
            put.id,
            put.kind,
            revision,
            " ".join(put.tokens),
            None if put.deleted_at is None else microseconds(put.deleted_at),
            None if put.expires_at is None else microseconds(put.expires_at),
            None if put.due_at is None else microseconds(put.due_at),
            put.body,
        ),
    )
    if put.tokens and put.deleted_at is None:
        connection.executemany(
            "INSERT OR IGNORE INTO token (part, kind, token, id) VALUES (?, ?, ?, ?)",
            [(part, put.kind, token, put.id) for token in put.tokens],
        )


def _forget(connection: sqlite3.Connection, part: int, id: str, kind: str, tokens: str) -> None:
    connection.execute("DELETE FROM record WHERE part = ? AND id = ?", (part, id))
    connection.executemany(
        "DELETE FROM token WHERE part = ? AND kind = ? AND token = ? AND id = ?",
        [(part, kind, token, id) for token in tokens.split()],
    )


def _raise_horizon(connection: sqlite3.Connection, part: int, revision: int) -> None:
    connection.execute("UPDATE head SET horizon = max(horizon, ?) WHERE part = ?", (revision, part))
