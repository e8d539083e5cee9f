"""Every query that is sent to Cosmos DB.

Values are bound, never written into the text; the partition is not here because it is a property
of the request (a query without it would go across all of them, which the container never does).
A page ends with its last record's place, and the next query begins behind that place: unlike the
service's own continuation, it neither expires nor minds what is written in between.

Reference: https://learn.microsoft.com/azure/cosmos-db/nosql/query/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.storage.cosmos.items import stamp

__all__ = ["Query", "changes", "due", "find", "names", "present"]

_UNEXPIRED = "(NOT IS_DEFINED(c.expires_at) OR c.expires_at > @now)"
_LIVE = f"NOT IS_DEFINED(c.deleted_at) AND {_UNEXPIRED}"


@dataclass(frozen=True, slots=True)
class Query:
    """A text and what its parameters stand for."""

    text: str
    values: dict[str, Any]

    @property
    def parameters(self) -> list[dict[str, object]]:
        """The values as the SDK takes them."""
        return [{"name": f"@{name}", "value": value} for name, value in self.values.items()]


def changes(after: str, kind: str | None, now: datetime) -> Query:
    """Ask for what stands behind a place in the order of changes, tombstones included."""
    of_kind = "" if kind is None else " AND c.kind = @kind"
    values = {"after": after, "now": stamp(now)} | ({} if kind is None else {"kind": kind})
    return Query(
        f"SELECT * FROM c WHERE c.sequence > @after{of_kind} AND {_UNEXPIRED} ORDER BY c.sequence",
        values,
    )


def find(kind: str, tokens: Sequence[str] | None, after: str, now: datetime) -> Query:
    """Ask for live records of a kind, behind an id; with any of the tokens, if there are some."""
    values: dict[str, Any] = {"kind": kind, "after": after, "now": stamp(now)}
    carrying = ""
    if tokens is not None:
        names = _bind(values, "token", tokens)
        # One term a token, because each of them can be answered from the index.
        carrying = " AND (" + " OR ".join(f"ARRAY_CONTAINS(c.tokens, {n})" for n in names) + ")"
    return Query(
        f"SELECT * FROM c WHERE c.kind = @kind AND c.id > @after{carrying} AND {_LIVE}"
        " ORDER BY c.id",
        values,
    )


def due(until: datetime, now: datetime) -> Query:
    """Ask for live records whose time has come, the longest due first."""
    return Query(
        f"SELECT * FROM c WHERE c.due_at <= @until AND {_LIVE} ORDER BY c.due_at",
        {"until": stamp(until), "now": stamp(now)},
    )


def present(ids: Sequence[str]) -> Query:
    """Ask how some records are now, without their bodies."""
    values: dict[str, Any] = {}
    wanted = ", ".join(_bind(values, "id", ids))
    return Query(
        "SELECT c.id, c.revision, c._etag, c.deleted_at, c.expires_at FROM c"
        f" WHERE c.id IN ({wanted})",
        values,
    )


def names(after: str) -> Query:
    """Ask for ids alone, behind one of them."""
    return Query("SELECT c.id FROM c WHERE c.id > @after ORDER BY c.id", {"after": after})


def _bind(values: dict[str, Any], name: str, given: Sequence[str]) -> list[str]:
    """Add one parameter for each of the given values; return what stands for them in the text."""
    bound = {f"{name}{number}": value for number, value in enumerate(given)}
    values |= bound
    return [f"@{name}" for name in bound]
