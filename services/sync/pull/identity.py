"""Identity of items whose id has changed. Pure.

Desktop Outlook gives an event a new id when it is dragged, and a delta round then shows one item
that is gone and one that is new. :func:`moved_to` says which new item is which pair's, so that the
event keeps its pair, its history and everything attached to it here.

Reads lag behind writes, so the deletion may show long before the new item does. The pair of an item
that is gone keeps a trace of it (:func:`gone`). While the item may still show under another id
(:func:`may_be_elsewhere`), nothing is made in its place and its pair is not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from services.graph.remote_item import RemoteItem
from services.model.accounts import RemoteId
from services.model.pairs import Pair, Trace
from services.sync.state.link_pass import READS_LAG

__all__ = ["gone", "may_be_elsewhere", "moved_to", "namesakes"]

T = TypeVar("T")


def gone(pair: Pair, now: datetime) -> Pair:
    """Return a pair whose item is not there any more, with what would identify the item."""
    was = pair.observed
    if was is None:
        return pair
    is_named = was.transaction_id or was.uid
    trace = Trace(transaction_id=was.transaction_id, uid=was.uid, at=now) if is_named else None
    return replace(pair, observed=None, trace=trace)


def may_be_elsewhere(pair: Pair, now: datetime) -> bool:
    """Tell whether an item that is gone may still show under another id."""
    return pair.observed is None and pair.trace is not None and now - pair.trace.at < READS_LAG


def moved_to(
    pairs: Mapping[RemoteId, Pair], seen: Mapping[RemoteId, RemoteItem[Any] | None]
) -> dict[RemoteId, Pair]:
    """Return the pairs whose item has another id now, by the new id.

    An item that we made is known by its transaction id, which a copy lacks. An item that a person
    made is known by its ``uid`` (``iCalUId``), if exactly one item that is gone and exactly one
    new item have it.
    """
    new = [item for id, item in seen.items() if item is not None and id not in pairs]
    if not new:
        return {}
    # Gone in this round, or in one before.
    left = [pair for id, pair in pairs.items() if seen.get(id, pair.observed) is None]
    told = [(named, pair) for pair in left if (named := pair.observed or pair.trace)]
    if not told:
        return {}
    made = _alone((named.transaction_id, pair) for named, pair in told if pair.ours)
    found = _alone((named.uid, pair) for named, pair in told if not pair.ours)
    came = _alone((item.uid, item) for item in new)
    moved = {item.id: made[item.transaction_id] for item in new if item.transaction_id in made}
    return moved | {came[uid].id: found[uid] for uid in came.keys() & found.keys()}


def namesakes(
    pairs: Mapping[RemoteId, Pair],
    ids: Iterable[RemoteId],
    seen: Mapping[RemoteId, RemoteItem[Any]],
) -> list[RemoteId]:
    """Return the new items that may be those of some pairs, if the items of these have gone."""
    named = [was for id in ids if (was := pairs[id].observed or pairs[id].trace)]
    names = {name for was in named for name in (was.transaction_id, was.uid)} - {""}
    new = (item for id, item in seen.items() if id not in pairs)
    return [item.id for item in new if names & {item.transaction_id, item.uid}]


def _alone(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return those whose name nobody else has, by name."""
    listed = list(named)
    times = Counter(name for name, _ in listed)
    return {name: each for name, each in listed if name and times[name] == 1}
