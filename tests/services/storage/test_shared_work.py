"""Several instances on one store: each task is carried out, and by one of them."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest

from services.model.tasks import Task, TaskKind
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.worker import Worker
from tests._builders import TENANT, a_link
from tests._fakes import FrozenClock
from tests.services.storage._hands import SystemClock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
RING = "k1:" + base64.b64encode(b"r" * 32).decode()
TASKS = 60
INSTANCES = 3
stops = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop one")


@pytest.fixture
async def stores(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[list[Store]]:
    """Three instances, each with connections of its own to one file."""
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(INSTANCES):
            records = await SqliteRecords.open(tmp_path / "shared.db", clock)
            stack.push_async_callback(records.close)
            opened.append(await open_store(records, KeyRing.parse(RING), clock))
        yield opened


def a_task(key: str, store_clock: FrozenClock | SystemClock) -> Task:
    now = store_clock.now()
    return Task(kind=TaskKind.UPDATE_POSTS, tenant=TENANT, key=key, due_at=now)


async def test_three_instances_carry_out_each_task_once(
    stores: list[Store], clock: FrozenClock
) -> None:
    done: list[str] = []
    under_way: set[str] = set()
    by: Counter[int] = Counter()
    all_at_work = asyncio.Event()

    def a_worker(number: int) -> Worker:
        async def carry_out(task: Task) -> None:
            assert task.key not in under_way, "twice at once"
            under_way.add(task.key)
            by[number] += 1
            if len(by) == INSTANCES:
                all_at_work.set()
            await asyncio.wait_for(all_at_work.wait(), 30)
            under_way.remove(task.key)
            done.append(task.key)

        return Worker(
            stores[number].tasks,
            {TaskKind.UPDATE_POSTS: carry_out},
            clock,
            random=Random(number),
            report=lambda failure, task: None,
            owner=f"w{number}",
            hands=2,
        )

    for number in range(TASKS):
        await stores[0].tasks.put(a_task(str(number), clock))
    await asyncio.gather(*(a_worker(number).drain() for number in range(INSTANCES)))
    assert sorted(done, key=int) == [str(number) for number in range(TASKS)]
    assert sum(by.values()) == TASKS


async def a_store(stack: AsyncExitStack, path: Path) -> Store:
    records = await SqliteRecords.open(path, SystemClock())
    stack.push_async_callback(records.close)
    return await open_store(records, KeyRing.parse(RING), SystemClock())


def start(path: Path, seconds: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.storage._hands", str(path), RING, str(seconds)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.splitlines()


async def test_three_processes_carry_out_each_task_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    async with AsyncExitStack() as stack:
        store = await a_store(stack, path)
        for number in range(TASKS):
            await store.tasks.put(a_task(str(number), SystemClock()))
        processes = [start(path, 60) for _ in range(INSTANCES)]
        said = [await asyncio.to_thread(finish, process) for process in processes]
        assert Counter(line for lines in said for line in lines) == Counter(
            f"did {number}" for number in range(TASKS)
        )
        assert await store.tasks.soonest() is None


@stops
async def test_a_worker_that_was_frozen_wakes_and_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    async with AsyncExitStack() as stack:
        store = await a_store(stack, path)
        await store.links.add(a_link())
        await store.tasks.put(a_task("freeze", SystemClock()))
        frozen = start(path, 0.5)
        assert frozen.stdout is not None
        assert await asyncio.to_thread(frozen.stdout.readline) == "frozen freeze\n"
        # Claim and lease run out while it stands still, and another one does the work.
        assert await asyncio.to_thread(finish, start(path, 60)) == ["did freeze"]
        os.kill(frozen.pid, signal.SIGCONT)
        assert await asyncio.to_thread(finish, frozen) == ["fenced freeze"]
        assert await store.tasks.soonest() is None
