from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

import pytest

from services.jobs.schedule import Schedule, Tick
from services.model.errors import AlmanacError, Damaged
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.queue import TaskQueue
from services.sync.worker import Worker
from tests._builders import TENANT, a_channel
from tests.services._office import Office


@dataclass
class Counter:
    """A tick that says when it was called so many times."""

    wanted: int
    calls: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        self.calls += 1
        if self.calls == self.wanted:
            self.reached.set()
        raise Damaged("on purpose")


def a_task(office: Office) -> Task:
    return Task(
        kind=TaskKind.FOLLOW_CONVERSATION,
        tenant=TENANT,
        key="a",
        payload={"conversation": a_channel().id},
        due_at=office.clock.now(),
    )


async def test_what_becomes_due_here_is_done_at_once(office: Office) -> None:
    schedule = Schedule(office.worker, office.store.tasks, report=lambda err: None)
    schedule.start()
    await office.store.conversations.save(a_channel())
    await office.store.tasks.put(a_task(office))
    async with asyncio.timeout(60):
        await office.roster.asked.wait()
    await schedule.stop()


async def test_a_failing_tick_is_reported_and_comes_again(office: Office) -> None:
    tick, reported = Counter(wanted=1), list[AlmanacError]()
    schedule = Schedule(
        office.worker,
        office.store.tasks,
        report=reported.append,
        ticks=(Tick("count", 1, tick),),
    )
    schedule.start()
    async with asyncio.timeout(60):
        await tick.reached.wait()
    await schedule.stop()
    assert [type(err) for err in reported] == [Damaged]


class Stumbling(Worker):
    """Fails at first, in a way nobody thought of."""

    def __init__(self, queue: TaskQueue, clock: Clock) -> None:
        super().__init__(queue, {}, clock, random=Random(1), report=print, owner="a")
        self.failed, self.went_on = asyncio.Event(), asyncio.Event()

    async def run_due(self) -> int:
        if not self.failed.is_set():
            self.failed.set()
            raise ZeroDivisionError
        self.went_on.set()
        return await super().run_due()


async def test_a_bug_in_one_tick_does_not_end_those_to_come(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Stumbling(office.store.tasks, office.clock)
    schedule = Schedule(worker, office.store.tasks, report=lambda err: None)
    schedule.start()
    async with asyncio.timeout(60):
        for happened in (worker.failed, worker.went_on):
            office.store.tasks.changed.set()
            await happened.wait()
    await schedule.stop()
    assert "ZeroDivisionError" in caplog.text


async def test_stopping_waits_for_what_runs(office: Office) -> None:
    schedule = Schedule(office.worker, office.store.tasks, report=lambda err: None)
    schedule.start()
    await office.store.tasks.put(a_task(office))
    await schedule.stop()
    await office.store.tasks.put(a_task(office))
    assert await office.worker.run_due() == 0


async def test_what_never_started_can_be_stopped(office: Office) -> None:
    await Schedule(office.worker, office.store.tasks, report=lambda err: None).stop()
