from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind
from services.storage.entries import Entry, read, sealed
from services.storage.queue import TaskQueue
from services.storage.repositories import places
from services.storage.rota import Rota
from services.storage.sealed import Seal
from services.storage.store import Store
from services.storage.task_looks import Wait
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import NOON, FrozenClock
from tests.services.storage._engines import ENGINES
from tests.services.sync._crashing import Crash

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def queue(store: Store) -> TaskQueue:
    return store.tasks


def a_task(key: str = "link-1", due_at: datetime = NOON, **given: Any) -> Task:
    fields: dict[str, Any] = {"kind": TaskKind.SYNC_LINK, "tenant": TENANT} | given
    return Task(key=key, due_at=due_at, **fields)


async def claim(queue: TaskQueue, limit: int = 10) -> list[Task]:
    return await queue.claim("worker", limit, 60)


async def claim_one(queue: TaskQueue) -> Task:
    (task,) = await claim(queue)
    return task


async def test_a_task_is_claimed_when_it_is_due(queue: TaskQueue, clock: FrozenClock) -> None:
    await queue.put(a_task(due_at=NOON + MINUTE, payload={"link": "link-1"}))
    assert await claim(queue) == []
    clock.advance(MINUTE)
    task = await claim_one(queue)
    assert (task.key, task.payload, task.attempts) == ("link-1", {"link": "link-1"}, 0)
    assert task.id and task.fence


async def test_a_task_that_is_done_is_gone(queue: TaskQueue, clock: FrozenClock) -> None:
    await queue.put(a_task())
    await queue.done(await claim_one(queue))
    clock.advance(timedelta(days=1))
    assert await claim(queue) == []
    assert await queue.soonest() is None


async def test_kind_tenant_and_key_make_a_task_its_own(queue: TaskQueue) -> None:
    tasks = [
        a_task(),
        a_task("link-2"),
        a_task(tenant=OTHER_TENANT),
        a_task(kind=TaskKind.RENEW_SUBSCRIPTION),
    ]
    for task in [*tasks, *tasks]:
        await queue.put(task)
    assert len(await claim(queue)) == 4


@pytest.mark.parametrize("order", [1, -1])
async def test_of_two_due_times_the_earlier_wins(queue: TaskQueue, order: int) -> None:
    for due_at in (NOON, NOON + MINUTE)[::order]:
        await queue.put(a_task(due_at=due_at))
    assert await queue.soonest() == NOON
    await queue.done(await claim_one(queue))
    assert await queue.soonest() is None


async def test_a_claimed_task_is_nobody_elses(queue: TaskQueue) -> None:
    await queue.put(a_task())
    claims = await asyncio.gather(*(queue.claim(f"worker-{n}", 1, 60) for n in range(5)))
    assert sum(len(claimed) for claimed in claims) == 1


async def test_a_task_that_is_put_while_claimed_runs_again(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    first = await claim_one(queue)
    await queue.put(a_task(due_at=NOON + 2 * MINUTE))
    await queue.put(a_task(due_at=NOON + MINUTE, payload={"new": "1"}))
    assert await claim(queue) == []
    await queue.done(first)
    assert await queue.soonest() == NOON + MINUTE
    clock.advance(MINUTE)
    second = await claim_one(queue)
    assert (second.payload, second.attempts) == ({"new": "1"}, 0)
    await queue.done(second)
    assert await queue.soonest() is None


async def test_a_claim_that_runs_out_is_due_again_and_counts(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    first = await claim_one(queue)
    assert await queue.soonest() == NOON + MINUTE
    clock.advance(MINUTE)
    second = await claim_one(queue)
    assert second.attempts == 1
    # Whoever woke too late ends nothing.
    await queue.done(first)
    await queue.retry(first, NOON, "late")
    await queue.set_aside(first, "late")
    assert await claim(queue) == []
    await queue.done(second)
    assert await queue.soonest() is None


async def test_a_lost_worker_does_not_hold_back_what_is_put(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    lost = await claim_one(queue)
    clock.advance(2 * MINUTE)
    await queue.put(a_task(due_at=clock.now()))
    await queue.done(lost)
    assert len(await claim(queue)) == 1


async def test_a_claim_from_before_the_clock_was_set_back_holds_back_nothing_that_is_put(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    lost = await claim_one(queue)
    clock.advance(-60 * MINUTE)
    await queue.put(a_task(due_at=clock.now()))
    assert [task.key for task in await claim(queue)] == ["link-1"]
    await queue.done(lost)
    clock.advance(2 * MINUTE)
    assert len(await claim(queue)) == 1, "whoever woke too late has ended nothing"


async def test_a_retry_waits_and_counts(queue: TaskQueue, clock: FrozenClock) -> None:
    await queue.put(a_task())
    for attempt in range(3):
        task = await claim_one(queue)
        assert task.attempts == attempt
        await queue.retry(task, clock.now() + MINUTE, "throttled")
        assert await claim(queue) == []
        clock.advance(MINUTE)


async def test_a_task_that_is_set_aside_waits_for_a_new_reason(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    await queue.retry(await claim_one(queue), NOON, "rejected")
    await queue.set_aside(await claim_one(queue), "rejected")
    clock.advance(timedelta(days=1))
    assert await claim(queue) == []
    assert await queue.soonest() is None
    await queue.put(a_task(due_at=clock.now()))
    assert (await claim_one(queue)).attempts == 0


async def test_a_claim_takes_no_more_than_asked_and_starves_nobody(queue: TaskQueue) -> None:
    for number in range(40):
        await queue.put(a_task(f"link-{number}"))
    claimed = [task for _ in range(10) for task in await claim(queue, 4)]
    assert len({task.key for task in claimed}) == 40
    assert await claim(queue) == []


async def test_who_waits_is_told_of_new_work(queue: TaskQueue) -> None:
    assert not queue.changed.is_set()
    await queue.put(a_task())
    assert queue.changed.is_set()
    queue.changed.clear()
    task = await claim_one(queue)
    assert not queue.changed.is_set()
    await queue.retry(task, NOON, "throttled")
    assert queue.changed.is_set()


async def test_tasks_put_at_once_join(queue: TaskQueue) -> None:
    puts = (queue.put(a_task(due_at=NOON + number * MINUTE)) for number in range(10))
    await asyncio.gather(*puts)
    assert len(await claim(queue)) == 1
    assert await queue.soonest() == NOON + MINUTE  # when the claim runs out


async def test_a_task_that_is_put_while_it_ends_is_not_lost(queue: TaskQueue) -> None:
    for _ in range(10):
        await queue.put(a_task())
        task = await claim_one(queue)
        await asyncio.gather(queue.done(task), queue.put(a_task()))
        await queue.done(await claim_one(queue))
    assert await queue.soonest() is None


async def test_of_a_task_that_follows_from_an_event_only_the_hour_is_stored_in_clear(
    queue: TaskQueue, store: Store, clock: FrozenClock
) -> None:
    due_at = NOON + 17 * MINUTE
    await queue.put(a_task(due_at=due_at, from_event=True))
    shards = [name async for name in store.vault.names(TenantId(""))]
    stored = [r for name in shards for r in (await store.records.changes(name, 0)).records]
    assert [record.due_at for record in stored if record.kind == "task"] == [NOON]
    assert await queue.soonest() == due_at
    assert await claim(queue) == []
    clock.advance(17 * MINUTE)
    assert len(await claim(queue)) == 1


async def test_tasks_that_wait_for_their_minute_hold_back_no_other(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    for number in range(20):
        await queue.put(a_task(f"early-{number}", NOON + 30 * MINUTE, from_event=True))
    clock.advance(MINUTE)
    for number in range(20):
        await queue.put(a_task(f"due-{number}", clock.now()))
    claimed = [task.key for _ in range(15) for task in await claim(queue, 4)]
    assert len(claimed) == 20 and all(key.startswith("due") for key in claimed)
    clock.advance(30 * MINUTE)
    claimed = [task.key for _ in range(15) for task in await queue.claim("other", 4, 9999)]
    assert sum(key.startswith("early") for key in claimed) == 20


async def test_a_claim_is_renewed_as_long_as_it_is_held(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    task = await claim_one(queue)
    clock.advance(50)
    await queue.put(a_task(payload={"new": "1"}))
    assert await queue.renew(task, 60)
    clock.advance(50)
    assert await claim(queue) == []
    clock.advance(10)
    await claim_one(queue)
    assert not await queue.renew(task, 60)
    await queue.done(task)
    assert not await queue.renew(a_task("unknown"), 60)


async def test_what_was_set_aside_is_listed_with_its_reason(queue: TaskQueue) -> None:
    for key in ("one", "two", "three"):
        await queue.put(a_task(key))
    for task in await claim(queue):
        if task.key != "two":
            await queue.set_aside(task, "Rejected")
    listed = await queue.all_set_aside()
    assert {each.task.key for each in listed} == {"one", "three"}
    assert {each.reason for each in listed} == {"Rejected"}
    await queue.put(a_task("one"))
    assert [each.task.key for each in await queue.all_set_aside()] == ["three"]


async def test_when_a_task_is_next_is_told_and_why_it_waits(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    due_at = NOON + 2 * MINUTE
    assert await queue.wait_of(a_task()) is None
    await queue.put(a_task(due_at=due_at))
    assert await queue.wait_of(a_task()) == Wait(due_at, "")
    assert await queue.wait_of(a_task("two")) is None
    clock.advance(5 * MINUTE)
    task = await claim_one(queue)
    assert await queue.wait_of(a_task()) == Wait(clock.now(), ""), "somebody works on it"
    await queue.retry(task, clock.now() + MINUTE, "throttled")
    assert await queue.wait_of(a_task()) == Wait(clock.now() + MINUTE, "throttled")
    await queue.put(a_task(due_at=clock.now()))  # sooner, and it has not been done since
    assert await queue.wait_of(a_task()) == Wait(clock.now(), "throttled")
    await queue.set_aside(await claim_one(queue), "Rejected")
    assert await queue.wait_of(a_task()) is None


async def test_what_was_done_at_last_waits_for_nothing(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    await queue.retry(await claim_one(queue), clock.now(), "throttled")
    task = await claim_one(queue)
    await queue.put(a_task(due_at=clock.now() + MINUTE))
    await queue.done(task)
    assert await queue.wait_of(a_task()) == Wait(clock.now() + MINUTE, "")


async def test_a_task_that_is_there_can_be_left_as_it_is(queue: TaskQueue) -> None:
    await queue.put(a_task(payload={"place": "7"}))
    await queue.put(a_task(), unless_there=True)
    await queue.put(a_task("other"), unless_there=True)
    claimed = {task.key: task for task in await claim(queue)}
    assert claimed["link-1"].payload == {"place": "7"}
    await queue.set_aside(claimed["other"], "Rejected")
    await queue.put(a_task("other"), unless_there=True)
    assert await queue.all_set_aside() == []


async def test_a_crowd_of_one_tenant_does_not_starve_anothers_single_task(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    for number in range(30):
        await queue.put(a_task(f"crowd-{number}"))
    clock.advance(MINUTE)
    await queue.put(a_task("single", clock.now(), tenant=OTHER_TENANT))
    clock.advance(1)
    (first,) = await claim(queue, 1)
    clock.advance(1)
    (second,) = await claim(queue, 1)
    assert (first.tenant, second.key) == (TENANT, "single")


async def test_tenants_share_the_places_and_leave_none_free(
    queue: TaskQueue, clock: FrozenClock
) -> None:
    for number in range(12):
        await queue.put(a_task(f"crowd-{number}"))
    for number in range(2):
        await queue.put(a_task(f"few-{number}", tenant=OTHER_TENANT))
    claimed = await claim(queue, 6)
    assert sorted(task.key.partition("-")[0] for task in claimed) == ["crowd"] * 4 + ["few"] * 2
    clock.advance(1)
    assert len([*await claim(queue, 6), *await claim(queue, 6)]) == 8


async def test_a_put_that_died_half_way_is_found_at_the_next_start(
    queue: TaskQueue, store: Store, clock: FrozenClock
) -> None:
    await queue.put(a_task(due_at=NOON + 60 * MINUTE))
    lane = await places.tasks(store.vault, TENANT)
    (stored,) = await lane.find("task")
    sooner = replace(read(stored), task=replace(read(stored).task, due_at=NOON))
    await lane.commit([sealed(sooner, stored.etag, NOON)])
    assert await claim(queue) == []
    await TaskQueue(store.vault, clock).mend()
    assert len(await claim(queue)) == 1


async def test_a_put_that_died_before_its_lane_had_a_turn_is_found_at_the_next_start(
    queue: TaskQueue, store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_forward = Rota.bring_forward

    async def dying(rota: Rota, lane: str, due_at: datetime) -> None:
        if await (await places.tasks(store.vault, lane)).find("task"):
            raise Crash
        await bring_forward(rota, lane, due_at)

    with monkeypatch.context() as patched, pytest.raises(Crash):
        patched.setattr(Rota, "bring_forward", dying)
        await queue.put(a_task())
    await TaskQueue(store.vault, clock).mend()
    assert len(await claim(queue)) == 1


@pytest.mark.parametrize("is_left", [True, False], ids=["sent back", "taken off"])
async def test_a_lane_to_which_something_is_put_as_it_leaves_keeps_its_turn(
    queue: TaskQueue, store: Store, is_left: bool
) -> None:
    rota = Rota(store.vault)
    await rota.bring_forward(TENANT, NOON)
    (turn,) = await rota.due(NOON, 1)

    async def soonest() -> datetime | None:
        return NOON

    if is_left:
        await rota.send_back(turn, NOON + 60 * MINUTE, soonest)
    else:
        await rota.take_off(turn, soonest)
    assert [each.lane for each in await rota.due(NOON, 1)] == [TENANT]


async def test_tasks_of_an_older_program_are_taken_over(queue: TaskQueue, store: Store) -> None:
    for shard, key in ((0, "link-0"), (7, "link-7")):
        entry = Entry(task=a_task(key, id=f"sync_link/{TENANT}/{key}"))
        await (await places.task_shard(store.vault, shard)).commit([sealed(entry, "", NOON)])
    await queue.mend()
    await queue.mend()
    assert sorted(task.key for task in await claim(queue)) == ["link-0", "link-7"]


async def test_a_lane_with_nothing_in_it_is_forgotten(
    queue: TaskQueue, store: Store, clock: FrozenClock
) -> None:
    await queue.put(a_task())
    await queue.done(await claim_one(queue))
    clock.advance(2 * MINUTE)
    assert await claim(queue) == []
    assert await (await places.rota(store.vault)).find("turn") == []
    await queue.put(a_task())
    assert len(await claim(queue)) == 1


async def test_some_tenants_may_be_passed_over(queue: TaskQueue) -> None:
    await queue.put(a_task("crowd"))
    await queue.put(a_task("single", tenant=OTHER_TENANT))
    (claimed,) = await queue.claim("worker", 5, 60, [TENANT])
    assert claimed.key == "single"
    assert len(await claim(queue)) == 1


async def test_a_task_of_a_kind_that_is_not_known_yet_holds_back_no_other(
    queue: TaskQueue, store: Store
) -> None:
    await queue.put(a_task("known"))
    lane = await places.tasks(store.vault, TENANT)
    (stored,) = await lane.find("task")
    newer = stored.body.replace(b"sync_link", b"next_year")
    await lane.commit([Seal(kind="task", id="newer", body=newer, due_at=NOON - MINUTE)])
    assert [task.key for task in await claim(queue, 1)] == ["known"]
    assert await claim(queue, 1) == []


async def test_a_hand_back_is_no_attempt(queue: TaskQueue) -> None:
    await queue.put(a_task())
    for _ in range(2):
        task = await claim_one(queue)
        assert task.attempts == 0
        await queue.retry(task, NOON, "busy", counts=False)


async def test_all_tasks_of_a_tenant_go_but_one(queue: TaskQueue) -> None:
    for key in ("one", "two", "three"):
        await queue.put(a_task(key))
        await queue.put(a_task(key, tenant=OTHER_TENANT))
    (own, *_) = [task for task in await claim(queue) if task.tenant == TENANT]
    await queue.remove_all_of(TENANT, own)
    await queue.retry(own, NOON, "again")
    assert (await claim_one(queue)).key == own.key
