"""Rounds that tell of items in parts, go silent or come in bits, and lose nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sandbox.writing import weekly
from services.model.recurrence import Pattern, Rule, Weekday
from services.sync.state.link_pass import READS_LAG
from tests._builders import an_event_content, timed
from tests.services._contacts import FULL
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._scene import PERSON, LinkedScene, Scene, outlook_event, renamed

LUNCH = an_event_content(
    title="Lunch", text="Bring **money**", place="Quay 4", when=timed("2026-11-20T12:00")
)
EVERY_FRIDAY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=6)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


async def quiet(scene: LinkedScene) -> bool:
    """Whether a pass, and one that reads everything anew, write nothing to Outlook."""
    await scene.sync()
    scene.writes()
    await scene.sync()
    scene.sandbox.order("NOW mara -> expire-delta")
    await scene.sync()
    return scene.writes() == []


async def test_an_event_that_comes_in_parts_loses_none_of_the_others(scene: Scene) -> None:
    scene.sandbox.order("NOW mara -> partial-items")
    await scene.create(LUNCH)
    await scene.sync()
    await scene.sync()
    scene.edit_item(scene.item(), renamed("Brunch"))
    await scene.sync()
    assert (await scene.event()).content == replace(LUNCH, title="Brunch")
    assert await quiet(scene)


async def test_a_series_that_comes_in_parts_keeps_its_rule_and_its_dates(scene: Scene) -> None:
    scene.sandbox.order("NOW mara -> partial-items")
    await scene.create(replace(LUNCH, rule=EVERY_FRIDAY))
    await scene.sync()
    await scene.sync()
    second, third = date(2026, 11, 27), date(2026, 12, 4)
    for title in ("Longer", "Longest"):
        seen = scene.outlook.get(scene.outlook.id_of(scene.item(), second))
        scene.outlook.edit(seen, renamed(title)(seen.content))
        await scene.sync()
    scene.remove_item(scene.item(), third)
    await scene.sync()
    content = (await scene.event()).content
    assert (content.rule, content.text, content.place) == (EVERY_FRIDAY, LUNCH.text, LUNCH.place)
    changed = {each.original: each.content for each in content.exceptions}
    assert len(await scene.team()) == 1 and len(changed) == 2
    titles = {each.title for each in changed.values() if each is not None}
    assert titles == {"Longest"}
    assert await quiet(scene)


async def test_a_contact_that_comes_in_parts_loses_none_of_the_others(
    people: ContactScene,
) -> None:
    """Just what a page needs to be believed, and no other field, has changed."""
    people.sandbox.order("NOW mara -> partial-items")
    await people.contacts.write_from_sync(PERSON, people.book.id, None, FULL, expect_revision=0)
    await people.sync()
    await people.sync()
    before = (await people.contact()).content
    people.rewrite(
        people.card(),
        displayName="Ada King",
        emailAddresses=[{"address": "ada@king.example", "name": "Ada"}],
        businessPhones=["+45 1"],
    )
    await people.sync()
    after = (await people.contact()).content
    assert (after.name, after.emails[0]) == ("Ada King", "ada@king.example")
    kept = ("notes", "home_address", "birthday", "job", "tags", "children", "website")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert await quiet(people)


@pytest.mark.parametrize("days", [8])
async def test_what_a_silent_token_keeps_back_comes_within_a_week(scene: Scene, days: int) -> None:
    kept = scene.outlook.add(outlook_event("Dinner"))
    gone = scene.outlook.add(outlook_event("Gone"))
    mine = await scene.create(LUNCH)
    await scene.sync()
    await scene.sync()
    scene.sandbox.order("NOW mara -> silence-delta")
    scene.edit_item(kept, renamed("Supper"))
    scene.remove_item(gone)
    scene.outlook.add(outlook_event("New"))
    await scene.sync()
    assert {e.content.title for e in await scene.team()} == {"Dinner", "Gone", "Lunch"}
    await scene.edit(mine, replace(LUNCH, title="Late lunch"))  # the other way is open
    await scene.sync()
    assert "Late lunch" in {item.content.subject for item in scene.items()}
    scene.clock.advance(timedelta(days=days))
    await scene.sync()
    assert {e.content.title for e in await scene.team()} == {"Supper", "New", "Late lunch"}
    assert await quiet(scene)


async def test_of_contacts_as_well(people: ContactScene) -> None:
    kept, gone = people.write(displayName="Ada"), people.write(displayName="Bob")
    await people.sync()
    people.sandbox.order("NOW mara -> silence-delta")
    people.rewrite(kept, displayName="Ada King")
    people.cards.remove(gone)
    people.write(displayName="Cleo")
    await people.sync()
    assert {e.content.name for e in await people.team()} == {"Ada", "Bob"}
    people.clock.advance(timedelta(days=8))
    await people.sync()
    assert {e.content.name for e in await people.team()} == {"Ada King", "Cleo"}
    assert await quiet(people)


async def test_pages_of_one_entry_each_are_a_round_like_any_other(scene: Scene) -> None:
    scene.sandbox.order("NOW mara -> small-pages")
    scene.outlook.add(weekly(outlook_event("Walk")))
    for number in range(3):
        scene.outlook.add(outlook_event(f"Dinner {number}"))
    await scene.sync()
    assert len(await scene.team()) == 4
    scene.edit_item(scene.items()[0], renamed("Run"))
    scene.remove_item(scene.items()[3])
    await scene.sync()
    titles = {event.content.title for event in await scene.team()}
    assert titles == {"Run", "Dinner 0", "Dinner 1"}
    assert await quiet(scene)


async def test_f29_a_series_that_is_dragged_and_goes_on_over_pages_is_the_same_event(
    scene: Scene,
) -> None:
    await scene.create(replace(LUNCH, rule=EVERY_FRIDAY))
    for _ in range(2):
        await scene.sync()
    scene.clock.advance(READS_LAG)
    event = await scene.event()
    await scene.edit(event, replace(event.content, title="Brunch"))
    scene.sandbox.order("NOW mara -> small-pages")
    moved = scene.outlook.drag(scene.item())
    await scene.sync()
    assert (await scene.event()).id == event.id and scene.item().serial == moved.serial
    assert scene.item().content.subject == "Brunch"
    assert await quiet(scene)


async def test_of_contacts_pages_may_be_small_too(people: ContactScene) -> None:
    people.sandbox.order("NOW mara -> small-pages")
    for number in range(3):
        people.write(displayName=f"Ada {number}")
    await people.sync()
    assert len(await people.team()) == 3
    assert await quiet(people)
