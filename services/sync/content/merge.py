"""Three-way merge of an item's content, group by group. Pure.

:func:`merge` takes what the team says, what Outlook says, and what both said when they last
agreed. A group that one side changed is taken from that side. If both changed a group to different
values, one wins and the other is returned as a :class:`Clash`, never dropped. Lists of independent
entries are merged entry by entry, and nobody loses.

The base has two spellings, the team's and Outlook's: a server that rewrites what it is given has
changed nothing. ``Merged.agreed`` is the base after the merge: once the team's record says
``Merged.content``, the rest is an ordinary one-sided change that is still to be sent. So no step
ever has to write both sides at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Generic, TypeVar

from services.model.items import Content
from services.model.pairs import Side
from services.sync.content.shape import shape_of

__all__ = ["Base", "Clash", "Merged", "first_meeting", "merge", "unlike_meeting", "winner"]

C = TypeVar("C", bound=Content)
Groups = frozenset[StrEnum]

_TOO_CLOSE_TO_TELL = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Base(Generic[C]):
    """What both sides last agreed on, in both spellings."""

    team: C
    remote: C


@dataclass(frozen=True, slots=True)
class Clash(Generic[C]):
    """A group that both sides changed; the value of ``side`` lost."""

    group: StrEnum
    side: Side
    value: C
    """The losing side's whole content."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[C]):
    """The result of a merge."""

    content: C
    """What both sides should say, in the team's spelling."""
    agreed: C
    """The next base in the team's spelling; what Outlook says now is its other spelling."""
    clashes: tuple[Clash[C], ...] = ()


def first_meeting(team: C) -> Base[C]:
    """Return a base for two items that were just joined and never in step.

    What one side left empty is taken from the other; marks are taken from Outlook.
    """
    shape = shape_of(team)
    blank = shape.blank(team)
    return Base(blank, shape.sent(blank))


def unlike_meeting(team: C, remote: C) -> Base[C] | None:
    """Return a base for two that were never in step, and are one though they are not alike.

    Where they differ in what would make them alike, both count as changed. ``None`` for contacts:
    all of them counts as changed.
    """
    shape = shape_of(team)
    if not shape.alike_in:
        return None
    blank = shape.blank(team)
    apart = shape.differing(blank, shape.blank(remote)) & shape.alike_in
    return Base(shape.overlay(blank, remote, apart), shape.sent(blank))


def winner(team_at: datetime, remote_at: datetime | None) -> Side:
    """Return whose value wins when both changed it: the later edit, Outlook's when in doubt.

    The times come from two clocks, so they only choose between two values that are both kept.
    """
    if remote_at is not None and team_at - remote_at > _TOO_CLOSE_TO_TELL:
        return Side.TEAM
    return Side.REMOTE


def merge(
    team: C,
    remote: C,
    base: Base[C] | None,
    *,
    prefer: Side = Side.REMOTE,
    read_only: bool = False,
) -> Merged[C]:
    """Merge both sides' changes since ``base``.

    Args:
        team: what the team's record says.
        remote: what Outlook says.
        base: what both last agreed on; ``None`` = unknown, so each side counts as having changed
            everything.
        prefer: whose value shows where both changed the same group.
        read_only: Outlook's item must not be written, so it wins each group that either changed.
    """
    shape = shape_of(team)
    apart = shape.differing(team, remote)
    every = frozenset(shape.groups)
    by_team = shape.differing(team, base.team) if base else every - shape.unsaid(team)
    by_remote = shape.differing(remote, base.remote) if base else every - shape.unsaid(remote)
    agreed, echo = (base.team, base.remote) if base else (None, None)
    entries = frozenset() if read_only else shape.entries(team, remote, agreed, echo)
    mixed = apart & by_remote & entries
    whole = apart - mixed
    lost_by_team, lost_by_remote = _losers(whole, by_team, by_remote, prefer, read_only)
    taken = ((whole & by_remote) - lost_by_remote) | lost_by_team
    settled = by_team - apart
    next_base = shape.overlay(base.team if base else team, team, settled)
    unsaid = frozenset() if base else every - by_remote
    next_base = shape.overlay(next_base, remote, (by_remote & apart) | taken | unsaid)
    basis = shape.overlay(team, remote, taken)
    if base:
        basis = shape.rejoined(basis, remote, base.remote)
        next_base = shape.rejoined(next_base, remote, base.remote)
    content, instead = (
        shape.following(shape.mix(basis, remote, agreed, echo, mixed, side), remote)
        for side in (prefer, _other(prefer))
    )
    # Of a list of dates only those have lost that both have changed.
    parts = shape.differing(content, instead) if mixed else frozenset()
    loser = remote if prefer is Side.TEAM else team
    clashes = (
        _clashes(Side.TEAM, team, lost_by_team),
        _clashes(Side.REMOTE, remote, lost_by_remote),
        _clashes(_other(prefer), shape.overlay(loser, instead, parts), parts),
    )
    return Merged(content, shape.following(next_base, remote), tuple(chain(*clashes)))


def _other(side: Side) -> Side:
    return Side.REMOTE if side is Side.TEAM else Side.TEAM


def _clashes(side: Side, value: C, lost: Groups) -> Iterator[Clash[C]]:
    return (Clash(group, side, value) for group in shape_of(value).groups if group in lost)


def _losers(
    apart: Groups, by_team: Groups, by_remote: Groups, prefer: Side, read_only: bool
) -> tuple[Groups, Groups]:
    """Return the groups in which the team loses, and those in which Outlook loses."""
    nothing: Groups = frozenset()
    if read_only:
        return apart & by_team, nothing
    both = apart & by_team & by_remote
    return (both, nothing) if prefer is Side.REMOTE else (nothing, both)
