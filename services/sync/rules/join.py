"""Find the items that both sides have already at their first sync. Pure.

:func:`join` pairs an Outlook item with a team's item of the same likeness (of an event: title and
times), so that connecting, or connecting again, doubles nothing. Each item is used once; of several
alike, those that come first by id are paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from services.model.accounts import RemoteId
from services.model.items import Content
from services.model.pairs import Pair
from services.sync.content.canonical import Canonical
from services.sync.content.shape import shape_of
from services.sync.sides.team import TeamItem

__all__ = ["join", "join_by_uid"]

_FOREIGN = b"vCal-Uid\1\0\0\0".hex()
"""Marks a UID that another program gave, within a global object id; source: [MS-OXCICAL], UID."""


def join_by_uid(
    pairs: Iterable[Pair], items: Iterable[TeamItem[Any]]
) -> dict[RemoteId, TeamItem[Any]]:
    """Return the team's item for each Outlook item of the same UID.

    What was imported from a file may have been renamed or moved since, on either side. Takes what
    :func:`join` does.
    """
    named = {_plain(item.uid): item for item in sorted(items, key=lambda item: item.id)[::-1]}
    named.pop("", None)
    found: dict[RemoteId, TeamItem[Any]] = {}
    for pair in sorted(pairs, key=lambda pair: pair.remote) if named else ():
        if pair.observed is not None and (item := named.pop(_plain(pair.observed.uid), None)):
            found[pair.remote] = item
    return found


def join(pairs: Iterable[Pair], items: Iterable[TeamItem[Any]]) -> dict[RemoteId, TeamItem[Any]]:
    """Return the team's item for each Outlook item that has one of its likeness.

    Args:
        pairs: items that were seen in Outlook only.
        items: the team's items without a pair.
    """
    seen = sorted(pairs, key=lambda pair: pair.remote)
    free = sorted(items, key=lambda item: item.id, reverse=True)
    found: dict[RemoteId, TeamItem[Any]] = {}
    if not seen or not free:  # nothing to compare, and ten thousand likenesses take a while
        return found
    waiting: dict[Canonical, list[TeamItem[Any]]] = defaultdict(list)
    for item in free:
        waiting[_likeness(item.content)].append(item)
    for pair in seen:
        if pair.observed is not None and (alike := waiting.get(_likeness(pair.observed.content))):
            found[pair.remote] = alike.pop()
    return found


def _plain(uid: str) -> str:
    """Return a UID as files spell it: Exchange wraps one that is not its own."""
    _, is_wrapped, rest = uid.casefold().partition(_FOREIGN)
    if not is_wrapped:
        return uid
    try:
        return bytes.fromhex(rest).rstrip(b"\0").decode()
    except ValueError:
        return uid


def _likeness(content: Content) -> Canonical:
    return shape_of(content).likeness(content)
