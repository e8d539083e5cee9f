"""A record as it stands in a file, and as it is counted: everything but its partition."""

from __future__ import annotations

from datetime import datetime

import msgspec

from services.model.ports import Record, etag_of

__all__ = ["Row", "record_of", "row_of"]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A record without its partition."""

    id: str
    kind: str
    revision: int
    body: bytes
    tokens: tuple[str, ...]
    deleted_at: datetime | None
    expires_at: datetime | None
    due_at: datetime | None


def row_of(record: Record) -> Row:
    """Return a record's row."""
    return Row(
        record.id,
        record.kind,
        record.revision,
        record.body,
        record.tokens,
        record.deleted_at,
        record.expires_at,
        record.due_at,
    )


def record_of(partition: str, row: Row) -> Record:
    """Return the record that a row of a partition is."""
    return Record(
        partition=partition,
        id=row.id,
        kind=row.kind,
        revision=row.revision,
        etag=etag_of(row.revision),
        body=row.body,
        tokens=row.tokens,
        deleted_at=row.deleted_at,
        expires_at=row.expires_at,
        due_at=row.due_at,
    )
