"""What somebody moves to another calendar, or folder, in Outlook."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.items import Item
from sandbox.mailbox import Mailbox
from tests._builders import a_contact_content, an_event_content, timed
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._scene import Scene, outlook_event, renamed

LUNCH = an_event_content(title="Lunch", when=timed("2026-11-20T12:00"))


@pytest.fixture
async def list_scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


def moved(mailbox: Mailbox, item: Item) -> Item:
    return mailbox.move(item, mailbox.add_calendar("Private").id)


async def test_what_somebody_moves_out_of_the_calendar_leaves_the_team(scene: Scene) -> None:
    item = scene.outlook.add(outlook_event("Dentist"))
    scene.outlook.add(outlook_event("Review"))
    await scene.sync()
    item = moved(scene.outlook, item)
    await scene.sync()
    assert [event.content.title for event in await scene.team()] == ["Review"]
    scene.edit_item(item, renamed("Surgeon"))
    scene.calls()
    await scene.sync()
    assert scene.writes() == []
    assert [event.content.title for event in await scene.team()] == ["Review"]
    assert len(scene.outlook.items(item.calendar)) == 1


async def test_a_copy_of_ours_stays_in_step_wherever_it_is_kept(scene: Scene) -> None:
    event = await scene.create(LUNCH)
    await scene.sync()
    item = moved(scene.outlook, scene.item())
    await scene.sync()
    await scene.edit(event, replace(LUNCH, title="Late lunch"))
    await scene.sync()
    (kept,) = scene.outlook.items(item.calendar)
    assert kept.content.subject == "Late lunch"
    assert [each.id for each in await scene.team()] == [event.id]


async def test_a_full_round_finds_what_was_moved_before(scene: Scene) -> None:
    item = scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    moved(scene.outlook, item)
    scene.sandbox.office.delta(scene.outlook.person).expire()
    await scene.sync()
    assert await scene.team() == []


async def test_where_graph_does_not_say_where_it_is_nothing_is_taken_for_moved(
    scene: Scene,
) -> None:
    item = scene.outlook.add(outlook_event("Dentist"))
    await scene.sync()
    moved(scene.outlook, item)
    scene.sandbox.order("GET */calendar -> 400 code=ErrorInvalidRequest")
    await scene.sync()
    assert scene.sandbox.faults.is_quiet
    assert [event.content.title for event in await scene.team()] == ["Dentist"]


async def test_a_contact_of_the_team_that_is_moved_stays_in_step(list_scene: ContactScene) -> None:
    contact = await list_scene.create(a_contact_content())
    await list_scene.sync()
    card, other = list_scene.card(), list_scene.cards.add_folder("Other")
    list_scene.cards.move(card, other.id)
    await list_scene.sync()
    assert [each.id for each in await list_scene.team()] == [contact.id]


async def test_a_contact_that_somebody_moves_to_another_folder_leaves_the_team(
    list_scene: ContactScene,
) -> None:
    card = list_scene.write(displayName="Ben")
    await list_scene.sync()
    list_scene.cards.move(card, list_scene.cards.add_folder("Other").id)
    await list_scene.sync()
    assert await list_scene.team() == []
