"""What a refusal of Graph means for a sync: the item is gone, or has changed since it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.model.errors import Rejected, Stale

__all__ = ["GONE", "stale_if_changed"]

GONE = 404
_CHANGED = frozenset({GONE, 409, 412})


@contextmanager
def stale_if_changed() -> Iterator[None]:
    """Turn the refusal of a write into ``Stale`` if the item has changed, or gone, meanwhile."""
    try:
        yield
    except Rejected as err:
        if err.status in _CHANGED:
            raise Stale from err
        raise
