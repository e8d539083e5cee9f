"""One item that the service fails at, with an answer of 5xx each time, keeps no other away."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sandbox.faults import Fault
from sandbox.items import Item
from sandbox.writing import weekly
from services.model.errors import Failing, Unreachable
from services.sync.state.link_pass import MOST_FAILING, READS_LAG
from tests._builders import an_event_content
from tests.services.sync._scene import Scene, outlook_event
from tests.services.sync.test_set_aside import listed

LUNCH = an_event_content(title="Lunch")
WALK = weekly(outlook_event("Walk"))


def fails_at(scene: Scene, item: Item) -> None:
    path = f"*/events/{scene.remote_id(item)}*"
    scene.sandbox.faults.order(Fault(status=500, path=path, times=math.inf))


async def titles(scene: Scene) -> list[str]:
    return sorted(event.content.title for event in await scene.team())


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


async def test_an_update_that_the_service_fails_at_keeps_no_other_away(scene: Scene) -> None:
    events = [await scene.create(replace(LUNCH, title=f"Meal {number}")) for number in range(10)]
    for _ in range(2):
        await scene.sync()
    odd = next(item for item in scene.items() if item.content.subject == "Meal 0")
    fails_at(scene, odd)
    for number, event in enumerate(events):
        await scene.edit(event, replace(LUNCH, title=f"Feast {number}"))
    for _ in range(2):
        with pytest.raises(Failing):
            await scene.sync()
        assert outlook_titles(scene) == [*(f"Feast {number}" for number in range(1, 10)), "Meal 0"]
    scene.sandbox.faults.clear()
    assert (await scene.sync()).is_done
    assert "Feast 0" in outlook_titles(scene)


async def test_where_it_fails_at_all_a_pass_ends_soon(scene: Scene) -> None:
    events = [await scene.create(replace(LUNCH, title=f"Meal {number}")) for number in range(30)]
    for _ in range(2):
        await scene.sync()
    for event in events:
        await scene.edit(event, replace(LUNCH, title="Feast"))
    scene.calls()
    scene.sandbox.faults.fail(status=500, path="/events/", times=math.inf)
    with pytest.raises(Failing):
        await scene.sync()
    assert len(scene.calls()) < 20
    scene.sandbox.faults.clear()
    await scene.sync()
    assert outlook_titles(scene) == ["Feast"] * 30


async def test_a_create_that_the_service_fails_at_keeps_no_other_away(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.sandbox.faults.fail(status=500, method="POST", path="/events", times=2)
    with pytest.raises(Failing):
        await scene.sync()
    await scene.create(replace(LUNCH, title="Dinner"))
    scene.outlook.add(outlook_event("Breakfast"))
    with pytest.raises(Failing):
        await scene.sync()
    assert outlook_titles(scene) == ["Breakfast", "Dinner"]
    await scene.sync()
    assert outlook_titles(scene) == await titles(scene) == ["Breakfast", "Dinner", "Lunch"]


async def test_a_series_that_the_service_cannot_tell_is_named_and_asked_for_again(
    scene: Scene,
) -> None:
    walk = scene.outlook.add(WALK)
    scene.outlook.add(outlook_event("Dinner"))
    fails_at(scene, walk)
    assert not (await scene.sync()).is_done
    assert await titles(scene) == ["Dinner"]
    assert [(each.title, each.why) for each in await listed(scene)] == [("Walk", "unanswered")]
    assert (await scene.sync()).is_done, "from then on it is asked for now and then"
    scene.sandbox.faults.clear()
    await scene.sync()
    assert await titles(scene) == ["Dinner", "Walk"] and await listed(scene) == []


@pytest.mark.parametrize("is_gone", [False, True])
async def test_what_is_asked_for_again_may_be_unreadable_or_gone(
    scene: Scene, is_gone: bool
) -> None:
    walk = scene.outlook.add(WALK)
    fails_at(scene, walk)
    await scene.sync()
    scene.sandbox.faults.clear()
    scene.sandbox.faults.order(Fault(path="/delta", twist="forget"))
    if is_gone:
        scene.remove_item(walk)
    else:
        assert WALK.recurrence is not None
        endless = replace(WALK, recurrence=replace(WALK.recurrence, count=5000))
        scene.edit_item(walk, lambda _: endless)
    await scene.sync()
    assert [each.why for each in await listed(scene)] == ([] if is_gone else ["rule"])


async def test_very_many_that_it_cannot_tell_are_no_items_fault(scene: Scene) -> None:
    for number in range(MOST_FAILING + 1):
        fails_at(scene, scene.outlook.add(weekly(outlook_event(f"Walk {number}"))))
    with pytest.raises(Unreachable):
        await scene.sync()
    assert await listed(scene) == []
    scene.sandbox.faults.clear()
    await scene.sync()
    assert len(await titles(scene)) == MOST_FAILING + 1


async def test_what_nobody_can_tell_whether_it_is_gone_stays(scene: Scene) -> None:
    await scene.create(LUNCH)
    for _ in range(2):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    item = scene.item()
    scene.remove_item(item)
    scene.outlook.add(outlook_event("Dinner"))
    fails_at(scene, item)
    with pytest.raises(Failing):
        await scene.sync()
    assert await titles(scene) == ["Dinner", "Lunch"]
    scene.sandbox.faults.clear()
    await scene.sync()
    assert await titles(scene) == ["Dinner"]


@pytest.mark.parametrize("is_ours", [True, False], ids=["ours", "theirs"])
async def test_f29_what_is_dragged_while_nobody_can_tell_whether_it_is_gone_is_the_same_event(
    scene: Scene, is_ours: bool
) -> None:
    if is_ours:
        await scene.create(LUNCH)
    else:
        scene.outlook.add(outlook_event("Lunch"))
    for _ in range(2):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    event, item = await scene.event(), scene.item()
    await scene.edit(event, replace(event.content, title="Late lunch"))
    moved = scene.outlook.drag(item)
    fails_at(scene, item)
    for _ in range(2):
        with pytest.raises(Failing):
            await scene.sync()
        assert await titles(scene) == ["Late lunch"] and outlook_titles(scene) == ["Lunch"]
        scene.clock.advance(READS_LAG)
    scene.sandbox.faults.clear()
    for _ in range(2):
        await scene.sync()
    assert (await scene.event()).id == event.id and scene.item().serial == moved.serial
    assert await titles(scene) == outlook_titles(scene) == ["Late lunch"]
    assert await listed(scene) == []


async def test_what_is_told_gone_twice_and_cannot_be_asked_for_is_still_gone(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    for _ in range(2):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    item = scene.item()
    scene.remove_item(item)
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    await scene.sync()
    scene.sandbox.faults.order(Fault(path="/delta", twist="replay"))
    fails_at(scene, item)
    with pytest.raises(Failing):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.sandbox.faults.clear()
    await scene.sync()
    assert outlook_titles(scene) == await titles(scene) == ["Late lunch"]
