from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from services.jobs.schedule import Schedule, Tick
from services.model.errors import AlmanacError, Damaged
from services.model.tasks import Task, TaskKind
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
    async with asyncio.timeout(5):
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
    async with asyncio.timeout(5):
        await tick.reached.wait()
    await schedule.stop()
    assert [type(err) for err in reported] == [Damaged]


async def test_stopping_waits_for_what_runs(office: Office) -> None:
    schedule = Schedule(office.worker, office.store.tasks, report=lambda err: None)
    schedule.start()
    await office.store.tasks.put(a_task(office))
    await schedule.stop()
    await office.store.tasks.put(a_task(office))
    assert await office.worker.run_due() == 0


async def test_what_never_started_can_be_stopped(office: Office) -> None:
    await Schedule(office.worker, office.store.tasks, report=lambda err: None).stop()
