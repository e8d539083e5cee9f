"""Records as the JSON items that the container holds, and back.

What is absent is left out rather than ``null``, since queries ask ``IS_DEFINED``. Times are texts
of one width in UTC, which sort as they follow each other and keep their microseconds.

``sequence`` is revision and id in one text: Cosmos DB orders by a single property without an index
of its own for the pair. ``ttl`` lets the service take an expired item away by its own clock; what
has expired by ours is gone either way, since all that read look at ``expires_at``.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Any

from services.model.ports import Put, Record, etag_of

__all__ = ["is_expired", "item_of", "record_of", "sequence", "stamp"]

_SHORTEST_LIFE = 60
_LONGEST_LIFE = 2**31 - 1
"""Seconds, as ``ttl`` is a signed integer of 32 bits."""


def stamp(moment: datetime) -> str:
    """Return an aware time as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def sequence(revision: int, id: str = "") -> str:
    """Return the place of a record in its partition's order of changes."""
    return f"{revision:016d}:{id}"


def item_of(partition: str, put: Put | Record, revision: int, now: datetime) -> dict[str, Any]:
    """Return the item of a record that is written under ``revision``."""
    item = {
        "id": put.id,
        "partition": partition,
        "kind": put.kind,
        "revision": revision,
        "sequence": sequence(revision, put.id),
        "tokens": list(put.tokens),
        "body": base64.b64encode(put.body).decode("ascii"),
    }
    for name in ("deleted_at", "expires_at", "due_at"):
        moment = getattr(put, name)
        if moment is not None:
            item[name] = stamp(moment)
    if put.expires_at is not None:
        left = ceil((put.expires_at - now).total_seconds())
        item["ttl"] = min(max(left, _SHORTEST_LIFE), _LONGEST_LIFE)
    return item


def record_of(item: Mapping[str, Any]) -> Record:
    """Return the record that an item holds."""
    revision = int(item["revision"])
    return Record(
        partition=item["partition"],
        id=item["id"],
        kind=item["kind"],
        revision=revision,
        etag=etag_of(revision),
        body=base64.b64decode(item["body"]),
        tokens=tuple(item["tokens"]),
        deleted_at=_moment(item.get("deleted_at")),
        expires_at=_moment(item.get("expires_at")),
        due_at=_moment(item.get("due_at")),
    )


def is_expired(item: Mapping[str, Any], now: datetime) -> bool:
    """Return whether an item's time is over, though the service may still have it."""
    return "expires_at" in item and item["expires_at"] <= stamp(now)


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
