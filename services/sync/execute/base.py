"""The base of a three-way merge, also where the pair does not hold it. Pure.

:func:`base_of` returns what both sides last agreed on, :func:`echo_of` how Outlook spelled it.
Mostly the pair holds both. It does not if the two items were joined just now, or while Outlook
could not write to the team (``Pair.is_apart``), or if an import crashed before its pair was
written. And the echo of what has been a meeting is not used: nobody here could answer it, and
what other mailboxes have said meanwhile is no part of the base.
"""

from __future__ import annotations

from typing import Any

from services.model.accounts import Link
from services.model.items import Content
from services.model.pairs import Pair, Side
from services.sync.content.merge import Base, Clash, first_meeting, unlike_meeting
from services.sync.content.shape import shape_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import imported_id

__all__ = ["base_of", "echo_of", "reverted"]


def base_of(link: Link, pair: Pair, item: TeamItem[Any], told: Content) -> Base[Any] | None:
    """Return what both sides last agreed on; ``None`` = that is not known any more.

    Args:
        link: whose pair it is.
        pair: what is known of Outlook's side.
        item: the team's.
        told: what Outlook is to show of it.
    """
    assert pair.observed is not None
    if item.mirror is not None and not item.is_anothers:
        # It says what this mailbox had shown, and nobody here could change that.
        return Base(item.content, item.content)
    if not pair.is_apart:
        if pair.agreed is not None:
            return Base(pair.agreed, echo_of(pair, told))
        if item.id == imported_id(link, pair):
            # An import whose pair was not written, and whose item may have been edited since.
            return None
    likeness = shape_of(item.content).likeness
    if likeness(pair.observed.content) != likeness(item.content):
        # They were joined by their ids elsewhere, or one was changed before they were merged.
        return unlike_meeting(item.content, pair.observed.content)
    return first_meeting(item.content)


def reverted(pair: Pair, told: Content) -> tuple[Clash[Any], ...]:
    """Return what was changed in Outlook and may not enter: it loses to what Outlook is told."""
    assert pair.observed is not None
    said, shape = pair.observed.content, shape_of(told)
    theirs = shape.differing(said, echo_of(pair, told) if pair.agreed is not None else told)
    return tuple(Clash(group, Side.REMOTE, said) for group in sorted(theirs))


def echo_of(pair: Pair, told: Content) -> Content:
    """Return how Outlook spelled what was agreed on.

    An item that was a meeting until now could not be written: all in which it differs from what it
    is ``told`` now counts as a change. So does all that differs from what was agreed on where the
    spelling is not known any more, of what was gone and shows again.
    """
    assert pair.agreed is not None
    is_freed = pair.mirror is not None and pair.observed and pair.observed.mirror is None
    return told if is_freed else pair.echo or pair.agreed
