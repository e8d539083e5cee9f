"""What the team's side has to tell a survey: what has changed, and what is merely new.

:func:`team_changes` reads what was written since the last pass, or since the last survey of this
one. In a look at everything, what is to go to Outlook and cannot be there is packed page by page: a
first sync has ten thousand items of it, and nothing else about them has to be known.
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
    """What is known of the team's side."""

    changed: Mapping[ItemId, TeamItem[Any]]
    new: Sequence[Pack]
    """What is not among ``changed``, since it has only to be made in Outlook."""
    told: Set[ItemId]
    """What has changed, and what a step of this pass has left to be looked at again."""
    revision: int
    is_first: bool
    """Whether this pass has not looked yet."""
    is_whole: bool
    """Everything there is, not only what has changed."""


async def team_changes(run: LinkPass) -> TeamChanges:
    """Read what has changed: since the last pass, or since the last survey of this one."""
    is_first = run.surveyed is None
    since = run.link.team_revision if run.surveyed is None else run.surveyed
    while since + 1 in run.own_revisions:
        since += 1
    try:
        changed, new, revision = await _read(run, since)
    except TooOld:
        since = 0
        changed, new, revision = await _read(run, since)
    told, run.revisit = run.revisit | changed.keys(), set()
    found = [await run.team.find(id) for id in sorted(told - changed.keys())]
    changed |= {item.id: item for item in found if item is not None}
    run.surveyed = revision
    return TeamChanges(changed, new, told, revision, is_first, is_whole=since == 0)


def is_for_outlook(run: LinkPass, item: TeamItem[Any]) -> bool:
    """Whether Outlook is to have an item that it never had."""
    if item.is_deleted or item.mirror is not None or run.cursor is None:
        return False
    if not run.policy.lets_out or not run.policy.passes(item.content, is_import=False):
        return False
    return shape_of(item.content).covers(run.cursor, item.content, run.book.zone)


async def _read(run: LinkPass, since: int) -> tuple[dict[ItemId, TeamItem[Any]], list[Pack], int]:
    """Return what has changed, what of it is merely new, and the revision reached.

    What is new and was written while this was read is left to the next survey.
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
    """Return what Outlook has of the team, had, or is about to have; ``None`` = who knows.

    That is so where two may be one and the same that nobody has paired yet.
    """
    await run.held.touch_all()  # what is gone altogether is among nothing that is told
    pairs = (await run.held.here()).values()
    if run.link.synced_at is None and any(pair.team is None for pair in pairs):
        return None
    ours = {pair.team or imported_id(run.link, pair) for pair in pairs}
    return {*ours, *(await run.intents()), *run.revisit, *run.given_up}
