"""What comes in together is written together, and where it cannot be, each goes its own way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.items import Item
from services.model.accounts import RemoteId
from services.model.events import Event, EventId
from services.model.pairs import Pair
from services.sync.execute.batches import batches
from services.sync.execute.imports import AT_ONCE
from services.sync.plan.survey import Step
from services.sync.pull.orphans import MOST_NAMED, coming
from services.sync.rules.steps import Action
from tests._builders import timed
from tests.services.sync._scene import Scene, outlook_event

MANY = AT_ONCE + 5


async def titles(scene: Scene) -> list[str]:
    return sorted(event.content.title for event in await scene.team())


def fill(scene: Scene, many: int = MANY, **given: str) -> list[str]:
    names = sorted(f"Meal {number}" for number in range(many))
    for name in names:
        scene.outlook.add(outlook_event(name, **given))
    return names


async def test_what_comes_in_together_is_written_together(scene: Scene) -> None:
    names = fill(scene)
    assert (await scene.sync()).is_done
    assert await titles(scene) == names
    assert await scene.store.events.revision(scene.book) == 2
    link = await scene.link()
    assert (link.tally.in_step, link.loose) == (MANY, ())
    audit = await scene.store.audit.newest(scene.book, 100)
    assert len(audit) == MANY


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_crash_anywhere_doubles_nothing(scene: Scene, is_after: bool) -> None:
    names, commit, died = fill(scene), 0, True
    while died:
        commit += 1
        died = await scene.sync_until_crash(commit, is_after=is_after)
    await scene.sync()
    assert await titles(scene) == names
    assert len({pair.team for pair in await scene.pairs()}) == MANY


async def test_what_came_in_before_a_crash_and_is_deleted_since_leaves_the_team(
    scene: Scene,
) -> None:
    """No round tells of what has come and gone since the cursor that is there."""
    await scene.sync()
    fill(scene)
    commit = 0
    while not (pairs := await scene.pairs()):
        commit += 1
        await scene.sync_until_crash(commit, is_after=True)
    assert len(pairs) < MANY
    gone = next(item for item in scene.items() if scene.remote_id(item) == pairs[0].remote)
    scene.remove_item(gone)
    scene.calls()
    await scene.sync()
    asked = scene.calls()
    assert await titles(scene) == sorted(item.content.subject for item in scene.items())
    assert len(asked) < AT_ONCE  # nobody asks for each of those that had come in


async def brought_in(scene: Scene) -> tuple[Event, Item]:
    """A process has died when the book had an event of Outlook, and no pair said so."""
    await scene.sync()
    item = scene.outlook.add(outlook_event("Lunch"))
    commit = 1
    while await scene.sync_until_crash(commit, is_after=True) and not await scene.team():
        commit += 1
    assert await scene.pairs() == []
    return await scene.event(), item


@pytest.mark.parametrize("is_full", [False, True])
async def test_what_was_brought_in_untied_and_is_deleted_since_leaves_the_team(
    scene: Scene, is_full: bool
) -> None:
    _, item = await brought_in(scene)
    scene.remove_item(item)
    if is_full:
        scene.sandbox.office.delta(scene.outlook.person).expire()
    for _ in range(2):
        await scene.sync()
    assert await titles(scene) == [] == scene.items()


async def test_what_was_brought_in_untied_and_is_dragged_since_is_there_once(scene: Scene) -> None:
    _, item = await brought_in(scene)
    moved = scene.outlook.drag(item)
    for _ in range(2):
        await scene.sync()
    assert await titles(scene) == ["Lunch"] and scene.item().serial == moved.serial
    assert (await scene.link()).coming == ()


async def test_what_was_brought_in_untied_and_leaves_the_window_is_there_once(
    scene: Scene,
) -> None:
    event, item = await brought_in(scene)
    scene.edit_item(item, lambda _: outlook_event("Lunch", day="2031-11-20"))
    for _ in range(2):
        await scene.sync()
    (pair,) = await scene.pairs()
    assert (pair.team, pair.remote) == (event.id, scene.remote_id(scene.item()))
    assert (await scene.event()).content.when == timed("2031-11-20T12:30")


async def test_what_was_brought_in_untied_and_edited_here_is_the_teams(scene: Scene) -> None:
    """An edit beats a deletion."""
    event, item = await brought_in(scene)
    scene.remove_item(item)
    await scene.edit(event, replace(event.content, place="Quay 4"))
    for _ in range(2):
        await scene.sync()
    assert (await scene.event()).content.place == "Quay 4"
    assert scene.item().content.subject == "Lunch"


async def test_of_thousands_no_names_are_kept() -> None:
    def some(first: int, many: int) -> list[Pair]:
        return [
            Pair(remote=RemoteId(f"{number:04}"), team=None, agreed=None, observed=None)
            for number in range(first, first + many)
        ]

    names = coming((RemoteId("0000"),), some(0, MOST_NAMED))
    assert names == tuple(f"{number:04}" for number in range(MOST_NAMED))
    assert coming(names, some(MOST_NAMED, 1)) == ()


async def test_one_that_is_there_already_keeps_no_other_away(scene: Scene) -> None:
    """A pass died after the book had some of them, and somebody has changed one since."""
    names = fill(scene, 10)
    commit = 0
    while not await scene.team():
        commit += 1
        await scene.sync_until_crash(commit, is_after=True)
    names += fill(scene, 3, place="Quay 9")
    await scene.sync()
    assert await titles(scene) == sorted(names)


async def test_what_is_more_than_a_commit_holds_comes_in_all_the_same(scene: Scene) -> None:
    names = fill(scene, text="説" * 19_000)
    assert (await scene.sync()).is_done
    assert await titles(scene) == names
    assert (await scene.link()).tally.in_step == MANY


def a_step(action: Action, id: str) -> Step:
    pair = Pair(remote=RemoteId(f"r-{id}"), team=EventId(id), agreed=None, observed=None)
    return Step(action, pair, None)


def test_only_what_the_team_never_had_is_brought_in_together() -> None:
    new = [a_step(Action.CREATE_TEAM, f"e{number}") for number in range(AT_ONCE + 1)]
    other = a_step(Action.PULL, "e")
    date = a_step(Action.CREATE_TEAM, "series~2026-11-20")
    found = list(batches([new[0], other, *new[1:], date]))
    assert found == [[other], [date], new[:AT_ONCE], new[AT_ONCE:]]
