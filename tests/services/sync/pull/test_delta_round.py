"""What a round has read is held once, beside what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from services.model.accounts import RemoteId
from services.model.pairs import Cursor, Pair
from services.storage.repositories.leases import MailboxLease
from services.sync.pull import pull
from services.sync.pull.delta_round import DeltaRound, read_round
from services.sync.state.link_pass import LinkPass
from tests._builders import an_event_content
from tests.services.sync._scene import PERSON, Scene, outlook_event, renamed


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[DeltaRound, Mapping[RemoteId, Pair]]]:
    """Return what each round has read, and which pairs were held by then."""
    kept: list[tuple[DeltaRound, Mapping[RemoteId, Pair]]] = []

    async def read_and_keep(run: LinkPass, cursor: Cursor) -> DeltaRound:
        delta = await read_round(run, cursor)
        kept.append((delta, {**await run.held.pairs()}))
        return delta

    monkeypatch.setattr(pull, "read_round", read_and_keep)
    return kept


async def test_what_a_round_says_as_before_is_held_as_its_pair_holds_it(
    scene: Scene, read: list[tuple[DeltaRound, Mapping[RemoteId, Pair]]]
) -> None:
    for number in range(4):
        await scene.create(an_event_content(title=f"Meal {number}"))
    await scene.sync()
    renewed, edited, *_ = scene.items()
    scene.edit_item(renewed, lambda content: content)
    scene.edit_item(edited, renamed("Late lunch"))
    await scene.sync()
    delta, pairs = read[-1]
    assert len(delta.changed) == len(pairs) == 4
    for id, item in delta.changed.items():
        seen = pairs[id].observed
        assert seen is not None
        assert (item.content is seen.content) == (id != scene.remote_id(edited))
        assert (item.change_key is seen.change_key) == (
            id not in (scene.remote_id(edited), scene.remote_id(renewed))
        )
    assert delta.changed[scene.remote_id(edited)].content.title == "Late lunch"
    assert {event.content.title for event in await scene.team()} >= {"Late lunch"}


async def test_few_changes_hold_few_pairs(
    scene: Scene, read: list[tuple[DeltaRound, Mapping[RemoteId, Pair]]]
) -> None:
    for number in range(4):
        await scene.create(an_event_content(title=f"Meal {number}"))
    for _ in range(2):
        await scene.sync()
    scene.edit_item(scene.items()[0], renamed("Late lunch"))
    await scene.sync()
    _, pairs = read[-1]
    assert set(pairs) == {scene.remote_id(scene.items()[0])}


async def test_a_long_round_keeps_the_mailbox(scene: Scene) -> None:
    """Nothing is written while it reads: each page holds the lease, which is for a minute."""
    for number in range(120):
        scene.outlook.add(outlook_event(f"Meal {number}"))
    others: list[asyncio.Task[MailboxLease | None]] = []

    def be_slow() -> None:
        scene.clock.advance(40)
        wanting = scene.store.links.acquire(PERSON, "another", 60)
        others.append(asyncio.create_task(wanting))

    scene.sandbox.faults.interpose(be_slow, times=3, path="/delta")
    await scene.sync()
    assert await asyncio.gather(*others) == [None] * 3
    assert len(await scene.team()) == 120
