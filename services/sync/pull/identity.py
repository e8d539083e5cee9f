"""Identity of items whose id has changed. Pure.

Desktop Outlook gives an event a new id when it is dragged, and a delta round then shows one item
that is gone and one that is new. :func:`moved_to` says which new item is which pair's, so that the
event keeps its pair, its history and everything attached to it here.

Reads lag behind writes, so the deletion may show long before the new item does. The pair of an item
that is gone keeps a trace of it (:func:`gone`). While the item may still show under another id
(:func:`may_be_elsewhere`), nothing is made in its place. A pair that has ended is remembered for
much longer (:func:`may_show_again`), since Microsoft promises no bound for its lag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from services.graph.remote_item import RemoteItem
from services.model.accounts import RemoteId
from services.model.pairs import Pair, Trace
from services.sync.sides.expanded import series_of
from services.sync.state.link_pass import READS_LAG

__all__ = [
    "KNOWN_FOR",
    "gone",
    "may_be_elsewhere",
    "may_show_again",
    "moved_to",
    "namesakes",
]

T = TypeVar("T")

KNOWN_FOR = timedelta(days=7)
"""For so long at least an item that is gone is known again. A full round comes within that time,
and the first one after it forgets."""


def gone(pair: Pair, now: datetime) -> Pair:
    """Return a pair whose item is not there any more, with what would identify the item."""
    was = pair.observed
    if was is None:
        return pair
    trace = Trace(transaction_id=was.transaction_id, uid=was.uid, at=now)
    return replace(pair, observed=None, trace=trace)


def may_be_elsewhere(pair: Pair, now: datetime) -> bool:
    """Tell whether an item that is gone may show under another id within minutes."""
    trace = pair.trace
    if pair.observed is not None or trace is None or not (trace.transaction_id or trace.uid):
        return False
    return now - trace.at < READS_LAG


def may_show_again(pair: Pair, now: datetime) -> bool:
    """Tell whether an item that is gone is still to be known again.

    An occurrence of an expanded series is not: without its series it means nothing.
    """
    if pair.observed is not None or pair.trace is None or pair.team is None:
        return False
    return series_of(pair.team) is None and now - pair.trace.at < KNOWN_FOR


def moved_to(
    pairs: Mapping[RemoteId, Pair], seen: Mapping[RemoteId, RemoteItem[Any] | None]
) -> dict[RemoteId, Pair]:
    """Return the pairs whose item has another id now, by that id.

    An item that we made is known by its transaction id, which a copy lacks. An item that a person
    made is known by its ``uid`` (``iCalUId``), if exactly one item that is gone and exactly one
    new item have it. An item that is gone just now comes before one that is only remembered, and
    that one is known by its ``uid`` only while no other item has the same.
    """
    new = [item for id, item in seen.items() if item is not None and id not in pairs]
    if not new:
        return {}
    # Gone in this round, or in one before.
    left = [pair for id, pair in pairs.items() if seen.get(id, pair.observed) is None]
    if not left:
        return {}
    made = _known([(_names(pair)[0], pair) for pair in left if pair.ours], set())
    there = {pair.observed.uid for id, pair in pairs.items() if pair.observed and id not in seen}
    there |= {item.uid for id, item in seen.items() if item is not None and id in pairs}
    found = _known([(_names(pair)[1], pair) for pair in left if not pair.ours], there)
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


def _names(pair: Pair) -> tuple[str, str]:
    named = pair.observed or pair.trace
    return (named.transaction_id, named.uid) if named else ("", "")


def _known(named: list[tuple[str, Pair]], there: set[str]) -> dict[str, Pair]:
    """Return which pair a name means, where it means one."""
    just_now = [(name, pair) for name, pair in named if not pair.is_remembered]
    taken = there | {name for name, _ in just_now}
    before = _alone((name, pair) for name, pair in named if pair.is_remembered)
    return {name: before[name] for name in before.keys() - taken} | _alone(just_now)


def _alone(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return those whose name nobody else has, by name."""
    listed = list(named)
    times = Counter(name for name, _ in listed)
    return {name: each for name, each in listed if name and times[name] == 1}
