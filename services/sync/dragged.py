"""Items that have another id now: known by what outlives that. Pure.

Desktop Outlook gives an event a new id when it is dragged, and a round then tells of one item that
is gone and of one that is new. :func:`moved_to` says which of the new ones a pair's item has
become, so that the event keeps its pair, its history and whatever is said of it here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from services.graph.remote_item import RemoteItem
from services.model.accounts import RemoteId
from services.model.pairs import Pair

__all__ = ["moved_to"]

T = TypeVar("T")


def moved_to(
    pairs: Mapping[RemoteId, Pair], seen: Mapping[RemoteId, RemoteItem[Any] | None]
) -> dict[RemoteId, Pair]:
    """Return the pairs whose item has another id now, by that id.

    What we made is known by its transaction id, which a copy lacks; what people made by its
    ``uid``, if one item alone that is gone has it, and one alone that is new.
    """
    gone = [pair for id, item in seen.items() if item is None and (pair := pairs.get(id))]
    new = [item for id, item in seen.items() if item is not None and id not in pairs]
    made = _alone(
        (pair.observed.transaction_id, pair) for pair in gone if pair.ours and pair.observed
    )
    found = _alone((pair.observed.uid, pair) for pair in gone if not pair.ours and pair.observed)
    came = _alone((item.uid, item) for item in new)
    moved = {item.id: made[item.transaction_id] for item in new if item.transaction_id in made}
    return moved | {came[uid].id: found[uid] for uid in came.keys() & found.keys()}


def _alone(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return what has a name, and shares it with nobody."""
    listed = list(named)
    times = Counter(name for name, _ in listed)
    return {name: each for name, each in listed if name and times[name] == 1}
