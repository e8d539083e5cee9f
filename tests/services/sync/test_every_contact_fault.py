"""Each trouble that Microsoft 365 can make, in the middle of a sync of contacts.

Contacts have no transaction id, so of an answer that never came nobody knows whether it was one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.graph.contact_photos import as_kept
from services.model.errors import AlmanacError
from services.sync.state.link_pass import READS_LAG
from tests._builders import a_contact_content
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._faces import BLUE, GREEN, RED, shows

ADA = a_contact_content()
WANTED = ["Ada King", "Bo", "Cleo", "Dana"]
LONGEST = 12
"""Passes, two minutes apart, after which all has to be well."""


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        await made.give(await made.create(replace(ADA, name="Ada")), RED)
        await made.create(replace(ADA, name="Off the team"))
        for name in ("Bob", "Off Outlook"):
            made.write(displayName=name)
        await made.sync()
        await made.sync()
        made.clock.advance(READS_LAG)
        yield made


def shown(scene: ContactScene) -> list[str]:
    return sorted(card.says["displayName"] for card in scene.all_cards())


async def edit(scene: ContactScene) -> None:
    """Edit, add and delete on both sides, and set pictures."""
    team = {contact.content.name: contact for contact in await scene.team()}
    ada = await scene.give(team["Ada"], BLUE)
    await scene.edit(ada, replace(ada.content, name="Ada King"))
    await scene.delete(team["Off the team"])
    await scene.create(replace(ADA, name="Cleo"))
    cards = {card.says["displayName"]: card for card in scene.all_cards()}
    bob = scene.cards.picture(cards["Bob"], as_kept(GREEN))
    scene.rewrite(bob, displayName="Bo")
    scene.cards.remove(cards["Off Outlook"])
    scene.write(displayName="Dana")


async def come_to_rest(scene: ContactScene) -> None:
    """Make passes; one that fails is made again later, as the worker does."""
    for _ in range(LONGEST):
        try:
            outcome = await scene.sync()
        except AlmanacError:
            outcome = None
        scene.clock.advance(READS_LAG)
        if outcome is not None and outcome.is_done and scene.sandbox.faults.is_quiet:
            break


TROUBLES = (
    *("throttle", "throttle retry-after=date+30", "concurrency", "500", "502", "503", "504"),
    *("challenge", "conflict", "cut times=2", "slow seconds=0.05"),
)
OF_LISTS = ("gone", "sync-state-lost", "empty-page", "repeat", "reverse", "replay")
AFTERWARDS = ("cut when=after", "503 when=after", "504 when=after")
WRITES = ("PATCH */contacts/*", "DELETE */contacts/*")
EACH = (
    *(f"GET */delta* -> {trouble}" for trouble in OF_LISTS),
    *(f"POST */contacts -> {trouble}" for trouble in (*TROUBLES, *AFTERWARDS)),
    *(f"{write} -> delete-item of='Off the team'" for write in WRITES[1:]),
    "PATCH */contacts/* -> delete-item of=Ada",
    "PUT */photo/$value -> delete-item of='Ada King'",
    "PUT */photo/$value -> cut when=after times=2",
    "GET */photo/$value -> throttle",
)
EVERYWHERE = (
    *(f"GET */delta* -> {trouble}" for trouble in TROUBLES),
    *(f"GET */contacts/* -> {trouble}" for trouble in TROUBLES),
    *(f"GET */photo/* -> {trouble}" for trouble in TROUBLES),
    *(
        f"{write} -> {trouble}"
        for write in (*WRITES, "PUT */photo/*")
        for trouble in (*TROUBLES, *AFTERWARDS)
    ),
)
ORDERS = (*EACH, *(pytest.param(order, marks=pytest.mark.slow) for order in EVERYWHERE))


async def check(scene: ContactScene) -> None:
    assert scene.sandbox.faults.is_quiet, "it never came"
    assert shown(scene) == WANTED == sorted(c.content.name for c in await scene.team())
    for name, picture in {"Ada King": BLUE, "Bo": GREEN}.items():
        assert shows(scene.named(name).picture, picture)
        assert shows(await scene.picture(name), picture)
    pairs = await scene.pairs()
    assert len({pair.remote for pair in pairs}) == len({pair.team for pair in pairs}) == 4
    assert await scene.store.links.intents(await scene.link()) == []
    assert not any(pair.refused for pair in pairs)
    scene.sandbox.order("NOW mara -> expire-delta")
    scene.writes()
    await scene.sync()
    await scene.sync()
    assert scene.writes() == []


@pytest.mark.parametrize("order", ORDERS)
async def test_whatever_an_answer_is_both_sides_come_right(scene: ContactScene, order: str) -> None:
    await edit(scene)
    scene.sandbox.order(order)
    await come_to_rest(scene)
    await check(scene)


@pytest.mark.parametrize(
    "order",
    ["expire-delta", "change-ids of=Bo", "lag seconds=20", "partial-items", "small-pages"],
)
async def test_whatever_befalls_a_folder_both_sides_come_right(
    scene: ContactScene, order: str
) -> None:
    await edit(scene)
    scene.sandbox.order(f"NOW mara -> {order}")
    await come_to_rest(scene)
    scene.sandbox.order("NOW mara -> lag seconds=0")
    await come_to_rest(scene)
    await check(scene)
