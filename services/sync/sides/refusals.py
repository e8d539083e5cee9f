"""What it means for a sync that Outlook refuses a request: often only that something has changed.

Exchange answers 412 at times though nobody has changed anything, even to a create and to a read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.model.errors import AlmanacError, Rejected, Stale

__all__ = ["is_about_the_moment", "stale_if_changed"]

_CHANGED = frozenset({404, 409, 412})
"""Gone, in conflict, or with another change key than the write asked for."""


@contextmanager
def stale_if_changed() -> Iterator[None]:
    """Turn the refusal of a write into ``Stale`` if the item has changed, or gone, meanwhile."""
    try:
        yield
    except Rejected as err:
        if is_about_the_moment(err):
            raise Stale from err
        raise


def is_about_the_moment(err: AlmanacError) -> bool:
    """Tell whether a refusal is of no item: asked again, the same may be taken.

    Only other refusals are counted, and set an item aside.
    """
    return isinstance(err, Rejected) and err.status in _CHANGED
