"""Three-way merge of lists whose entries are independent of each other. Pure.

:func:`mixed` takes the team's list (e-mail addresses, say), Outlook's, and the base. What either
side added is kept, and what either side removed is removed. An entry that had no place in Outlook
does not count as removed there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

__all__ = ["mixed"]

T = TypeVar("T")


def mixed(
    team: Sequence[T],
    remote: Sequence[T],
    agreed: Sequence[T],
    echo: Sequence[T],
    key: Callable[[T], Hashable],
) -> tuple[T, ...]:
    """Return one list for both sides: Outlook's entries first, in its order and spelling.

    Args:
        team: what the team says now, all of it.
        remote: what Outlook says now.
        agreed: the base as the team spells it, as far as it had places in Outlook.
        echo: the base as Outlook spells it.
        key: returns what all spellings of an entry share.
    """
    # A server may rewrite a number; then only the position tells which entry it is.
    is_row = len(agreed) == len(echo)
    alias = dict(zip(map(key, echo), map(key, agreed), strict=True)) if is_row else {}
    there = {alias.get(key(one), key(one)): one for one in remote}
    known = set(map(key, agreed))
    taken_out = known - set(map(key, team))
    kept = [one for name, one in there.items() if name not in taken_out]
    beside = [one for one in team if key(one) not in known and key(one) not in there]
    return (*kept, *beside)
