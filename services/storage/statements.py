"""What the SQLite store asks of its file: one function a method of ``Records`` that reads.

What writes takes a connection that is inside a transaction already; what reads sees one state.
Times are microseconds. A record that has expired is treated as gone even before it is purged.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

import msgspec

from services.model.errors import TooOld
from services.model.ports import Head, Page, Record, etag_of
from services.storage.connections import snapshot

__all__ = [
    "COLUMNS",
    "LAST_REVISION",
    "Changes",
    "Find",
    "changes",
    "due",
    "find",
    "get",
    "microseconds",
    "partitions",
    "revision",
]

_to_json = msgspec.json.Encoder().encode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
COLUMNS = "id, kind, revision, tokens, deleted_at, expires_at, due_at, body"
# A write that leaves a record does not touch its partition's line: services/storage/schema.py.
LAST_REVISION = (
    "max(head.revision, coalesce("
    "(SELECT max(revision) FROM record WHERE record.part = head.part), 0))"
)
_OF_RECORD = ", ".join(f"record.{column}" for column in COLUMNS.split(", "))
_PART = "part = (SELECT part FROM head WHERE partition = :partition)"
_UNEXPIRED = "(expires_at IS NULL OR expires_at > :now)"
_LIVE = f"deleted_at IS NULL AND {_UNEXPIRED}"
_GET = (
    f"SELECT {COLUMNS} FROM record WHERE {_PART} AND kind IN (SELECT kind FROM kind WHERE {_PART})"
    f" AND id = :id AND {_UNEXPIRED}"
)
_CHANGES = (
    f"SELECT {COLUMNS} FROM record WHERE part = :part AND (revision, id) > (:revision, :id)"
    f" AND (:kind IS NULL OR kind = :kind) AND {_UNEXPIRED} ORDER BY revision, id LIMIT :limit"
)
_FIND_ALL = (
    f"SELECT {COLUMNS} FROM record WHERE {_PART} AND kind = :kind AND id > :after AND {_LIVE}"
    " ORDER BY id LIMIT :limit"
)
# One text for any number of tokens, so that SQLite prepares it once; and a cross join, so that it
# goes from tokens to records and never through the whole partition. Ids are sorted before their
# records are read, since sorting copies. A page may come out short: what has expired is counted.
_FIND_BY_TOKEN = (
    f"SELECT {_OF_RECORD} FROM (SELECT id, row FROM token WHERE {_PART}"
    " AND kind = :kind AND token IN (SELECT value FROM json_each(:tokens)) AND id > :after"
    " GROUP BY id ORDER BY id LIMIT :limit) AS found CROSS JOIN record WHERE record.row = found.row"
)
# A tombstone that has expired counts, whether or not it has been purged already.
_PARTITIONS = (
    f"SELECT partition, {LAST_REVISION}, max(horizon, coalesce(expired.revision, 0)) FROM head"
    " LEFT JOIN (SELECT part, max(revision) AS revision FROM record"
    " WHERE expires_at <= :now AND deleted_at IS NOT NULL GROUP BY part) AS expired USING (part)"
    " WHERE partition > :after ORDER BY partition LIMIT :limit"
)
_ID = itemgetter(0)
_new = tuple.__new__
"""Half of what the constructor of a ``NamedTuple`` takes."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The question that :func:`changes` answers."""

    partition: str
    since: int
    kind: str | None
    limit: int
    after: str | None
    now: int


@dataclass(frozen=True, slots=True)
class Find:
    """The question that :func:`find` answers."""

    partition: str
    kind: str
    tokens: tuple[str, ...] | None
    limit: int
    after: str | None
    now: int


def microseconds(moment: datetime) -> int:
    """Return an aware time as the number that is stored."""
    return (moment - _EPOCH) // _MICROSECOND


def get(partition: str, id: str, now: int, connection: sqlite3.Connection) -> Record | None:
    """Return one record, also a tombstone."""
    row = connection.execute(_GET, {"partition": partition, "id": id, "now": now}).fetchone()
    return None if row is None else _record(partition, row)


def revision(partition: str, connection: sqlite3.Connection) -> int:
    """Return the partition's last revision."""
    row = connection.execute(
        f"SELECT {LAST_REVISION} FROM head WHERE partition = ?", (partition,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def changes(question: Changes, connection: sqlite3.Connection) -> Page:
    """Return what was written after a revision, oldest first; ``after`` is ``revision:id``."""
    with snapshot(connection):
        return _changes(question, connection)


def _changes(question: Changes, connection: sqlite3.Connection) -> Page:
    head = connection.execute(
        f"SELECT part, {LAST_REVISION}, horizon FROM head WHERE partition = ?",
        (question.partition,),
    ).fetchone()
    if head is None:
        return Page(())
    part, last, horizon = head
    if question.since > 0:
        _check_horizon(connection, part, horizon, question)
    revision, _, id = (question.after or f"{question.since + 1}:").partition(":")
    rows = connection.execute(
        _CHANGES,
        {
            "part": part,
            "revision": int(revision),
            "id": id,
            "kind": question.kind,
            "now": question.now,
            "limit": question.limit + 1,
        },
    ).fetchall()
    records = tuple(_record(question.partition, row) for row in rows[: question.limit])
    more = len(rows) > question.limit
    return Page(records, f"{records[-1].revision}:{records[-1].id}" if more else None, last)


def _check_horizon(
    connection: sqlite3.Connection, part: int, horizon: int, question: Changes
) -> None:
    expired = connection.execute(
        "SELECT 1 FROM record WHERE part = ? AND revision > ?"
        " AND deleted_at IS NOT NULL AND expires_at <= ? LIMIT 1",
        (part, question.since, question.now),
    ).fetchone()
    if question.since < horizon or expired is not None:
        raise TooOld("tombstones have expired since then")


def find(question: Find, connection: sqlite3.Connection) -> Page:
    """Return live records of a kind, by id."""
    rows = connection.execute(
        _FIND_ALL if question.tokens is None else _FIND_BY_TOKEN,
        {
            "partition": question.partition,
            "kind": question.kind,
            "after": question.after or "",
            "tokens": _to_json(question.tokens).decode(),
            "now": question.now,
            "limit": question.limit + 1,
        },
    ).fetchall()
    rows.sort(key=_ID)
    page = rows[: question.limit]
    partition, now = question.partition, question.now
    live = [row for row in page if row[4] is None and (row[5] is None or row[5] > now)]
    records = tuple([_record(partition, row) for row in live])
    return Page(records, page[-1][0] if len(rows) > question.limit else None)


def due(
    partition: str, until: int, limit: int, now: int, connection: sqlite3.Connection
) -> tuple[Record, ...]:
    """Return live records that are due, the longest due first."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM record WHERE {_PART} AND due_at <= :until AND {_LIVE}"
        " ORDER BY due_at, id LIMIT :limit",
        {"partition": partition, "until": until, "now": now, "limit": limit},
    ).fetchall()
    return tuple(_record(partition, row) for row in rows)


def partitions(
    after: str, limit: int, now: int, connection: sqlite3.Connection
) -> tuple[Head, ...]:
    """Return the partitions behind ``after``, by name."""
    rows = connection.execute(_PARTITIONS, {"after": after, "limit": limit, "now": now})
    return tuple(Head(*row) for row in rows)


def _record(partition: str, row: tuple[Any, ...]) -> Record:
    id, kind, revision, tokens, deleted_at, expires_at, due_at, body = row
    if deleted_at is expires_at is due_at is None:  # as of most, of which there may be thousands
        own = tuple(tokens.split())
        return _new(
            Record, (partition, id, kind, revision, str(revision), body, own, None, None, None)
        )
    return Record(
        partition,
        id,
        kind,
        revision,
        etag_of(revision),
        body,
        tuple(tokens.split()),
        None if deleted_at is None else _moment(deleted_at),
        None if expires_at is None else _moment(expires_at),
        None if due_at is None else _moment(due_at),
    )


def _moment(stored: int) -> datetime:
    return _EPOCH + stored * _MICROSECOND
