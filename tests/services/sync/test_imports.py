"""What comes in together is written together, and where it cannot be, each goes its own way."""

from __future__ import annotations

import pytest

from services.model.accounts import RemoteId
from services.model.events import EventId
from services.model.pairs import Pair
from services.sync.imports import AT_ONCE
from services.sync.plan import Action
from services.sync.portions import portions
from services.sync.survey import Step
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
    found = list(portions([new[0], other, *new[1:], date]))
    assert found == [[other], [date], new[:AT_ONCE], new[AT_ONCE:]]
