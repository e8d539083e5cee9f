"""How the pairs of a link stand once a pass has looked at them: what is settled, what is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from services.model.accounts import RemoteId
from services.model.links import Tally
from services.model.pairs import Intent, Pair
from services.sync.held import is_counted
from services.sync.link_pass import LinkPass
from services.sync.recover import UNHEARD

__all__ = ["MOST_LOOSE", "is_in_step", "loose", "tally"]

MOST_LOOSE = 500
"""Of so many open pairs at most the link keeps the names."""


def loose(pairs: Iterable[Pair]) -> tuple[RemoteId, ...] | None:
    """Return the pairs that are not settled; ``None`` = too many to be named."""
    names = tuple(pair.remote for pair in pairs if not _is_settled(pair))
    return names if len(names) <= MOST_LOOSE else None


def is_in_step(pair: Pair) -> bool:
    """Tell whether Outlook shows what was agreed on, and has refused nothing.

    Who may change the book is asked at each pass, so what waits for a say is looked at each time.
    """
    if pair.observed is None or pair.refused or pair.is_apart:
        return False
    if pair.observed.mirror != pair.mirror:
        return False
    return pair.echo == pair.observed.content


def _is_settled(pair: Pair) -> bool:
    is_heard = pair.observed is not None and pair.observed.epoch != UNHEARD
    return is_heard and pair.team is not None and is_in_step(pair)


def tally(run: LinkPass, pairs: Iterable[Pair], intents: Collection[Intent]) -> Tally:
    """Return how the items stand; intents are creates that have not ended."""
    aside = sum(intent.is_set_aside for intent in intents)
    settled, waiting = run.held.others, len(intents) - aside
    for pair in pairs:
        settled += is_counted(pair)
        waiting += pair.refused > 0 and not pair.is_set_aside
        aside += pair.is_set_aside
    return Tally(in_step=settled, waiting=waiting, set_aside=aside + len(run.link.unread))
