"""What a pass that died has brought into the book, and has not tied to where it came from.

The book is written first, the pair after it. Mostly the next pass meets the item again, and it
finds what was imported by an id that follows from where it came from. But whoever deletes it in
Outlook meanwhile, drags it or moves it out of the window leaves nothing that a round would tell of,
and what is in the book would be taken for the team's own. So the link names what is coming, as long
as that is not much, and a pass asks for what it neither meets nor knows.
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
"""More than two batches of an import: so many may have no pair yet. Of a first sync that brings
thousands no names are kept."""


def coming(before: Sequence[RemoteId], first: Iterable[Pair]) -> tuple[RemoteId, ...]:
    """Return the names of what is coming; none, where that is too much.

    Args:
        before: what an earlier pass has named, and has not come to its end since.
        first: what this round has shown for the first time.
    """
    names = sorted({*before, *(pair.remote for pair in first)})
    return tuple(names) if len(names) <= MOST_NAMED else ()


async def orphans(
    run: LinkPass, met: Collection[RemoteId]
) -> tuple[list[Pair], list[RemoteItem[Any]]]:
    """Return pairs of what is gone from Outlook since, and what is there and no round shows.

    What somebody here has edited is the team's by now.

    Args:
        run: the pass.
        met: what the round has shown, and what has a pair.
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
            continue  # it is there, which is all that was asked
        if found is not None:
            there.append(found)
            continue
        pair = Pair(remote=id, team=item.id, agreed=None, observed=None, mirror=item.mirror)
        said = run.leaving(item.content, pair)
        gone.append(Pair(remote=id, team=item.id, agreed=said, observed=None, mirror=item.mirror))
    return gone, there
