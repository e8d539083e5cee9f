"""Values that lost a merge or were reverted: kept with their pair, and offered to their authors."""

from __future__ import annotations

from typing import Any

from services.books.ripples import MEANWHILE
from services.model.pairs import Conflict, Pair, Side
from services.sync.content.canonical import Canonical
from services.sync.content.merge import Clash
from services.sync.content.shape import shape_of
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass

__all__ = ["is_being_told", "losers"]

KEPT = 5
TOLD_WITHIN = 2 * MEANWHILE
"""For so long a pair with a new loser stays: by then its author has been offered it."""


def losers(
    run: LinkPass, pair: Pair, item: TeamItem[Any], clashes: tuple[Clash[Any], ...]
) -> tuple[Conflict, ...]:
    """Return the losers that a pair keeps: the newest few, with those of ``clashes`` last."""
    now = run.clock.now()
    by = {
        Side.TEAM: (Side.TEAM, item.updated_by),
        Side.REMOTE: (Side.REMOTE, run.link.person),
    }
    if item.mailbox is not None:  # what the team says was written in an Outlook
        by[Side.TEAM] = Side.REMOTE, item.mailbox
    lost = []
    for clash in clashes:
        where, author = by[clash.side]
        lost.append(Conflict(clash.group, where, clash.value, now, author))
    # A merge that was cut short has stored its losers already.
    told = set(map(_said, lost))
    kept = [old for old in pair.lost if _said(old) not in told]
    return (*kept, *lost)[-KEPT:]


def is_being_told(run: LinkPass, pair: Pair) -> bool:
    """Tell whether an author is about to be offered what lost, which is dropped with its pair.

    A removal waits for that, also where a person deletes the item: what lost they have not seen.
    """
    return bool(pair.lost) and run.clock.now() - pair.lost[-1].at < TOLD_WITHIN


def _said(conflict: Conflict) -> tuple[str, Side, Canonical]:
    return conflict.field, conflict.side, shape_of(conflict.value).canonical(conflict.value)
