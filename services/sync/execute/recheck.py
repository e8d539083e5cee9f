"""Preconditions of a write, checked just before it: has either side changed since the plan?

An item that Outlook shows as somebody's meeting is never written or deleted there, whatever the
plan says: that would mail people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.errors import ReadOnly, Stale
from services.model.pairs import Observation, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.pull.identity import gone
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass

__all__ = ["recheck_remote", "recheck_team"]


async def recheck_remote(run: LinkPass, pair: Pair, observed: Observation) -> RemoteItem[Any]:
    """Return Outlook's item as it is now, if it is as the plan saw it.

    Raises:
        Stale: it is not; the pair has been committed with what it is. Or it was made or changed so
            recently that reads may lag: the next delta round tells whether it is gone.
        ReadOnly: it is somebody's meeting.
    """
    seen = await run.outlook.find(pair.remote)
    if seen is None and (run.is_fresh(pair) or run.was_changed_lately(observed)):
        run.come_back_soon = True
        run.given_up.add(pair.remote)
        raise Stale
    now = None
    if seen is not None and not seen.is_cancelled:
        # Whether a delta round has shown it is another question.
        now = run.observe(seen, pair, epoch=observed.epoch)
    if seen is None or now != observed:
        left = gone(pair, run.clock.now()) if seen is None else replace(pair, observed=now)
        await run.commit(LinkChanges(put_pairs=(left,)))
        raise Stale
    if now.mirror is not None:
        raise ReadOnly(now.mirror.reason)
    return seen


async def recheck_team(run: LinkPass, item: TeamItem[Any]) -> None:
    """Check that the team's item is as the plan saw it.

    Raises:
        Stale: it is not.
    """
    now = await run.team.find(item.id)
    if now is None or now.revision != item.revision:
        raise Stale
