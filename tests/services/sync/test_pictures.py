"""Pictures of contacts in step, over SQLite and the sandbox, which encodes each of them anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.graph.contact_photos import as_kept
from tests._builders import a_contact_content
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._faces import BLUE, GREEN, RED, shows

ADA = a_contact_content()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


async def test_a_picture_of_the_team_appears_in_outlook(scene: ContactScene) -> None:
    await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    assert shows(scene.card().picture, RED)


async def test_a_picture_of_outlook_appears_in_the_team(scene: ContactScene) -> None:
    card = scene.write(displayName="Ada")
    scene.cards.picture(card, as_kept(RED))
    await scene.sync()
    assert shows(await scene.picture(), RED)


async def test_pictures_that_are_replaced_cross_both_ways(scene: ContactScene) -> None:
    contact = await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    await scene.give(contact, BLUE)
    await scene.sync()
    assert shows(scene.card().picture, BLUE)
    scene.clock.advance(300)
    await scene.sync()
    scene.cards.picture(scene.card(), as_kept(GREEN))
    await scene.sync()
    assert shows(await scene.picture(), GREEN)


async def test_what_outlook_makes_of_our_picture_is_no_other_one(scene: ContactScene) -> None:
    contact = await scene.give(await scene.create(ADA), RED)
    await scene.sync()
    ours = (await scene.contact()).content.photo
    for _ in range(3):
        scene.clock.advance(300)
        scene.rewrite(scene.card(), jobTitle=f"Analyst at {scene.clock.now()}")
        await scene.sync()
    assert (await scene.contact()).content.photo == ours
    assert len(await scene.store.contacts.history(scene.book, contact.id)) == 4
    scene.calls()
    await scene.sync()
    assert scene.calls() == ["GET delta"]
