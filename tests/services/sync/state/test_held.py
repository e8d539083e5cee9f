"""What a pass has before it, and that what it has not is counted right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.accounts import Link
from services.model.events import EventId
from services.storage.repositories.links import LinkChanges
from services.sync.state import held as held_pairs
from services.sync.state.held import HeldPairs
from tests._builders import an_event_content
from tests.services.sync._scene import Scene

MANY = 5


async def settled(scene: Scene) -> Link:
    """Return a link with five pairs, all of them in step."""
    for number in range(MANY):
        await scene.create(an_event_content(title=f"Meal {number}"))
    for _ in range(2):
        await scene.sync()
    link = await scene.link()
    assert link.loose == () and not link.has_parts
    return link


async def test_nothing_is_held_until_something_is_touched(scene: Scene) -> None:
    held = HeldPairs(scene.store.links, await settled(scene))
    assert await held.pairs() == {}
    assert (held.others, held.is_whole) == (MANY, False)


async def test_a_pair_is_held_once_by_whichever_side_it_is_found(scene: Scene) -> None:
    link = await settled(scene)
    one, two, *_ = await scene.pairs()
    assert one.team is not None and two.team is not None
    held = HeldPairs(scene.store.links, link)
    await held.include([one.remote], [one.team, two.team, EventId("never there")])
    assert set(await held.pairs()) == {one.remote, two.remote}
    assert held.others == MANY - 2
    await held.include([one.remote], [two.team])
    assert held.others == MANY - 2


async def test_what_is_written_and_dropped_is_followed(scene: Scene) -> None:
    link = await settled(scene)
    one, two, *_ = await scene.pairs()
    held = HeldPairs(scene.store.links, link)
    await held.include([one.remote], ())
    held.note(LinkChanges(put_pairs=(replace(two, refused=1),), drop_pairs=(one.remote,)))
    assert {pair.refused for pair in (await held.pairs()).values()} == {1}


async def test_all_are_held_once_and_then_none_is_beside(scene: Scene) -> None:
    held = HeldPairs(scene.store.links, await settled(scene))
    for _ in range(2):
        await held.include_all()
        await held.include([], [EventId("never there")])
        assert (len(await held.pairs()), held.others) == (MANY, 0)


async def test_a_link_with_dates_of_a_series_reads_all_when_the_team_changes(scene: Scene) -> None:
    """No look-up leads from a series to the pairs of its dates."""
    held = HeldPairs(scene.store.links, replace(await settled(scene), has_parts=True))
    await held.include([], [EventId("a series")])
    assert held.is_whole


async def test_what_comes_into_step_is_let_go_where_there_are_many(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_pairs, "MOST_HELD", 2)
    link = replace(await settled(scene), loose=None)
    pairs = await scene.pairs()
    fresh = [replace(pair, agreed=None) for pair in pairs]
    held = HeldPairs(scene.store.links, link)
    await held.include_all()
    held.note(LinkChanges(put_pairs=tuple(fresh)))
    assert (len(await held.pairs()), held.others, held.is_whole) == (MANY, 0, True)
    held.note(LinkChanges(put_pairs=tuple(pairs)))
    assert (len(await held.pairs()), held.others, held.is_whole) == (2, MANY - 2, False)
    assert held.others_loose == set() and not held.has_parts
    (gone, *_) = [pair for pair in pairs if pair.remote not in await held.pairs()]
    assert gone.team is not None
    await held.include([], [gone.team])
    assert (len(await held.pairs()), held.others) == (3, MANY - 3)
    held.note(LinkChanges(put_pairs=(gone,)))  # it has been looked at, and stays
    assert (len(await held.pairs()), held.others) == (3, MANY - 3)


@pytest.mark.parametrize("held", [0, 2, 1_000])
async def test_a_first_sync_ends_alike_however_much_it_holds(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    monkeypatch.setattr(held_pairs, "MOST_HELD", held)
    for number in range(MANY):
        await scene.create(an_event_content(title=f"Meal {number}"))
    await scene.sync()
    first = await scene.link()
    assert (first.tally.in_step, len(first.loose or ()), first.has_parts) == (MANY, MANY, False)
    await scene.sync()
    second = await scene.link()
    assert (second.tally.in_step, second.loose) == (MANY, ())
    assert scene.writes() == ["POST events"] * MANY


async def test_no_more_names_are_kept_than_a_link_takes(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_pairs, "MOST_HELD", 0)
    monkeypatch.setattr(held_pairs, "MOST_LOOSE", 1)
    for number in range(MANY):
        await scene.create(an_event_content(title=f"Meal {number}"))
    await scene.sync()
    held = HeldPairs(scene.store.links, replace(await scene.link(), loose=()))
    await held.pairs()
    held.note(LinkChanges(put_pairs=tuple(await scene.pairs())))
    assert len(held.others_loose) == 2  # one more than it takes: so it takes none
