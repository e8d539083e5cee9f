from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.model.tasks import Task, TaskKind
from services.storage.queue import TaskQueue
from services.storage.store import Store
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import NOON, FrozenClock

MINUTE = timedelta(minutes=1)


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
