"""The state of pairs: in step, settled, set aside; and how many there are of each. Pure.

A pair is *in step* when Outlook shows what was agreed on. It is *settled* once a delta round has
shown it, too: then nobody has to look at it until one of its sides changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from services.model.accounts import RemoteId
from services.model.links import Tally
from services.model.pairs import Intent, Pair

__all__ = [
    "MOST_LOOSE",
    "NOT_SHOWN",
    "ended",
    "has_to_be_looked_at",
    "is_counted",
    "is_in_step",
    "is_settled",
    "named",
    "tally",
]

NOT_SHOWN = 0
"""The epoch of an item that we made and that no delta round has shown yet."""
MOST_LOOSE = 500
"""A link names its open pairs up to so many."""


def is_counted(pair: Pair) -> bool:
    """Whether a pair counts as in step for the owner's overview."""
    is_tied = pair.team is not None and pair.agreed is not None
    return is_tied and not (pair.refused or pair.is_remembered)


def ended(pair: Pair) -> Pair:
    """Return a pair that has ended; its base stays, in case that both sides meet again.

    That of a meeting does not, since nobody here could answer it, and not of two that were never
    merged.
    """
    is_plain = pair.mirror is None and not pair.is_apart
    kept = pair if is_plain else replace(pair, agreed=None, echo=None)
    return replace(kept, mirror=None, is_apart=False, refused=0, why="", lost=())


def is_in_step(pair: Pair) -> bool:
    """Tell whether Outlook shows what was agreed on, and has refused nothing.

    A pair that is apart is never in step: whether it may be merged now is asked at each pass.
    """
    if pair.observed is None or pair.refused or pair.is_apart or pair.is_double:
        return False
    if pair.observed.mirror != pair.mirror or has_to_be_looked_at(pair):
        return False
    seen = pair.observed.content
    return (pair.echo is seen or pair.echo == seen) and not pair.observed.is_kept_out


def has_to_be_looked_at(pair: Pair) -> bool:
    """Tell whether the picture of a contact on both sides may be another one in Outlook by now."""
    is_met = pair.team is not None and pair.agreed is not None
    return is_met and pair.observed is not None and pair.observed.is_picture_due


def is_settled(pair: Pair) -> bool:
    """Tell whether a pair leaves nothing to do, and nothing to wait for."""
    if pair.is_remembered:
        return pair.former is None
    is_shown = pair.observed is not None and pair.observed.epoch != NOT_SHOWN
    return is_shown and pair.former is None and pair.team is not None and is_in_step(pair)


def named(loose: Collection[RemoteId]) -> tuple[RemoteId, ...] | None:
    """Return the names of the pairs that are not settled; ``None`` = too many to name."""
    return tuple(sorted(loose)) if len(loose) <= MOST_LOOSE else None


def tally(pairs: Iterable[Pair], intents: Collection[Intent], *, others: int, unread: int) -> Tally:
    """Count the items of a link by their state.

    Args:
        pairs: those that the pass holds.
        intents: the open creates.
        others: how many pairs it does not hold, all of them in step.
        unread: how many items of Outlook could not be read.
    """
    aside = sum(intent.is_set_aside for intent in intents)
    settled, waiting = others, len(intents) - aside
    for pair in pairs:
        settled += is_counted(pair)
        waiting += pair.refused > 0 and not pair.is_set_aside
        aside += pair.is_set_aside
    return Tally(in_step=settled, waiting=waiting, set_aside=aside + unread)
