"""What the SQLite store writes into its file, each inside a transaction that was begun already.

Times are microseconds, as in :mod:`services.storage.statements`, which reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from services.model.errors import Stale
from services.model.ports import Head, Put, Record, Remove, Write, etag_of
from services.storage.parts import Parts
from services.storage.statements import COLUMNS, microseconds

__all__ = ["commit", "purge", "restore"]

_PURGE_AT_ONCE = 500
_to_json = msgspec.json.Encoder().encode
_PRESENT = "row, record.id, record.part, record.kind, revision, tokens, deleted_at, expires_at"
# From ids to records: never through the whole partition.
_LOOK_FOR_ONE = (
    f"SELECT {_PRESENT} FROM kind CROSS JOIN record WHERE kind.part = :part"
    " AND record.part = :part AND record.kind = kind.kind AND record.id = :id"
)
_LOOK = (
    f"SELECT {_PRESENT} FROM json_each(:ids) AS wanted CROSS JOIN kind CROSS JOIN record"
    " WHERE kind.part = :part AND record.part = :part AND record.kind = kind.kind"
    " AND record.id = wanted.value"
)


class _Present(NamedTuple):
    """What a write finds in its place."""

    row: int
    id: str
    part: int
    kind: str
    revision: int
    tokens: str
    deleted_at: int | None
    expires_at: int | None

    def has_expired(self, now: int) -> bool:
        return self.expires_at is not None and self.expires_at <= now


def commit(
    parts: Parts, partition: str, writes: Sequence[Write], now: int, connection: sqlite3.Connection
) -> int:
    """Apply all writes under the next revision, once all expectations hold."""
    part = parts.part(partition, connection)
    part.revision = revision = part.revision + 1
    present = _present(connection, part.number, writes)
    for write in writes:
        _clear(connection, write, present.get(write.id), now)
    puts = [write for write in writes if isinstance(write, Put)]
    for put in puts:
        _put(connection, part.number, revision, put)
    if not puts:  # else it stands in what was put
        _reach(connection, [(revision, part.number)])
    _name_kinds(connection, part.number, puts, part.kinds)
    return revision


def restore(
    parts: Parts, head: Head, records: Sequence[Record], connection: sqlite3.Connection
) -> None:
    """Write records under the revisions that they have."""
    parts.forget()
    (part,) = connection.execute(
        "INSERT INTO head (partition, revision, horizon) VALUES (?, ?, ?)"
        " ON CONFLICT (partition) DO UPDATE SET revision = max(revision, excluded.revision),"
        " horizon = max(horizon, excluded.horizon) RETURNING part",
        (head.partition, head.revision, head.horizon),
    ).fetchone()
    replaced = _present(connection, part, records).values()
    for present in replaced:
        _forget(connection, present)
    _reach(connection, [(present.revision, part) for present in replaced])
    for record in records:
        _put(connection, part, record.revision, record)
    _name_kinds(connection, part, records, set())


def purge(now: int, connection: sqlite3.Connection) -> int:
    """Take away what has expired, a limited number at a time; return how many went."""
    rows = connection.execute(
        f"SELECT {_PRESENT} FROM record WHERE expires_at <= ? ORDER BY expires_at LIMIT ?",
        (now, _PURGE_AT_ONCE),
    ).fetchall()
    expired = [_Present._make(row) for row in rows]
    for present in expired:
        _forget(connection, present)
        if present.deleted_at is not None:
            _raise_horizon(connection, present)
    _reach(connection, [(present.revision, present.part) for present in expired])
    return len(expired)


def _present(
    connection: sqlite3.Connection, part: int, writes: Sequence[Write | Record]
) -> dict[str, _Present]:
    """Return what is in the place of writes, by id."""
    if len(writes) == 1:
        rows = connection.execute(_LOOK_FOR_ONE, {"part": part, "id": writes[0].id})
    else:
        ids = _to_json([write.id for write in writes]).decode()
        rows = connection.execute(_LOOK, {"part": part, "ids": ids})
    return {row[1]: _Present._make(row) for row in rows}


def _clear(
    connection: sqlite3.Connection, write: Write, present: _Present | None, now: int
) -> None:
    """Check what a write expects of the present record, and take that one out of the way."""
    is_expired = present is not None and present.has_expired(now)
    etag = "" if present is None or is_expired else etag_of(present.revision)
    if write.expect is not None and write.expect != etag:
        raise Stale("the record has changed")
    if present is not None:
        _forget(connection, present)
        if present.deleted_at is not None and (is_expired or isinstance(write, Remove)):
            _raise_horizon(connection, present)


def _name_kinds(
    connection: sqlite3.Connection, part: int, puts: Sequence[Put | Record], known: set[str]
) -> None:
    """Note of which kinds a partition has records by now, besides those that are known."""
    new = {put.kind for put in puts} - known
    if new:
        rows = [(part, kind) for kind in new]
        connection.executemany("INSERT OR IGNORE INTO kind VALUES (?, ?)", rows)
        known |= new


def _put(connection: sqlite3.Connection, part: int, revision: int, put: Put | Record) -> None:
    made = connection.execute(
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
            "INSERT OR IGNORE INTO token VALUES (?, ?, ?, ?, ?)",
            [(part, put.kind, token, put.id, made.lastrowid) for token in put.tokens],
        )


def _forget(connection: sqlite3.Connection, present: _Present) -> None:
    connection.execute("DELETE FROM record WHERE row = ?", (present.row,))
    connection.executemany(
        "DELETE FROM token WHERE part = ? AND kind = ? AND token = ? AND id = ?",
        [(present.part, present.kind, token, present.id) for token in present.tokens.split()],
    )


def _reach(connection: sqlite3.Connection, revisions: Sequence[tuple[int, int]]) -> None:
    """Let no partition fall below a revision: no record may say any more that it was there."""
    connection.executemany("UPDATE head SET revision = max(revision, ?) WHERE part = ?", revisions)


def _raise_horizon(connection: sqlite3.Connection, present: _Present) -> None:
    connection.execute(
        "UPDATE head SET horizon = max(horizon, ?) WHERE part = ?",
        (present.revision, present.part),
    )
