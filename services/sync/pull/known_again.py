"""Items that show again: under another id, or long after they were seen to be gone.

A pair that has ended is remembered for a while (:mod:`services.sync.pull.identity`). A pass does
not look at it; :func:`include_known` finds it by the names of its item. If the item shows, and a
mailbox had deleted it from the team because it seemed gone, it comes back as the same item, with
its history (:func:`shown_again`). If a person here had deleted it, it is deleted in Outlook as
well, unless somebody has changed it there since both sides agreed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.graph.remote_item import RemoteItem
from services.model.items import ItemId
from services.model.pairs import Former, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import ended

__all__ = ["include_known", "is_taken_out", "remembered", "shown_again", "still_known"]


async def include_known(run: LinkPass, told: Iterable[RemoteItem[Any]]) -> None:
    """Hold the pairs that new items of a round may have had, by what outlives an id."""
    here = await run.held.pairs()
    new = [item for item in told if item.id not in here]
    names = {name for item in new for name in (item.transaction_id, item.uid) if name}
    await run.held.include_remembered(names)
    uids = {item.uid for item in new} - {""}
    known = (pair for pair in (await run.held.pairs()).values() if pair.is_remembered)
    if any(pair.trace and pair.trace.uid in uids for pair in known if not pair.ours):
        await run.held.include_all()  # whether a uid is unique can be said of all pairs only


def is_taken_out(item: TeamItem[Any] | None) -> bool:
    """Tell whether a mailbox has deleted an item from the team, and no person here."""
    if item is None:
        return True
    return item.is_deleted and item.updated_by is None and not item.is_expanded


def remembered(pair: Pair) -> Pair:
    """Return a pair as one that has ended; its item is gone from Outlook."""
    return replace(ended(pair), is_remembered=True)


def still_known(former: Former | None, team: ItemId | None) -> tuple[Pair, ...]:
    """Return the remembered pair of an original whose replacement goes for good; it may show yet.

    Args:
        former: the original; ``None`` = the item replaces none.
        team: the item of the team that it had.
    """
    if former is None or former.remote is None:
        return ()
    pair = Pair(
        remote=former.remote,
        origin=former.origin,
        team=team,
        agreed=former.agreed,
        echo=former.echo,
        observed=None,
        trace=former.trace,
        former=former.previous,
        ours=former.ours,
        is_remembered=True,
    )
    return (pair,)


async def shown_again(run: LinkPass, pair: Pair, item: RemoteItem[Any]) -> LinkChanges:
    """Return what gives an item its pair back, under whatever id it shows now."""
    was_gone, left = pair.observed is None, () if pair.remote == item.id else (pair.remote,)
    origin = (pair.origin or pair.remote) if left else pair.origin
    now = replace(pair, remote=item.id, origin=origin, trace=None, is_remembered=False)
    now = replace(now, observed=run.observe(item, now), refused=0)
    if was_gone and not pair.is_double and is_taken_out(await _of_team(run, pair)):
        # It comes back, with what the team has changed of it since they agreed.
        now = replace(now, agreed=now.agreed if run.policy.lets_in else None, echo=None)
    return LinkChanges(put_pairs=(now,), drop_pairs=left)


async def _of_team(run: LinkPass, pair: Pair) -> TeamItem[Any] | None:
    return await run.team.find(pair.team) if pair.team else None
