from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import pytest

from services.model.accounts import Link, RemoteId
from services.model.events import EventContent, SeriesException
from services.model.items import ItemId
from services.model.pairs import Pair
from services.model.recurrence import Pattern, Rule, Weekday
from services.sync.pull.identity import KNOWN_FOR
from services.sync.state.link_pass import READS_LAG
from tests._builders import all_day, an_event_content, timed
from tests.services.sync._scene import Scene, outlook_event, renamed, title_of

LUNCH = an_event_content(title="Lunch", place="Quay 3", text="Bring a hat")
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=5)


async def test_an_event_of_the_team_appears_in_outlook(scene: Scene) -> None:
    await scene.create(LUNCH)
    outcome = await scene.sync()
    item = scene.item()
    assert outcome.problem == "" and outcome.is_done
    assert item.content.subject == "Lunch"
    assert item.content.plain["attendees"] == []
    assert item.content.start == timed().start
    assert (await scene.pair()).ours


async def test_an_event_of_outlook_appears_in_the_team(scene: Scene) -> None:
    scene.outlook.add(outlook_event("Dinner", place="Harbour"))
    await scene.sync()
    event = await scene.event()
    assert (event.content.title, event.content.place) == ("Dinner", "Harbour")
    assert event.mirror is None
    assert not (await scene.pair()).ours


async def test_a_quiet_pass_asks_once_and_writes_nothing(scene: Scene) -> None:
    await scene.create(LUNCH)
    scene.outlook.add(outlook_event("Dinner"))
    await scene.sync()
    await scene.sync()  # hears its own echo
    before = [event.revision for event in await scene.team()]
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]
    assert [event.revision for event in await scene.team()] == before


async def test_its_own_echo_is_no_change(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert (await scene.event()).revision == event.revision


async def test_an_edit_of_the_team_reaches_outlook(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch", when=timed("2026-11-20T14:00")))
    await scene.sync()
    assert scene.item().content.subject == "Late lunch"
    assert scene.item().content.start == timed("2026-11-20T14:00").start


async def test_an_edit_in_outlook_reaches_the_team(scene: Scene) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch"
    assert scene.item().content.subject == "Late lunch"


async def test_an_event_deleted_by_the_team_leaves_outlook(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    await scene.sync()
    assert scene.items() == []
    assert await scene.pairs() == []


async def test_an_event_deleted_in_outlook_leaves_the_team(scene: Scene) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    assert (await scene.sync()).is_done
    assert await scene.team() == []
    assert await scene.pairs() == []
    await forgets(scene)


async def forgets(scene: Scene) -> None:
    """What is gone is remembered for a week, should it show after all."""
    (pair,) = await scene.remembered()
    assert (await scene.link()).loose == ()
    scene.clock.advance(KNOWN_FOR)
    await scene.sync()
    assert await scene.remembered() == [] and pair.observed is None


async def test_an_event_deleted_on_both_sides_is_forgotten(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    await scene.sync()
    assert await scene.pairs() == []
    await forgets(scene)


async def test_edits_of_different_fields_both_survive(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, place="Quay 4"))
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    content = (await scene.event()).content
    assert (content.title, content.place) == ("Late lunch", "Quay 4")
    assert scene.item().content.subject == "Late lunch"
    assert scene.item().content.plain["locations"][0]["displayName"] == "Quay 4"
    assert (await scene.pair()).lost == ()


async def test_of_two_edits_of_one_field_one_shows_and_the_other_is_kept(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Brunch"))
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    (lost,) = (await scene.pair()).lost
    assert (await scene.event()).content.title == "Late lunch" == scene.item().content.subject
    assert (lost.field, lost.side, title_of(lost.value)) == ("title", "team", "Brunch")


async def test_a_clearly_later_edit_of_the_team_wins(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Late lunch"))
    scene.clock.advance(600)
    await scene.edit(event, replace(LUNCH, title="Brunch"))
    await scene.sync()
    (lost,) = (await scene.pair()).lost
    assert (await scene.event()).content.title == "Brunch" == scene.item().content.subject
    assert (lost.side, title_of(lost.value)) == ("remote", "Late lunch")


async def test_an_edit_in_outlook_beats_a_delete_by_the_team(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.delete(event)
    scene.edit_item(scene.item(), renamed("Late lunch"))
    await scene.sync()
    back = await scene.event()
    assert (back.id, back.content.title) == (event.id, "Late lunch")
    assert scene.item().content.subject == "Late lunch"


async def test_an_edit_by_the_team_beats_a_delete_in_outlook(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())
    await scene.sync()
    scene.clock.advance(READS_LAG)  # it might have shown under another id
    await scene.sync()
    assert (await scene.event()).content.title == "Late lunch" == scene.item().content.subject
    assert len(await scene.pairs()) == 1


async def test_a_series_of_the_team_is_one_series_in_outlook(scene: Scene) -> None:
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    rule = scene.item().content.recurrence
    assert rule is not None and rule.type == "weekly"
    await scene.edit(event, replace(event.content, title="Friday lunch"))
    await scene.sync()
    assert scene.item().content.subject == "Friday lunch"
    await scene.delete(event)
    await scene.sync()
    assert scene.items() == []


async def test_a_cancelled_occurrence_in_outlook_is_cancelled_in_the_team(scene: Scene) -> None:
    await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    day = timed("2026-11-27T12:30").start
    scene.remove_item(scene.item(), day.date())
    await scene.sync()
    assert (await scene.event()).content.exceptions == (SeriesException(day, None),)


async def test_a_cancelled_occurrence_of_the_team_is_cancelled_in_outlook(scene: Scene) -> None:
    day = timed("2026-11-27T12:30").start
    event = await scene.create(replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    gone = replace(event.content, exceptions=(SeriesException(day, None),))
    await scene.edit(event, gone)
    await scene.sync()
    assert scene.item().cancelled == {day.date()}
    scene.calls()
    await scene.sync()
    assert scene.writes() == []


async def test_a_new_series_arrives_with_its_exceptions(scene: Scene) -> None:
    day = timed("2026-11-27T12:30").start
    await scene.create(replace(LUNCH, rule=FRIDAYS, exceptions=(SeriesException(day, None),)))
    await scene.sync()
    assert scene.item().cancelled == {day.date()}
    assert (await scene.event()).content.exceptions == (SeriesException(day, None),)


async def test_a_single_event_made_a_series_keeps_its_pair(scene: Scene) -> None:  # F15
    event = await scene.create(LUNCH)
    await scene.sync()
    await scene.edit(event, replace(LUNCH, rule=FRIDAYS))
    await scene.sync()
    assert scene.item().content.recurrence is not None
    assert len(await scene.pairs()) == 1


async def test_an_all_day_event_stays_on_its_day(scene: Scene) -> None:  # F19
    content = EventContent(title="Holiday", when=all_day("2026-12-24", 3))
    await scene.create(content)
    await scene.sync()
    await scene.sync()
    assert scene.item().content.is_all_day
    assert (await scene.event()).content.when == all_day("2026-12-24", 3)


async def test_an_event_outside_the_window_stays_where_it_is(scene: Scene) -> None:
    await scene.create(replace(LUNCH, when=timed("2025-01-10T12:00")))
    await scene.sync()
    assert scene.items() == []
    assert len(await scene.team()) == 1


async def test_a_deletion_that_no_round_mentions_is_found_after_our_own_create(
    scene: Scene,
) -> None:
    await scene.create(LUNCH)
    await scene.sync()
    scene.clock.advance(READS_LAG)
    scene.remove_item(scene.item())  # before any round has told of it
    await scene.sync()
    assert await scene.team() == []


async def test_a_quiet_pass_looks_at_no_pair(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.create(LUNCH)
    scene.outlook.add(outlook_event("Dinner"))
    for _ in range(2):
        await scene.sync()
    assert (await scene.link()).loose == ()
    looks = pairs_read(scene, monkeypatch)
    await scene.sync()
    assert looks == []


async def test_a_pass_over_few_changes_reads_few_pairs(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On both sides, and counts the others as it has left them."""
    events = [await scene.create(replace(LUNCH, title=f"Meal {number}")) for number in range(20)]
    for _ in range(2):
        await scene.sync()
    looks = pairs_read(scene, monkeypatch)
    await scene.edit(events[0], replace(LUNCH, title="Breakfast"))
    await scene.delete(events[1])
    await scene.create(replace(LUNCH, title="Dessert"))
    remotes = {item.content.subject: item for item in scene.items()}
    scene.edit_item(remotes["Meal 2"], renamed("Brunch"))
    scene.remove_item(remotes["Meal 3"])
    scene.outlook.add(outlook_event("Dinner"))
    while not (await scene.sync()).is_done:
        pass
    assert len(looks) == 4  # changed and deleted, on each side; what is new has no pair yet
    titles = sorted(event.content.title for event in await scene.team())
    assert titles == sorted(item.content.subject for item in scene.items())
    assert {"Breakfast", "Dessert", "Brunch", "Dinner"} <= set(titles) and len(titles) == 20
    scene.clock.advance(READS_LAG)
    await scene.sync()
    link = await scene.link()
    assert (link.tally.in_step, link.loose) == (20, ())


async def test_a_guard_counts_the_pairs_that_nobody_looked_at(scene: Scene) -> None:
    """Twelve of eighty are no mass deletion, though a pass has read no other pair."""
    events = [await scene.create(replace(LUNCH, title=f"Meal {number}")) for number in range(80)]
    for _ in range(2):
        await scene.sync()
    for event in events[:12]:
        await scene.delete(event)
    assert (await scene.sync()).problem == ""
    for event in events[12:26]:
        await scene.delete(event)
    assert (await scene.sync()).problem == "too_many_deletions"


def pairs_read(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have each read of pairs from the store noted."""
    looks: list[str] = []
    links = scene.store.links
    read_all, read_some = links.pairs, links.some_pairs

    async def all_of(link: Link) -> list[Pair]:
        found = await read_all(link)
        looks.append(f"all {len(found)}")
        return found

    async def some_of(
        link: Link, remotes: Iterable[RemoteId], items: Collection[ItemId]
    ) -> list[Pair]:
        found = await read_some(link, remotes, items)
        looks.extend(pair.remote for pair in found)
        return found

    monkeypatch.setattr(links, "pairs", all_of)
    monkeypatch.setattr(links, "some_pairs", some_of)
    return looks
