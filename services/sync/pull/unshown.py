"""Which pairs a delta round leaves open: their items have to be asked for by id. Pure.

A round says what has changed. It says nothing of an item that was made and deleted between two
rounds, and a full round says nothing of what is gone. :func:`unshown` names the pairs of which the
round should have said something, and did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from services.model.accounts import RemoteId
from services.model.errors import ReadOnlyReason
from services.model.items import Content
from services.model.links import Privacy
from services.model.pairs import Cursor, Pair
from services.sync.content.shape import shape_of
from services.sync.pull.delta_round import DeltaRound
from services.sync.state.link_pass import LinkPass
from services.sync.state.pair_state import NOT_SHOWN

__all__ = ["reappeared", "unshown"]

MOST_OPENED = 200
"""So many items outside of the window are asked for by id when they may show their details again;
the next full round goes on with the rest."""

Pairs = Mapping[RemoteId, Pair]


def unshown(
    run: LinkPass, pairs: Pairs, delta: DeltaRound, before: Cursor, *, full: bool
) -> set[RemoteId]:
    """Return items that have to be asked for by id.

    Args:
        run: the pass.
        pairs: those that are held; all of them in a full round.
        delta: the round.
        before: the cursor that the round went on from; the window of a full one.
        full: whether it was a full round.
    """
    found = _not_shown(pairs, before)
    if full:
        found |= _in_window(run, before, pairs) - delta.unread.keys()
        hidden = (id for id in _still_hidden(run, pairs) if id not in delta.changed)
        found |= set(islice(hidden, MOST_OPENED))
    return found - delta.changed.keys()


def reappeared(pairs: Pairs, delta: DeltaRound) -> set[RemoteId]:
    """Return items that the round shows under another id: the old one may be gone already."""
    told = {item.transaction_id for id, item in delta.changed.items() if id not in pairs} - {""}
    return {
        id for id, pair in pairs.items() if pair.observed and pair.observed.transaction_id in told
    }


def _not_shown(pairs: Pairs, cursor: Cursor) -> set[RemoteId]:
    """Return items that no round up to this cursor has shown.

    We made them since, or they were stored by a process that died before the cursor was. If one of
    them was deleted meanwhile, the next round might not mention it at all.
    """
    return {
        id
        for id, pair in pairs.items()
        if pair.observed and not NOT_SHOWN < pair.observed.epoch <= cursor.epoch
    }


def _in_window(run: LinkPass, cursor: Cursor, pairs: Pairs) -> set[RemoteId]:
    """Return items that a full round of this window should show."""
    return {
        pair.remote
        for pair in pairs.values()
        if pair.observed and _is_covered(run, cursor, pair.observed.content)
    }


def _is_covered(run: LinkPass, cursor: Cursor, content: Content) -> bool:
    return shape_of(content).covers(cursor, content, run.book.zone)


def _still_hidden(run: LinkPass, pairs: Pairs) -> Iterator[RemoteId]:
    """Yield items of which the team was shown the time alone, and may now see more."""
    if run.policy.settings.privacy is Privacy.BUSY_ONLY:
        return
    for id, pair in sorted(pairs.items()):
        mirror = pair.observed.mirror if pair.observed else None
        if mirror is not None and mirror.reason is ReadOnlyReason.BUSY_ONLY:
            yield id
