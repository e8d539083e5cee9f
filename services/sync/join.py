"""Find the items that two sides already share when they meet for the first time.

:func:`join` pairs an Outlook item with a team event of the same title and the same times, so
that connecting, or connecting again, doubles nothing. Each item is used once; of several alike
the first by id go together. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from services.model.accounts import Pair, RemoteId
from services.model.events import Event, EventContent
from services.sync.canonical import Canonical, canonical

__all__ = ["join"]


def join(pairs: Iterable[Pair], events: Iterable[Event]) -> dict[RemoteId, Event]:
    """Return for each Outlook item the team event that it is, where there is one.

    Args:
        pairs: items that were only seen in Outlook.
        events: team events without a pair.
    """
    waiting: dict[Canonical, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        waiting[_likeness(event.content)].append(event)
    found: dict[RemoteId, Event] = {}
    for pair in sorted(pairs, key=lambda pair: pair.remote):
        if pair.observed is not None and (alike := waiting[_likeness(pair.observed.content)]):
            found[pair.remote] = alike.pop()
    return found


def _likeness(content: EventContent) -> Canonical:
    when, title, *_ = canonical(content)
    return when, title
