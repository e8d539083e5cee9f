"""What a pass has before it, and that what it has not is counted right."""

from __future__ import annotations

from dataclasses import replace

from services.model.accounts import Link
from services.model.events import EventId
from services.storage.repositories.links import LinkChanges
from services.sync.held import HeldPairs
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
    assert await held.here() == {}
    assert (held.others, held.is_whole) == (MANY, False)


async def test_a_pair_is_held_once_by_whichever_side_it_is_found(scene: Scene) -> None:
    link = await settled(scene)
    one, two, *_ = await scene.pairs()
    assert one.team is not None and two.team is not None
    held = HeldPairs(scene.store.links, link)
    await held.touch([one.remote], [one.team, two.team, EventId("never there")])
    assert set(await held.here()) == {one.remote, two.remote}
    assert held.others == MANY - 2
    await held.touch([one.remote], [two.team])
    assert held.others == MANY - 2


async def test_what_is_written_and_dropped_is_followed(scene: Scene) -> None:
    link = await settled(scene)
    one, two, *_ = await scene.pairs()
    held = HeldPairs(scene.store.links, link)
    await held.touch([one.remote], ())
    held.note(LinkChanges(put_pairs=(replace(two, refused=1),), drop_pairs=(one.remote,)))
    assert {pair.refused for pair in (await held.here()).values()} == {1}


async def test_all_are_held_once_and_then_none_is_beside(scene: Scene) -> None:
    held = HeldPairs(scene.store.links, await settled(scene))
    for _ in range(2):
        await held.touch_all()
        await held.touch([], [EventId("never there")])
        assert (len(await held.here()), held.others) == (MANY, 0)


async def test_a_link_with_dates_of_a_series_reads_all_when_the_team_changes(scene: Scene) -> None:
    """No look-up leads from a series to the pairs of its dates."""
    held = HeldPairs(scene.store.links, replace(await settled(scene), has_parts=True))
    await held.touch([], [EventId("a series")])
    assert held.is_whole
