"""Steps for items that belong to another mailbox: its meetings, and its private events. Pure.

A meeting can be changed in Outlook alone, so one mailbox has written what the team shows of it; an
event that is private to somebody is shown to all others as *Busy*. Another mailbox may hold a copy
of either, or be in the same meeting. Two mailboxes that both pushed their version would never come
to rest. So :func:`among_mailboxes` limits the step: a copy follows what the team shows, and a
meeting is pulled only when it has changed itself, never because another mailbox's has. What
another's says does not become the base of a meeting: its owner has not seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.model.pairs import Pair
from services.sync.rules.steps import Action
from services.sync.sides.team import TeamItem

__all__ = ["among_mailboxes"]

_TO_A_COPY: Mapping[Action, Action] = {
    # A change in a copy is reverted.
    Action.PULL: Action.RESTORE,
    Action.MERGE: Action.RESTORE,
    Action.AGREE: Action.ACCEPT,
}
_GONE = frozenset({Action.DELETE_TEAM, Action.CREATE_REMOTE})


def among_mailboxes(
    action: Action, pair: Pair, item: TeamItem[Any], *, has_changed: bool
) -> Action:
    """Return the step for a pair whose item belongs to another mailbox.

    Args:
        action: what would bring both sides into step.
        pair: what this mailbox has of it.
        item: what the team shows; not deleted.
        has_changed: this mailbox's item has changed since the base.
    """
    if pair.observed is not None and pair.observed.mirror is not None:
        if has_changed:
            return action
        return Action.ACCEPT if pair.agreed is None else Action.KEEP
    if action in _GONE:  # deleting a copy of a meeting is final; any other copy is made again
        return Action.CREATE_REMOTE if item.mirror is None else Action.FORGET
    return _TO_A_COPY.get(action, action)
