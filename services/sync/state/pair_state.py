"""How the pairs of a link stand once a pass has looked at them: what is settled, what is not. Pure.

A pair is *in step* when Outlook shows what was agreed on, and *settled* once a round has told of
it, too: then it needs no look until one of its sides changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from services.model.accounts import RemoteId
from services.model.links import Tally
from services.model.pairs import Intent, Pair

__all__ = ["MOST_LOOSE", "NOT_SHOWN", "is_counted", "is_in_step", "is_settled", "named", "tally"]

NOT_SHOWN = 0
"""The epoch of an item that was made here and that no round has told of yet."""
MOST_LOOSE = 500
"""Of so many open pairs at most the link keeps the names."""


def is_counted(pair: Pair) -> bool:
    """Whether a pair counts as in step."""
    return pair.agreed is not None and not pair.refused


def is_in_step(pair: Pair) -> bool:
    """Tell whether Outlook shows what was agreed on, and has refused nothing.

    Who may change the book is asked at each pass, so what waits for a say is looked at each time.
    """
    if pair.observed is None or pair.refused or pair.is_apart or pair.is_double:
        return False
    if pair.observed.mirror != pair.mirror:
        return False
    seen = pair.observed.content
    return (pair.echo is seen or pair.echo == seen) and not pair.observed.is_kept_out


def is_settled(pair: Pair) -> bool:
    """Tell whether nothing is left to be done about a pair, or to be waited for."""
    is_shown = pair.observed is not None and pair.observed.epoch != NOT_SHOWN
    return is_shown and pair.former is None and pair.team is not None and is_in_step(pair)


def named(loose: Collection[RemoteId]) -> tuple[RemoteId, ...] | None:
    """Return what a link keeps of the pairs that are not settled; ``None`` = too many."""
    return tuple(sorted(loose)) if len(loose) <= MOST_LOOSE else None


def tally(pairs: Iterable[Pair], intents: Collection[Intent], *, others: int, unread: int) -> Tally:
    """Return how the items stand.

    Args:
        pairs: those that were looked at.
        intents: creates that have not ended.
        others: how many pairs there are beside, all of them in step.
        unread: how many items of Outlook could not be read.
    """
    aside = sum(intent.is_set_aside for intent in intents)
    settled, waiting = others, len(intents) - aside
    for pair in pairs:
        settled += is_counted(pair)
        waiting += pair.refused > 0 and not pair.is_set_aside
        aside += pair.is_set_aside
    return Tally(in_step=settled, waiting=waiting, set_aside=aside + unread)
