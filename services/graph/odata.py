"""What Graph's requests and answers have from OData: collections, and ``If-Match``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.model.errors import Unreadable

__all__ = ["if_match", "values"]


def if_match(change_key: str) -> dict[str, str]:
    """Return the header by which a write asks for an unchanged item."""
    return {"If-Match": f'W/"{change_key}"'} if change_key else {}


def values(body: Mapping[str, Any], field: str = "value") -> list[dict[str, Any]]:
    """Return the items of a collection.

    Raises:
        Unreadable: ``collection``: it holds something else.
    """
    found = body.get(field) or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Unreadable("collection")
    return found
