"""What a round shows first is written once, and the cursor with the last of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from services.model.accounts import RemoteId
from services.model.links import LinkSettings
from services.model.pairs import Cursor, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.state.held import HeldPairs
from services.sync.state.uncommitted import Uncommitted
from tests.services.sync._scene import Scene, outlook_event

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CURSOR = Cursor("https://graph/delta", NOW, NOW, epoch=1)


def a_pair(id: str) -> Pair:
    return Pair(remote=RemoteId(id), team=None, agreed=None, observed=None)


def held_back(*ids: str) -> Uncommitted:
    uncommitted = Uncommitted()
    uncommitted.hold(map(a_pair, ids), CURSOR)
    return uncommitted


def written(uncommitted: Uncommitted, changes: LinkChanges) -> LinkChanges:
    whole = uncommitted.with_cursor(changes)
    uncommitted.note(whole)
    return whole


def test_the_cursor_goes_with_the_last_one_whoever_writes_it() -> None:
    uncommitted = held_back("a", "b", "c")
    tied = LinkChanges(put_pairs=(a_pair("a"), a_pair("of another round")))
    assert written(uncommitted, tied) == tied
    dropped = LinkChanges(drop_pairs=(RemoteId("b"),))
    assert written(uncommitted, dropped) == dropped
    assert list(uncommitted.pairs) == [a_pair("c")]
    last = LinkChanges(put_pairs=(a_pair("c"),))
    assert written(uncommitted, last) == replace(last, cursor=CURSOR)
    assert written(uncommitted, LinkChanges()) == LinkChanges()


def test_a_commit_that_is_refused_leaves_all_as_it_was() -> None:
    uncommitted = held_back("a")
    last = LinkChanges(put_pairs=(a_pair("a"),))
    for _ in range(2):
        assert uncommitted.with_cursor(last).cursor == CURSOR
        assert list(uncommitted.pairs) == [a_pair("a")]


def test_without_anything_new_the_cursor_goes_with_the_next_commit() -> None:
    assert written(held_back(), LinkChanges()) == LinkChanges(cursor=CURSOR)


async def test_what_no_step_writes_is_written_with_the_round(scene: Scene) -> None:
    """What a link keeps out of the book has a pair all the same."""
    settings = LinkSettings(category="Work")
    await scene.store.links.save(replace(await scene.link(), settings=settings))
    scene.outlook.add(outlook_event("Lunch"))
    assert (await scene.sync()).is_done
    assert (await scene.pair()).team is None
    assert await scene.store.links.cursor(await scene.link()) is not None


async def test_whoever_reads_all_pairs_keeps_those_that_are_not_written_yet(scene: Scene) -> None:
    held = HeldPairs(scene.store.links, replace(await scene.link(), loose=()))
    await held.pairs()
    held.note(LinkChanges(put_pairs=(a_pair("new"),)))
    await held.include_all()
    assert list(await held.pairs()) == ["new"]


async def test_what_is_dragged_twice_around_a_crash_is_still_the_same_event(scene: Scene) -> None:
    """Found by the model test: its second id was kept, and no round told that it had gone."""
    scene.outlook.add(outlook_event("Lunch"))
    await scene.sync()
    lunch = await scene.event()
    died, commit = True, 0
    while died:
        commit += 1
        _drag(scene, "Lunch")
        scene.outlook.add(outlook_event(f"New {commit}"))
        died = await scene.sync_until_crash(commit, is_after=False)
        _drag(scene, "Lunch")
        await scene.sync()
        titles = {event.id: event.content.title for event in await scene.team()}
        assert titles[lunch.id] == "Lunch"
        assert sorted(titles.values()) == sorted(item.content.subject for item in scene.items())
    assert commit > 3


def _drag(scene: Scene, title: str) -> None:
    (item,) = (each for each in scene.items() if each.content.subject == title)
    scene.outlook.drag(item)
