"""What a service that is busy, forgetful or ambiguous may do to a sync: F21 to F29, and F36."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.faults import Fault
from sandbox.items import Item
from services.books.recycle_bin import RecycleBin
from services.books.sharing import Sharing
from services.model.errors import Throttled, Unreachable
from services.model.events import Event
from services.model.links import LinkSettings, Privacy
from services.sync.pull.identity import KNOWN_FOR
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services.sync._scene import MARA, Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:00"))


async def titles(scene: Scene) -> list[str]:
    """Return what both sides show, having looked that it is the same."""
    team = sorted(str(event.content.title) for event in await scene.team())
    assert team == sorted(item.content.subject for item in scene.items())
    return team


@pytest.mark.parametrize(
    "trouble", [Fault(status=410), Fault(status=400, code="SyncStateNotFound")], ids=["410", "400"]
)
async def test_f21_a_forgotten_cursor_costs_a_full_round_and_nothing_else(
    scene: Scene, trouble: Fault
) -> None:
    event = await scene.create(LUNCH)
    gone = scene.outlook.add(outlook_event("Gone"))
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    scene.remove_item(gone)
    scene.outlook.add(outlook_event("New"))
    scene.sandbox.faults.order(replace(trouble, path="/delta"))
    assert (await scene.sync()).is_done
    assert await titles(scene) == ["Dinner", "Late lunch", "New"]


async def test_f21_a_round_that_is_forgotten_while_it_is_read_is_begun_again_later(
    scene: Scene,
) -> None:
    for number in range(60):
        scene.outlook.add(outlook_event(f"Dinner {number:02}"))
    scene.sandbox.order("GET */delta* -> gone skip=1")
    with pytest.raises(Unreachable):
        await scene.sync()
    await scene.sync()
    assert len(await titles(scene)) == 60


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [("2.128", 2.128), ("7", 7.0), ("date+30", 30.0), (None, 10.0)]
)
async def test_f26_the_service_says_when_to_come_back(
    scene: Scene, retry_after: str | None, seconds: float
) -> None:
    scene.sandbox.faults.fail(status=429, retry_after=retry_after)
    with pytest.raises(Throttled) as caught:
        await scene.sync()
    assert caught.value.retry_after == pytest.approx(seconds, abs=1.01)


async def test_f26_writes_that_were_throttled_are_not_lost(scene: Scene) -> None:
    for number in range(6):
        await scene.create(replace(LUNCH, title=f"Lunch {number}"))
    for _ in range(3):
        scene.sandbox.faults.fail(status=429, retry_after=1.5, method="POST", path="/events")
        with pytest.raises(Throttled):
            await scene.sync()
        scene.sandbox.faults.clear()
        scene.clock.advance(2)
    await scene.sync()
    assert await titles(scene) == [f"Lunch {number}" for number in range(6)]


async def test_f26_a_sync_has_two_requests_in_flight_at_most(scene: Scene) -> None:
    for number in range(12):
        await scene.create(replace(LUNCH, title=f"Lunch {number}"))
    scene.sandbox.faults.slow(0.01, times=60)
    await scene.sync()
    assert len(await titles(scene)) == 12
    assert scene.sandbox.door.most_in_flight[MARA.key] <= 2


@pytest.mark.parametrize("status", [0, 500, 503, 504])
async def test_f27_a_create_without_an_answer_makes_one_event(scene: Scene, status: int) -> None:
    await scene.create(LUNCH)
    trouble = Fault(method="POST", path="/events", after_effect=True)
    scene.sandbox.faults.order(
        replace(trouble, status=status) if status else replace(trouble, is_cut=True)
    )
    with pytest.raises(Unreachable):
        await scene.sync()
    await scene.sync()
    assert await titles(scene) == ["Lunch"]


async def test_f28_a_conflict_is_read_again_merged_and_sent_once_more(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, place="Quay 4"))
    item = scene.item()
    scene.sandbox.faults.interpose(
        lambda: scene.edit_item(item, renamed("Late lunch")), method="PATCH"
    )
    await scene.sync()
    await scene.sync()
    assert await titles(scene) == ["Late lunch"]
    assert (await scene.event()).content.place == "Quay 4"
    assert scene.item().content.plain["locations"][0]["displayName"] == "Quay 4"


async def test_f28_a_conflict_that_nobody_can_explain_is_tried_again(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    scene.sandbox.faults.fail(status=412, code="ErrorIrresolvableConflict", method="PATCH", times=2)
    await scene.sync()
    await scene.sync()
    assert await titles(scene) == ["Late lunch"]


@pytest.mark.parametrize(("status", "method"), [(412, "POST"), (409, "POST"), (412, "GET")])
async def test_f28_what_is_about_the_moment_sets_nothing_aside(
    scene: Scene, status: int, method: str
) -> None:
    """A create is no other than an update here, and a conflict answers reads as well."""
    first = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(first, replace(LUNCH, title="Late lunch"))
    await scene.create(replace(LUNCH, title="Dinner"))
    path = "/events/" if method == "GET" else ""
    scene.sandbox.faults.fail(
        status=status, code="ErrorIrresolvableConflict", method=method, path=path, times=1000
    )
    for _ in range(6):
        assert not (await scene.sync()).is_done
    assert (await scene.link()).tally.set_aside == 0
    scene.sandbox.faults.clear()
    await scene.sync()
    assert await titles(scene) == ["Dinner", "Late lunch"]


async def test_f29_ids_that_change_cost_no_event(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    before = {pair.remote for pair in await scene.pairs()}
    dinner = next(each for each in await scene.team() if each.id != event.id)
    scene.sandbox.faults.order(Fault(mishap="change-ids"))
    await scene.sync()
    assert await titles(scene) == ["Dinner", "Lunch"]
    assert not before & {pair.remote for pair in await scene.pairs()}
    # All are still the same events, with their history and their posts.
    assert {each.id for each in await scene.team()} == {event.id, dinner.id}
    assert {each.revision for each in await scene.team()} == {event.revision, dinner.revision}
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    await scene.sync()
    assert await titles(scene) == ["Dinner", "Late lunch"]


async def test_f29_a_copy_whose_original_is_deleted_is_no_moved_event(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    original = scene.item()
    scene.outlook.copy(original)
    scene.clock.advance(READS_LAG)
    scene.remove_item(original)
    await scene.sync()
    assert await titles(scene) == ["Lunch"]
    assert event.id not in {each.id for each in await scene.team()}


async def test_f29_an_event_that_is_dragged_to_another_day_is_the_same_event(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    dinner = await scene.event()
    moved = scene.outlook.drag(scene.item())
    scene.edit_item(moved, lambda content: outlook_event("Supper", day="2026-11-24"))
    await scene.sync()
    now = await scene.event()
    assert (now.id, now.content.title) == (dinner.id, "Supper")
    await scene.edit(now, replace(now.content, title="Late supper"))
    await scene.sync()
    assert scene.item().content.subject == "Late supper"


@pytest.mark.parametrize("is_edited", [False, True])
async def test_f29_what_is_dragged_while_reads_lag_is_the_same_event(
    scene: Scene, is_edited: bool
) -> None:
    """Its old id was gone before its new one showed; an edit beats a deletion, and made another."""
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    dinner, item = await scene.event(), scene.item()
    if is_edited:
        await scene.edit(dinner, replace(dinner.content, place="Quay 4"))
    scene.remove_item(item)
    assert (await scene.sync()).is_done is not is_edited and scene.items() == []
    moved = scene.outlook.drag(item)
    scene.edit_item(moved, renamed("Supper"))
    for _ in range(2):
        await scene.sync()
    now = await scene.event()
    assert (now.id, now.content.title) == (dinner.id, "Supper")
    assert now.content.place == ("Quay 4" if is_edited else "")
    assert scene.item().serial == moved.serial and (await scene.pair()).lost == ()


async def test_f29_what_shows_nowhere_else_is_made_again_after_two_minutes(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    await scene.edit(event, replace(LUNCH, place="Quay 4"))
    scene.remove_item(scene.item())
    assert not (await scene.sync()).is_done and scene.items() == []
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).is_done
    assert await titles(scene) == ["Lunch"] and (await scene.event()).id == event.id


async def late_to_show(scene: Scene, event: Event) -> tuple[Item, Item]:
    """An event is dragged, nothing shows it for two minutes, and the team edits it meanwhile.

    Return what it was, and what was made in its place.
    """
    item = scene.item()
    scene.clock.advance(READS_LAG)
    scene.remove_item(item)
    await scene.edit(event, replace(event.content, place="Quay 4"))
    assert not (await scene.sync()).is_done and scene.items() == []
    scene.clock.advance(READS_LAG)
    assert (await scene.sync()).is_done
    return item, scene.item()


async def of_whom(scene: Scene, *, is_ours: bool) -> Event:
    if is_ours:
        await scene.create(LUNCH)
    else:
        scene.outlook.add(outlook_event("Lunch"))
    await scene.sync()
    return await scene.event()


@pytest.mark.parametrize("is_ours", [True, False], ids=["ours", "theirs"])
async def test_f29_what_shows_long_after_is_the_same_event_and_no_second_one(
    scene: Scene, is_ours: bool
) -> None:
    """What was made in its place goes, and what the team has made of it since comes along."""
    lunch = await of_whom(scene, is_ours=is_ours)
    item, double = await late_to_show(scene, lunch)
    await scene.edit(lunch, replace((await scene.event()).content, tags=("Food",)))
    await scene.sync()
    scene.clock.advance(3600)
    moved = scene.outlook.drag(item)
    scene.edit_item(moved, renamed("Late lunch"))
    for _ in range(2):
        await scene.sync()
    now, there = await scene.event(), scene.item()
    assert (now.id, now.content.title) == (lunch.id, "Late lunch")
    assert (now.content.place, now.content.tags) == ("Quay 4", ("Food",))
    assert there.serial == moved.serial != double.serial
    places = [place["displayName"] for place in there.content.plain["locations"]]
    assert (there.content.subject, places) == ("Late lunch", ["Quay 4"])
    pair = await scene.pair()
    assert (pair.ours, pair.lost, pair.former) == (is_ours, (), None)
    scene.writes()
    await scene.sync()
    assert scene.writes() == []


async def test_f29_what_somebody_changes_in_the_second_one_comes_in_first(scene: Scene) -> None:
    lunch = await of_whom(scene, is_ours=True)
    item, double = await late_to_show(scene, lunch)
    scene.edit_item(double, renamed("Dinner"))
    moved = scene.outlook.drag(item)
    for _ in range(2):
        await scene.sync()
    now = await scene.event()
    assert (now.id, now.content.title, now.content.place) == (lunch.id, "Dinner", "Quay 4")
    assert await titles(scene) == ["Dinner"] and scene.item().serial == moved.serial


async def test_f29_what_somebody_changes_in_the_second_one_as_it_goes_comes_in(
    scene: Scene,
) -> None:
    lunch = await of_whom(scene, is_ours=True)
    item, double = await late_to_show(scene, lunch)
    scene.outlook.drag(item)
    commit = 1
    while not any(pair.is_double for pair in await scene.pairs()):
        assert await scene.sync_until_crash(commit, is_after=True)
        commit += 1
    scene.edit_item(double, renamed("Dinner"))
    for _ in range(2):
        await scene.sync()
    assert await titles(scene) == ["Dinner"]
    assert (await scene.event()).id == lunch.id
    assert (await scene.event()).content == replace(lunch.content, title="Dinner", place="Quay 4")


async def test_f29_where_outlook_took_no_second_one_the_first_goes_on(scene: Scene) -> None:
    lunch = await of_whom(scene, is_ours=False)
    item = scene.item()
    scene.remove_item(item)
    await scene.edit(lunch, replace(lunch.content, place="Quay 4"))
    scene.sandbox.order("POST */events -> 400 times=always")
    for _ in range(2):
        await scene.sync()
        scene.clock.advance(READS_LAG)
    (intent,) = await scene.store.links.intents(await scene.link())
    assert intent.former is not None
    moved = scene.outlook.drag(item)
    for _ in range(2):
        await scene.sync()
    now = await scene.event()
    assert (now.id, now.content.place) == (lunch.id, "Quay 4")
    assert await titles(scene) == ["Lunch"] and scene.item().serial == moved.serial
    assert await scene.store.links.intents(await scene.link()) == []


async def test_f29_what_the_team_deletes_meanwhile_does_not_come_back(scene: Scene) -> None:
    lunch = await of_whom(scene, is_ours=True)
    item, _ = await late_to_show(scene, lunch)
    scene.outlook.drag(item)
    await scene.delete(lunch)
    for _ in range(2):
        await scene.sync()
    assert await titles(scene) == []


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("is_ours", [True, False], ids=["ours", "theirs"])
async def test_f29_a_process_may_die_while_what_shows_late_gets_its_place(
    scene: Scene, is_ours: bool, is_after: bool
) -> None:
    lunch = await of_whom(scene, is_ours=is_ours)
    item, _ = await late_to_show(scene, lunch)
    moved = scene.outlook.drag(item)
    commit = 1
    while await scene.sync_until_crash(commit, is_after=is_after):
        commit += 1
    await scene.sync()
    assert commit > 2 and await titles(scene) == ["Lunch"]
    assert scene.item().serial == moved.serial and (await scene.event()).id == lunch.id


async def test_f29_a_replacement_gives_way_for_a_week(scene: Scene) -> None:
    lunch = await of_whom(scene, is_ours=False)
    item, double = await late_to_show(scene, lunch)
    assert (await scene.pair()).former is not None
    scene.clock.advance(KNOWN_FOR.total_seconds())
    for _ in range(2):  # the first one reads everything anew
        await scene.sync()
    assert (await scene.pair()).former is None and (await scene.link()).loose == ()
    moved = scene.outlook.drag(item)
    await scene.sync()
    assert {each.serial for each in scene.items()} == {double.serial, moved.serial}
    assert len(await scene.team()) == 2


async def test_f29_what_comes_back_out_of_the_bin_meets_itself_under_another_id(
    scene: Scene,
) -> None:
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    dinner, item = await scene.event(), scene.item()
    scene.remove_item(item)
    await scene.sync()
    assert await scene.team() == []
    bin = RecycleBin(scene.store, Sharing(scene.store), scene.clock)
    await bin.restore_event(scene.author, scene.book.id, dinner.id)
    await scene.sync()
    scene.outlook.drag(item)
    for _ in range(2):
        await scene.sync()
    assert (await scene.event()).id == dinner.id and scene.item().content.subject == "Dinner"


async def test_f29_what_may_show_its_time_alone_shows_no_more_under_another_id(
    scene: Scene,
) -> None:
    settings = LinkSettings(privacy=Privacy.BUSY_ONLY)
    await scene.store.links.restart(replace(await scene.link(), settings=settings))
    scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    busy = await scene.event()
    scene.sandbox.faults.order(Fault(mishap="change-ids"))
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Surgeon"))
    await scene.sync()
    now = await scene.event()
    assert (now.id, now.content.title) == (busy.id, "Busy")


async def test_f36_a_link_says_when_it_was_last_in_step(scene: Scene) -> None:
    await scene.sync()
    first = (await scene.link()).synced_at
    scene.clock.advance(600)
    scene.sandbox.faults.fail(status=429, retry_after=5)
    with pytest.raises(Throttled):
        await scene.sync()
    assert (await scene.link()).synced_at == first == scene.clock.now() - timedelta(seconds=600)
    await scene.sync()
    assert (await scene.link()).synced_at == scene.clock.now()
