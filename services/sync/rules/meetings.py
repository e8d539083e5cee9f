"""What the team has and another mailbox alone has a say in: a meeting of its, or what is private.

A meeting is changed in Outlook alone, so what the team shows of it was said by one mailbox; what is
private to somebody is shown to all others as the time that it takes. Of either a mailbox may have a
copy, and of a meeting also the same meeting. :func:`among_mailboxes` turns the step that
:mod:`services.sync.rules.steps` has found for one of these into one that ends: a copy follows what
the team shows, and of two meetings each tells the team when it has changed itself, and never
because the other one has. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.model.pairs import Pair
from services.sync.rules.steps import Action
from services.sync.sides.team import TeamItem

__all__ = ["among_mailboxes"]

_TO_A_COPY: Mapping[Action, Action] = {
    # What is changed in a copy is put back.
    Action.PULL: Action.RESTORE,
    Action.MERGE: Action.RESTORE,
    Action.AGREE: Action.ACCEPT,
}
_GONE = frozenset({Action.DELETE_TEAM, Action.CREATE_REMOTE})


def among_mailboxes(
    action: Action, pair: Pair, item: TeamItem[Any], *, has_changed: bool
) -> Action:
    """Return the step for a pair of whose item another mailbox has the say.

    Args:
        action: what would bring both sides into step.
        pair: what this mailbox has of it.
        item: what the team shows, which is there.
        has_changed: this mailbox says something new since both sides last met.
    """
    if pair.observed is not None and pair.observed.mirror is not None:
        return action if has_changed or action is Action.KEEP else Action.ACCEPT
    if action in _GONE:  # who deletes the copy of a meeting has deleted that; nothing else goes
        return Action.CREATE_REMOTE if item.mirror is None else Action.FORGET
    return _TO_A_COPY.get(action, action)
