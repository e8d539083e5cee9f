"""What has changed on the team's side since the last survey, and what of it is merely new.

:func:`team_changes` reads what was written since the last pass, or since the last survey of this
one. When everything is read, items that are to go to Outlook and cannot be there yet are packed
page by page: a first sync has ten thousand of them, and nothing else about them has to be known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from services.model.accounts import RemoteId
from services.model.errors import TooOld
from services.model.items import ItemId
from services.sync.content.shape import shape_of
from services.sync.plan.packed import Pack, full_packs
from services.sync.sides.team import TeamItem
from services.sync.state.link_pass import LinkPass, imported_id

__all__ = ["TeamChanges", "is_for_outlook", "team_changes"]


@dataclass(frozen=True, slots=True)
class TeamChanges:
    """The team's side, as a survey reads it."""

    changed: Mapping[ItemId, TeamItem[Any]]
    new: Sequence[Pack]
    """New items that only have to be made in Outlook; they are not among ``changed``."""
    to_look_at: Set[ItemId]
    """Items that have changed, and those that a step of this pass wants looked at again."""
    revision: int
    is_first: bool
    """Whether this is the first survey of the pass."""
    is_whole: bool
    """Whether ``changed`` and ``new`` are all items there are, not only those that changed."""


async def team_changes(run: LinkPass) -> TeamChanges:
    """Read what was written since the last pass, or since the last survey of this one."""
    is_first = run.surveyed is None
    since = run.link.team_revision if run.surveyed is None else run.surveyed
    while since + 1 in run.own_revisions:
        since += 1
    try:
        changed, new, revision = await _read(run, since)
    except TooOld:
        since = 0
        changed, new, revision = await _read(run, since)
    to_look_at, run.revisit = run.revisit | changed.keys(), set()
    found = [await run.team.find(id) for id in sorted(to_look_at - changed.keys())]
    changed |= {item.id: item for item in found if item is not None}
    run.surveyed = revision
    return TeamChanges(changed, new, to_look_at, revision, is_first, is_whole=since == 0)


def is_for_outlook(run: LinkPass, item: TeamItem[Any]) -> bool:
    """Whether an item is to be made in Outlook, where it never was."""
    if item.is_deleted or item.mirror is not None or run.cursor is None:
        return False
    if not run.policy.lets_out or not run.policy.passes(item.content, is_import=False):
        return False
    return shape_of(item.content).covers(run.cursor, item.content, run.book.zone)


async def _read(run: LinkPass, since: int) -> tuple[dict[ItemId, TeamItem[Any]], list[Pack], int]:
    """Return what has changed, what of it is merely new, and the revision reached.

    A new item that was written while this was read is left to the next survey.
    """
    taken = await _taken(run) if since == 0 else None
    changed: dict[ItemId, TeamItem[Any]] = {}
    waiting: list[TeamItem[Any]] = []
    packs: list[Pack] = []
    reached: int | None = None
    async for items, revision in run.team.changes(since):
        if reached is None or taken is None:
            reached = revision
        for item in items:
            if taken is None or item.id in taken:
                changed[item.id] = item
            elif item.revision <= reached and is_for_outlook(run, item):
                waiting.append(item)
        packs += full_packs(waiting)
    packs += [Pack.of(waiting)] if waiting else []
    return changed, packs, since if reached is None else reached


async def _taken(run: LinkPass) -> Set[ItemId | RemoteId] | None:
    """Return the items that are not merely new; ``None`` = any may be one that Outlook has.

    That is so at a first sync, before both sides' items were joined.
    """
    await run.held.include_all()  # an item without tombstone is in no change, only in its pair
    pairs = (await run.held.pairs()).values()
    if run.link.synced_at is None and any(pair.team is None for pair in pairs):
        return None
    ours = {pair.team or imported_id(run.link, pair) for pair in pairs}
    return {*ours, *(await run.intents()), *run.revisit, *run.given_up}
