"""Orphans: items that a crashed pass imported into the book without writing their pairs.

An import writes the book first and the pair after it. Usually the next pass sees the item again and
recognises its import, whose id is derived from the remote id. But if the item was deleted, dragged
or moved out of the window meanwhile, no round mentions it, and the import would be taken for the
team's own. So the link names new items before they are imported (``Link.coming``), unless they are
very many, and the next pass asks by id for those that it neither sees nor has a pair of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.accounts import RemoteId
from services.model.errors import Unreadable
from services.model.pairs import Pair
from services.sync.state.link_pass import LinkPass, imported_id

__all__ = ["MOST_NAMED", "coming", "orphans"]

MOST_NAMED = 200
"""More than two batches of imports: so many may lack their pairs. A first sync of thousands names
none."""


def coming(before: Sequence[RemoteId], first: Iterable[Pair]) -> tuple[RemoteId, ...]:
    """Return the names of items that are about to be imported; none if they are too many.

    Args:
        before: named by an earlier pass, and no pass has finished since.
        first: pairs of items that this round shows for the first time.
    """
    names = sorted({*before, *(pair.remote for pair in first)})
    return tuple(names) if len(names) <= MOST_NAMED else ()


async def orphans(
    run: LinkPass, met: Collection[RemoteId]
) -> tuple[list[Pair], list[RemoteItem[Any]]]:
    """Return pairs of orphans whose item is gone, and the items of those that are still there.

    An orphan that somebody has edited here is the team's own by now.

    Args:
        run: the pass.
        met: items that the round has shown, or that have a pair.
    """
    gone: list[Pair] = []
    there: list[RemoteItem[Any]] = []
    for id in run.link.coming:
        if id in met:
            continue
        bare = Pair(remote=id, team=None, agreed=None, observed=None)
        item = await run.team.find(imported_id(run.link, bare))
        if item is None or item.is_deleted or item.updated_by is not None:
            continue
        try:
            found = await run.outlook.find(id)
        except Unreadable:
            continue  # it is there, and that was the question
        if found is not None:
            there.append(found)
            continue
        pair = Pair(remote=id, team=item.id, agreed=None, observed=None, mirror=item.mirror)
        said = run.leaving(item.content, pair)
        gone.append(Pair(remote=id, team=item.id, agreed=said, observed=None, mirror=item.mirror))
    return gone, there
