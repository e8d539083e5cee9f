"""What goes out together shares its commits, and each create is still one of its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from services.graph.client import IN_FLIGHT_BACKGROUND
from services.graph.remote_event import RemoteEvent
from services.model.accounts import Link
from services.model.errors import Stale, Throttled, Unreachable
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.storage.repositories.intents import IntentBatch
from services.storage.repositories.leases import MailboxLease
from services.storage.repositories.links import LinkChanges, LinkRecords
from services.sync.execute import exports
from services.sync.plan import packed
from services.sync.sides.outlook import OutlookCalendar
from services.sync.state import commits
from services.sync.state.link_pass import HANDS, LeaseLost
from tests._builders import an_event_content, timed
from tests.services.sync._scene import Scene

MEAL = an_event_content(title="Meal", when=timed("2026-11-20T12:00"))
FRIDAYS = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), count=5)
MANY = 12


async def fill(scene: Scene, many: int = MANY) -> list[str]:
    names = sorted(f"Meal {number}" for number in range(many))
    for name in names:
        await scene.create(replace(MEAL, title=name))
    return names


def outlook_titles(scene: Scene) -> list[str]:
    return sorted(item.content.subject for item in scene.items())


async def test_a_few_commits_are_enough_for_many(scene: Scene) -> None:
    names = await fill(scene)
    before = scene.records.commits
    await scene.sync()
    # The lease, the cursor, the intents, the pairs, how it ended, and the lease again.
    assert scene.records.commits - before <= 8
    assert outlook_titles(scene) == names
    assert [call.split()[0] for call in scene.writes()] == ["POST"] * MANY


async def test_each_batch_more_takes_one_commit_more(scene: Scene) -> None:
    """Its pairs and the intents of the next fit in one, by the limits of the store itself."""
    many = 3 * packed.AT_ONCE
    await fill(scene, many)
    before = scene.records.commits
    await scene.sync()
    # As above, and the end of the third; were its intents counted one by one, it would be twelve.
    assert scene.records.commits - before <= 9
    assert len(scene.items()) == len(await scene.pairs()) == many


async def test_what_was_answered_is_kept_with_what_is_sent_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing more is open at once than two batches."""
    monkeypatch.setattr(packed, "AT_ONCE", 2)
    written: list[tuple[int, int]] = []
    still_open: list[int] = []
    commit = LinkRecords.commit

    async def noted(
        self: LinkRecords, lease: MailboxLease, link: Link, changes: LinkChanges
    ) -> Link:
        link = await commit(self, lease, link, changes)
        if changes.put_pairs or changes.put_batches:
            intents = sum(len(batch.intents) for batch in changes.put_batches)
            written.append((len(changes.put_pairs), intents))
            still_open.append(len(await self.intents(link)))
        return link

    monkeypatch.setattr(LinkRecords, "commit", noted)
    names = await fill(scene)
    await scene.sync()
    assert outlook_titles(scene) == names
    assert written[:2] == [(0, 2), (0, 2)]
    assert written[2:6] == [(2, 2)] * 4
    assert sum(pairs for pairs, _ in written) == MANY
    assert max(still_open) == 4


async def test_what_was_answered_is_kept_though_what_is_next_cannot_be_sent(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "AT_ONCE", 4)
    names = await fill(scene)
    payload, made = OutlookCalendar.payload, 0

    def fails(self: OutlookCalendar, *what: Any) -> bytes:
        nonlocal made
        made += 1
        if made > 8:
            raise RuntimeError("no memory, say")
        return payload(self, *what)

    with monkeypatch.context() as patch:
        patch.setattr(OutlookCalendar, "payload", fails)
        with pytest.raises(RuntimeError):
            await scene.sync()
    assert len(await scene.pairs()) == len(scene.items()) == 8
    assert await scene.store.links.intents(await scene.link()) == []
    await scene.sync()
    assert outlook_titles(scene) == names


@pytest.mark.parametrize("size", [packed.AT_ONCE, 5], ids=["one batch", "three"])
@pytest.mark.parametrize("is_after", [False, True])
async def test_a_crash_anywhere_doubles_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, size: int, *, is_after: bool
) -> None:
    monkeypatch.setattr(packed, "AT_ONCE", size)
    names = await fill(scene)
    commit, died = 0, True
    while died:
        commit += 1
        died = await scene.sync_until_crash(commit, is_after=is_after)
    await scene.sync()
    assert outlook_titles(scene) == names
    assert len(await scene.pairs()) == MANY
    assert await scene.store.links.intents(await scene.link()) == []


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_crash_anywhere_in_the_echo_of_many_doubles_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, *, is_after: bool
) -> None:
    """What a round has told of is written bit by bit, and the cursor with the last of it."""
    monkeypatch.setattr(commits, "AT_ONCE", 5)
    names = await fill(scene)
    await scene.sync()
    scene.writes()
    commit, died = 0, True
    while died:
        commit += 1
        died = await scene.sync_until_crash(commit, is_after=is_after)
        if any(pair.observed and pair.observed.epoch for pair in await scene.pairs()):
            assert not (await scene.link()).loose  # the link was written before any of them
    assert commit > 2
    assert outlook_titles(scene) == names
    assert scene.writes() == []
    link = await scene.link()
    assert (link.tally.in_step, link.loose) == (MANY, ())


async def test_what_was_never_sent_is_crossed_out(scene: Scene) -> None:
    """An answer is lost: nobody has to look for what was behind it in the queue."""
    names = await fill(scene)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events")
    with pytest.raises(Unreachable):
        await scene.sync()
    (intent,) = await scene.store.links.intents(await scene.link())
    assert intent.sent_at is not None
    await scene.sync()
    assert outlook_titles(scene) == names


async def test_a_batch_is_one_record_and_what_is_left_open_lies_in_it(scene: Scene) -> None:
    """Two answers are lost: what was never sent is taken out, and these two stay."""
    await fill(scene)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events", times=2)
    with pytest.raises(Unreachable):
        await scene.sync()
    left = await scene.store.links.intents(await scene.link())
    assert len(left) == 2
    assert len({intent.batch for intent in left}) == 1
    assert left[0].batch


async def test_long_bodies_lie_in_several_records(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that one of them, written again, always fits beside what else is written."""
    monkeypatch.setattr(exports, "ROOM", 1)
    names = await fill(scene)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events", times=2)
    with pytest.raises(Unreachable):
        await scene.sync()
    left = await scene.store.links.intents(await scene.link())
    assert len({intent.batch for intent in left}) == len(left) == 2
    await scene.sync()
    assert outlook_titles(scene) == names


async def test_creates_that_were_written_down_one_by_one_are_found_as_ever(scene: Scene) -> None:
    """As versions did that knew no batches: each has a record of its own."""
    names = await fill(scene)
    scene.sandbox.faults.cut(after_effect=True, method="POST", path="/events", times=2)
    with pytest.raises(Unreachable):
        await scene.sync()
    link = await scene.link()
    left = await scene.store.links.intents(link)
    lease = await scene.store.links.acquire(link.person, "older", 60)
    assert lease is not None
    alone = tuple(replace(each, batch="") for each in left)
    (batch,) = {each.batch for each in left}
    older = LinkChanges(put_intents=alone, put_batches=(IntentBatch(batch, ()),))
    await scene.store.links.commit(lease, link, older)
    await scene.store.links.release(lease)
    await scene.sync()
    assert outlook_titles(scene) == names
    assert await scene.store.links.intents(link) == []


async def test_what_ends_one_batch_keeps_the_next_from_being_sent(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "AT_ONCE", 4)
    await fill(scene)
    scene.sandbox.faults.fail(status=429, retry_after=5, method="POST", times=2)
    with pytest.raises(Throttled):
        await scene.sync()
    assert len(scene.writes()) == IN_FLIGHT_BACKGROUND
    assert len(await scene.store.links.intents(await scene.link())) == HANDS  # one still waited


async def test_a_hand_that_is_free_goes_to_the_next_batch(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One answer keeps its batch waiting: from the other hands all the rest goes out."""
    monkeypatch.setattr(packed, "AT_ONCE", 2)
    names = await fill(scene)
    create, all_begun, begun = OutlookCalendar.create, asyncio.Event(), 0

    async def slow_at_first(side: OutlookCalendar, payload: bytes) -> RemoteEvent:
        nonlocal begun
        begun += 1
        if begun == MANY:
            all_begun.set()
        if begun == 1:
            await all_begun.wait()
        return await create(side, payload)

    monkeypatch.setattr(OutlookCalendar, "create", slow_at_first)
    async with asyncio.timeout(60):
        await scene.sync()
    assert outlook_titles(scene) == names


async def test_being_turned_away_ends_the_pass_and_loses_nothing(scene: Scene) -> None:
    names = await fill(scene)
    scene.sandbox.faults.fail(status=429, retry_after=5, method="POST")
    with pytest.raises(Throttled):
        await scene.sync()
    assert len([call for call in scene.writes() if call.startswith("POST")]) <= 4
    await scene.sync()
    assert outlook_titles(scene) == names


async def test_one_that_outlook_refuses_keeps_no_other_away(scene: Scene) -> None:
    names = await fill(scene)
    scene.sandbox.faults.fail(status=400, method="POST")
    assert not (await scene.sync()).is_done
    assert len(outlook_titles(scene)) == MANY - 1
    assert (await scene.sync()).is_done
    assert outlook_titles(scene) == names


async def test_exceptions_of_a_series_follow_in_the_same_pass(scene: Scene) -> None:
    cancelled = SeriesException(timed("2026-11-27T12:00").start, None)
    series = replace(MEAL, rule=FRIDAYS, exceptions=(cancelled,))
    await scene.create(series)
    await scene.create(MEAL)
    await scene.sync()
    assert [call.split()[0] for call in scene.writes()] == ["POST", "POST", "DELETE"]
    await scene.sync()
    assert scene.writes() == []
    pairs = {pair.agreed.exceptions for pair in await scene.pairs() if pair.agreed}  # type: ignore[union-attr]
    assert pairs == {(), (cancelled,)}


async def test_who_has_lost_the_mailbox_sends_no_more(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One batch finds that out as it keeps what it was answered; the other one is on its way."""
    monkeypatch.setattr(packed, "AT_ONCE", MANY // 2)
    await fill(scene)
    commit, written = LinkRecords.commit, list[LinkChanges]()

    async def lose(
        links: LinkRecords, lease: MailboxLease, link: Link, changes: LinkChanges
    ) -> Link:
        if changes.put_pairs:
            written.append(changes)
            raise Stale
        return await commit(links, lease, link, changes)

    monkeypatch.setattr(LinkRecords, "commit", lose)
    with pytest.raises(LeaseLost):
        await scene.sync()
    assert written
    assert MANY // 2 <= len(scene.writes()) < MANY
