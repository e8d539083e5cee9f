"""What the refusal of a write means for a sync: the item has changed since it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.model.errors import Rejected, Stale

__all__ = ["stale_if_changed"]

_CHANGED = frozenset({404, 409, 412})
"""Gone, in conflict, or with another change key than the write asked for."""


@contextmanager
def stale_if_changed() -> Iterator[None]:
    """Turn the refusal of a write into ``Stale`` if the item has changed, or gone, meanwhile."""
    try:
        yield
    except Rejected as err:
        if err.status in _CHANGED:
            raise Stale from err
        raise
