"""What the two sides of a pair are taken to have agreed on, whenever that cannot be read off. Pure.

A merge asks what has changed since both sides last said the same (:func:`base_of`), a step that
puts something back how Outlook said that then (:func:`echo_of`). Mostly both stand in the pair.
They do not where two have only just met, or met while Outlook had no say (``Pair.is_apart``), where
the end of an import was not kept, and of a meeting: what Outlook said of it while it was one, and
nobody here could answer.
"""

from __future__ import annotations

from typing import Any

from services.model.accounts import Link
from services.model.items import Content
from services.model.pairs import Pair
from services.sync.content.merge import Base, first_meeting
from services.sync.content.shape import shape_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import imported_id

__all__ = ["base_of", "echo_of"]


def base_of(link: Link, pair: Pair, item: TeamItem[Any]) -> Base[Any] | None:
    """Return what both sides last agreed on; ``None`` = nobody knows any more."""
    assert pair.observed is not None
    if not pair.is_apart:
        if pair.agreed is not None and pair.echo is not None:
            return Base(pair.agreed, echo_of(pair))
        if item.id == imported_id(link, pair):
            # An import whose end was not kept, and the item has lived on since.
            return None
    likeness = shape_of(item.content).likeness
    if likeness(pair.observed.content) != likeness(item.content):
        # They met by what was alike, and somebody has changed it before they were merged.
        return None
    return first_meeting(item.content)


def echo_of(pair: Pair) -> Content:
    """Return how Outlook said what was agreed on.

    What has been a meeting could not be written: wherever it differs, that is a change of today.
    """
    assert pair.agreed is not None and pair.echo is not None
    is_freed = pair.mirror is not None and pair.observed and pair.observed.mirror is None
    return pair.agreed if is_freed else pair.echo
