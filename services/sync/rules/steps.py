"""The decision table of the sync: what to do with one pair. Pure.

:func:`plan_step` takes the team's copy, Outlook's copy, and the base that both agreed on last, and
returns one :class:`Action`.

Each action writes one side only, so each can be repeated. A merge is no exception: it writes the
team's copy, and what remains for Outlook is a PUSH of the next survey.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from services.sync.content.canonical import Canonical

__all__ = ["Action", "Triple", "plan_step", "too_many_deletions"]

_ALWAYS_ALLOWED = 10
_ALLOWED_SHARE = 0.2


class Action(StrEnum):
    """What the engine should do with one pair."""

    KEEP = auto()
    AGREE = auto()  # both say the same again: only remember it
    PUSH = auto()  # team -> Microsoft 365
    PULL = auto()  # Microsoft 365 -> team
    MERGE = auto()  # edited on both sides: merge into the team's copy
    CREATE_REMOTE = auto()
    CREATE_TEAM = auto()
    DELETE_REMOTE = auto()
    DELETE_TEAM = auto()
    FORGET = auto()  # gone on both sides: drop the pair
    # What a link's policy (services.sync.rules.policy) and other mailboxes
    # (services.sync.rules.meetings) make of others; plan_step never answers these.
    RESTORE = auto()  # put back in Outlook what somebody changed there and may not
    WITHDRAW = auto()  # take our copy out of Outlook; the team's event stays
    ACCEPT = auto()  # the team's side is another mailbox's to change: only remember what is said
    LOOK = auto()  # see which picture a contact has in Outlook; what to do follows from that


@dataclass(frozen=True, slots=True)
class Triple:
    """One pair in canonical form; ``None`` means "not there".

    ``agreed`` and ``echo`` are the base in two spellings, the team's and Outlook's. Both are
    ``None`` while the two sides have never agreed.
    """

    team: Canonical | None
    remote: Canonical | None
    agreed: Canonical | None
    echo: Canonical | None


def plan_step(pair: Triple, *, mirror: bool = False) -> Action:
    """Return the step that makes both sides equal without losing an edit.

    Args:
        pair: both sides and what they agreed on.
        mirror: the Microsoft 365 copy is somebody's meeting: it is never written or deleted.
    """
    if pair.team is None or pair.remote is None:
        return _plan_absence(pair, mirror)
    team_changed = pair.team != pair.agreed
    remote_changed = pair.remote != pair.echo
    if not team_changed and not remote_changed:
        return Action.KEEP
    if pair.team == pair.remote:  # an own echo, or two people with the same idea
        return Action.AGREE
    if team_changed and remote_changed:
        return Action.MERGE
    if team_changed:
        return Action.PULL if mirror else Action.PUSH
    return Action.PULL


def _plan_absence(pair: Triple, mirror: bool) -> Action:
    """Plan for a pair of which at least one side is not there. An edit beats a delete."""
    if pair.team is None and pair.remote is None:
        return Action.FORGET
    if pair.team is None:
        # New in Outlook, or edited there after the team deleted it, or not ours to delete.
        if pair.agreed is None or pair.remote != pair.echo or mirror:
            return Action.CREATE_TEAM
        return Action.DELETE_REMOTE
    if mirror:  # a meeting has no life of its own; a leftover of an earlier link stays as it is
        return Action.KEEP if pair.agreed is None else Action.DELETE_TEAM
    # New in the team, or edited there after somebody deleted it in Outlook.
    return Action.CREATE_REMOTE if pair.team != pair.agreed else Action.DELETE_TEAM


def too_many_deletions(actions: Iterable[Action], pairs: int) -> bool:
    """Return whether a pass would delete so many items that a person has to confirm it."""
    deletions = sum(a in (Action.DELETE_REMOTE, Action.DELETE_TEAM) for a in actions)
    return deletions > max(_ALWAYS_ALLOWED, pairs * _ALLOWED_SHARE)
