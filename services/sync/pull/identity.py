"""Items that have another id now: known by what outlives that. Pure.

Desktop Outlook gives an event a new id when it is dragged, and a round then tells of one item that
is gone and of one that is new. :func:`moved_to` says which of the new ones a pair's item has
become, so that the event keeps its pair, its history and whatever is said of it here.

Reads lag behind writes, so a round may tell of the one before any tells of the other. Of what is
gone its pair keeps a trace (:func:`gone`), and while it may still show elsewhere
(:func:`may_be_elsewhere`) nothing is made in its place and the pair is not dropped.
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

__all__ = ["gone", "may_be_elsewhere", "moved_to"]

T = TypeVar("T")


def gone(pair: Pair, now: datetime) -> Pair:
    """Return a pair of which the item is not there any more."""
    was = pair.observed
    if was is None:
        return pair
    is_named = was.transaction_id or was.uid
    trace = Trace(transaction_id=was.transaction_id, uid=was.uid, at=now) if is_named else None
    return replace(pair, observed=None, trace=trace)


def may_be_elsewhere(pair: Pair, now: datetime) -> bool:
    """Tell whether what is gone may yet show under another id."""
    return pair.observed is None and pair.trace is not None and now - pair.trace.at < READS_LAG


def moved_to(
    pairs: Mapping[RemoteId, Pair], seen: Mapping[RemoteId, RemoteItem[Any] | None]
) -> dict[RemoteId, Pair]:
    """Return the pairs whose item has another id now, by that id.

    What we made is known by its transaction id, which a copy lacks; what people made by its
    ``uid``, if one item alone that is gone has it, and one alone that is new.
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


def _alone(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return what has a name, and shares it with nobody."""
    listed = list(named)
    times = Counter(name for name, _ in listed)
    return {name: each for name, each in listed if name and times[name] == 1}
