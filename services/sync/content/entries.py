"""Merge two lists entry by entry, where each entry is a wish of its own. Pure.

:func:`mixed` takes a list of the team's (its e-mail addresses, say), Outlook's, and how both looked
when they last agreed. What either side added is there afterwards, and what either side took out
is not. An entry that had no place in Outlook is not one that somebody took out there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

__all__ = ["mixed"]

T = TypeVar("T")


def mixed(
    team: Sequence[T],
    remote: Sequence[T],
    sent: Sequence[T],
    shown: Sequence[T],
    key: Callable[[T], Hashable],
) -> tuple[T, ...]:
    """Return one list for both sides: Outlook's entries first, in its order and spelling.

    Args:
        team: what the team says now, all of it.
        remote: what Outlook says now.
        sent: what Outlook had when both last agreed, as the team spells it.
        shown: the same as Outlook spells it.
        key: returns what two spellings of one entry share.
    """
    # A server may write a number in its own way; then only the place in the row tells.
    is_row = len(sent) == len(shown)
    alias = dict(zip(map(key, shown), map(key, sent), strict=True)) if is_row else {}
    there = {alias.get(key(one), key(one)): one for one in remote}
    known = set(map(key, sent))
    taken_out = known - set(map(key, team))
    kept = [one for name, one in there.items() if name not in taken_out]
    beside = [one for one in team if key(one) not in known and key(one) not in there]
    return (*kept, *beside)
