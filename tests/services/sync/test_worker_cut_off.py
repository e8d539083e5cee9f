"""Jobs that are cut off, or that cut themselves off."""

from __future__ import annotations

import asyncio
import gc
from random import Random
from typing import Any

from services.model.tasks import Task, TaskKind
from services.storage.store import Store
from services.sync.worker import Job, Worker
from tests._builders import TENANT
from tests._fakes import FrozenClock


def a_worker(store: Store, clock: FrozenClock, job: Job, told: list[BaseException]) -> Worker:
    return Worker(
        store.tasks,
        dict.fromkeys(TaskKind, job),
        clock,
        random=Random(1),
        report=lambda failure, task: told.append(failure),
        owner="here",
    )


async def put(store: Store, clock: FrozenClock) -> None:
    task = Task(kind=TaskKind.UPDATE_POSTS, tenant=TENANT, key="a", due_at=clock.now())
    await store.tasks.put(task)


async def test_a_job_that_fails_while_it_is_cut_off_is_handed_back_and_nobody_is_told(
    store: Store, clock: FrozenClock
) -> None:
    begun, told = asyncio.Event(), list[BaseException]()
    overlooked: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: overlooked.append(about))

    async def job(task: Task) -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            raise ValueError("on the way out")

    worker = a_worker(store, clock, job, told)
    await put(store, clock)
    await worker.run_due()
    await begun.wait()
    await worker.stop(within=0)
    await asyncio.sleep(0)  # what is done lets go of what it held
    gc.collect()
    assert (told, overlooked) == ([], [])
    [again] = await store.tasks.claim("there", 1, 60)
    assert again.attempts == 0


async def test_a_job_in_which_something_was_cancelled_is_tried_again(
    store: Store, clock: FrozenClock
) -> None:
    told, runs = list[BaseException](), list[str]()

    async def job(task: Task) -> None:
        runs.append(task.key)
        if len(runs) == 1:
            raise asyncio.CancelledError

    worker = a_worker(store, clock, job, told)
    await put(store, clock)
    await worker.drain()
    assert [type(failure) for failure in told] == [asyncio.CancelledError]
    clock.advance(10)
    await worker.drain()
    assert runs == ["a", "a"]
    assert await store.tasks.soonest() is None
