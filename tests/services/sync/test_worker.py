from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from services.model.accounts import LinkId
from services.model.errors import NoRoom, Rejected, Throttled, Unreachable
from services.model.tasks import Task, TaskKind, sync_task
from services.storage.queue import TaskQueue
from services.storage.store import Store
from services.sync import worker
from services.sync.state.link_pass import LeaseLost
from services.sync.worker import MailboxBusy, Worker, WorkersLost
from tests._builders import OTHER_TENANT, TENANT, a_person
from tests._fakes import FrozenClock

SUCCESSORS = [TaskKind.SYNC_LINK, TaskKind.RENEW_SUBSCRIPTION, TaskKind.REFRESH_FEED]


@dataclass
class Script:
    """A job that fails as told, once for each failure, and then goes well."""

    failures: list[Exception] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    at_once: int = 0
    most_at_once: int = 0

    async def __call__(self, task: Task) -> None:
        self.runs.append(task.key)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate is not None:
                await self.gate.wait()
            if self.failures:
                raise self.failures.pop(0)
        finally:
            self.at_once -= 1


@dataclass
class Bench:
    clock: FrozenClock
    queue: TaskQueue
    job: Script
    worker: Worker
    reported: list[BaseException]

    async def put(self, key: str = "a", kind: TaskKind = TaskKind.UPDATE_POSTS) -> None:
        await self.queue.put(Task(kind=kind, tenant=TENANT, key=key, due_at=self.clock.now()))


@pytest.fixture
def bench(store: Store, clock: FrozenClock) -> Bench:
    queue = store.tasks
    job, reported = Script(), list[BaseException]()
    worker = Worker(
        queue,
        dict.fromkeys(TaskKind, job),
        clock,
        random=Random(1),
        report=lambda failure, task: reported.append(failure),
        owner="here",
        hands=2,
    )
    return Bench(clock, queue, job, worker, reported)


async def test_what_is_due_is_carried_out_once(bench: Bench) -> None:
    await bench.put()
    await bench.worker.drain()
    await bench.worker.drain()
    assert bench.job.runs == ["a"]
    assert await bench.queue.soonest() is None


async def test_no_more_tasks_run_than_there_are_hands(bench: Bench) -> None:
    for key in "abcde":
        await bench.put(key)
    bench.job.gate = asyncio.Event()
    assert await bench.worker.run_due() == 2
    assert await bench.worker.run_due() == 0
    for _ in range(10):
        await asyncio.sleep(0)
    assert bench.job.at_once == 2
    bench.job.gate.set()
    await bench.worker.drain()
    assert sorted(bench.job.runs) == list("abcde")
    assert bench.job.most_at_once == 2


async def test_throttled_work_comes_back_when_the_service_said(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [Throttled(42)]
    await bench.worker.drain()
    assert await bench.queue.soonest() == bench.clock.now() + timedelta(seconds=42)
    bench.clock.advance(42)
    await bench.worker.drain()
    assert bench.job.runs == ["a", "a"]
    assert bench.reported == []


async def test_waits_for_a_service_that_is_down_grow_and_end_nowhere(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [Unreachable() for _ in range(20)]
    waits = []
    for _ in range(20):
        await bench.worker.drain()
        due = await bench.queue.soonest()
        assert due is not None
        waits.append((due - bench.clock.now()).total_seconds())
        bench.clock.move_to(due)
    await bench.worker.drain()
    assert len(bench.job.runs) == 21
    assert all(1 <= wait <= 600 for wait in waits)
    assert max(waits[:3]) < 10 < max(waits[10:])
    assert bench.reported == []


async def test_a_busy_mailbox_is_tried_again_soon(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [MailboxBusy()]
    await bench.worker.drain()
    bench.clock.advance(3)
    await bench.worker.drain()
    assert bench.job.runs == ["a", "a"]


async def test_what_fails_five_times_is_set_aside_and_reported(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [Rejected(400, "ErrorInvalidRequest") for _ in range(9)]
    for _ in range(9):
        await bench.worker.drain()
        bench.clock.advance(601)
    assert len(bench.job.runs) == 5 == len(bench.reported)


async def test_a_bug_in_one_job_stops_nobody(bench: Bench) -> None:
    await bench.put("a")
    await bench.put("b")
    bench.job.failures = [KeyError("bug")]
    await bench.worker.drain()
    assert sorted(bench.job.runs) == ["a", "b"]
    assert [type(failure) for failure in bench.reported] == [KeyError]


async def test_what_the_worker_itself_stumbles_over_is_reported(bench: Bench) -> None:
    jobless = Worker(
        bench.queue,
        {},
        bench.clock,
        random=Random(1),
        report=lambda failure, task: bench.reported.append(failure),
        owner="here",
    )
    await bench.put()
    with pytest.raises(KeyError):
        await jobless.drain()
    assert [type(one) for one in bench.reported] == [KeyError]


@pytest.mark.parametrize("kind", SUCCESSORS)
async def test_what_is_its_own_successor_is_never_given_up(bench: Bench, kind: TaskKind) -> None:
    task = sync_task(a_person(), LinkId("link-1"), bench.clock.now())
    await bench.queue.put(replace(task, kind=kind))
    bench.job.failures = [Rejected(400, "ErrorInvalidRequest") for _ in range(8)]
    for _ in range(9):
        await bench.worker.drain()
        bench.clock.advance(901)
    assert len(bench.job.runs) == 9


async def test_stopping_waits_for_what_is_under_way_and_takes_nothing_new(bench: Bench) -> None:
    await bench.put("a")
    bench.job.gate = asyncio.Event()
    await bench.worker.run_due()
    stopping = asyncio.create_task(bench.worker.stop())
    await bench.put("b")
    await asyncio.sleep(0)
    assert not stopping.done()
    bench.job.gate.set()
    await stopping
    assert await bench.worker.run_due() == 0
    assert bench.job.runs == ["a"]


async def test_a_long_job_keeps_its_claim_and_stops_when_it_has_lost_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RENEWED_AFTER", 0.001)
    bench.job.gate = asyncio.Event()
    await bench.put()
    await bench.worker.run_due()
    for _ in range(3):  # it is renewed again and again: nobody else gets it
        bench.clock.advance(worker.CLAIMED_FOR - 1)
        renewed = bench.clock.now() + timedelta(seconds=worker.CLAIMED_FOR)
        while await bench.queue.soonest() != renewed:  # noqa: ASYNC110  (a record tells no event)
            await asyncio.sleep(0)
    claimed: list[Task] = []
    while not claimed:  # unless it was renewed once more, just before
        bench.clock.advance(worker.CLAIMED_FOR)
        claimed = await bench.queue.claim("another", 1, 10_000)
    (taken,) = claimed
    await bench.worker.drain()
    assert (bench.job.runs, bench.job.at_once, bench.reported) == (["a"], 0, [])
    await bench.queue.done(taken)
    assert await bench.queue.soonest() is None


async def test_a_claim_that_cannot_be_renewed_right_now_costs_no_job(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RENEWED_AFTER", 0.001)
    tried: list[Task] = []

    async def renew(queue: TaskQueue, task: Task, seconds: float) -> bool:
        tried.append(task)
        if len(tried) == 1:
            raise NoRoom("the disk is full")
        assert bench.job.gate is not None
        bench.job.gate.set()
        return True

    monkeypatch.setattr(TaskQueue, "renew", renew)
    bench.job.gate = asyncio.Event()
    await bench.put()
    await bench.worker.drain()
    assert (bench.job.runs, bench.reported) == (["a"], [])
    assert await bench.queue.soonest() is None


async def test_a_hand_that_is_free_again_asks_for_more(bench: Bench) -> None:
    await bench.put()
    await bench.worker.run_due()
    bench.queue.changed.clear()
    await bench.worker.drain()
    assert bench.queue.changed.is_set()


async def test_waiting_its_turn_is_no_try(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [Throttled(1), MailboxBusy(), LeaseLost(), MailboxBusy(), Throttled(1)]
    bench.job.failures += [Rejected(400, "ErrorInvalidRequest") for _ in range(4)]
    for _ in range(10):
        await bench.worker.drain()
        bench.clock.advance(601)
    assert len(bench.job.runs) == 10
    assert [type(failure) for failure in bench.reported] == [Rejected] * 4
    assert await bench.queue.all_set_aside() == []


async def killed(bench: Bench, times: int) -> None:
    """Let workers die with the task that is due."""
    for _ in range(times):
        (taken,) = await bench.queue.claim("mortal", 1, 60)
        assert taken.key == "a"
        bench.clock.advance(60)


async def test_what_kills_its_worker_again_and_again_is_not_begun_any_more(bench: Bench) -> None:
    await bench.put("a")
    await killed(bench, 5)
    await bench.worker.drain()
    assert bench.job.runs == []
    (kept,) = await bench.queue.all_set_aside()
    assert (kept.task.key, kept.reason) == ("a", "WorkersLost")
    assert [type(failure) for failure in bench.reported] == [WorkersLost]


@pytest.mark.parametrize("kind", SUCCESSORS)
async def test_what_goes_on_for_ever_is_begun_once_an_hour_if_it_kills_its_worker(
    bench: Bench, kind: TaskKind
) -> None:
    await bench.put("a", kind)
    await killed(bench, 5)
    await bench.worker.drain()
    assert bench.job.runs == []
    assert await bench.queue.soonest() == bench.clock.now() + timedelta(hours=1)
    bench.clock.advance(3600)
    await killed(bench, 1)
    await bench.worker.drain()
    assert bench.job.runs == []
    assert await bench.queue.soonest() == bench.clock.now() + timedelta(hours=1)
    bench.clock.advance(3600)
    await bench.worker.drain()
    assert bench.job.runs == ["a"]
    await bench.put("a", kind)
    await killed(bench, 4)
    await bench.worker.drain()
    assert bench.job.runs == ["a", "a"], "it has lived through it since"


async def test_whoever_lived_through_a_task_clears_its_name(bench: Bench) -> None:
    """Programs are killed for many reasons, and a task may be under way each time."""
    await bench.put("a")
    await killed(bench, 4)
    bench.job.failures = [Throttled(1)]
    await bench.worker.drain()
    bench.clock.advance(1)
    await killed(bench, 4)
    await bench.worker.drain()
    assert bench.job.runs == ["a", "a"]
    assert await bench.queue.all_set_aside() == []


async def test_a_storm_does_not_hide_that_a_task_kills_its_worker(bench: Bench) -> None:
    await bench.put("a")
    for _ in range(5):
        await killed(bench, 1)
        await bench.put("a")
    await bench.worker.drain()
    assert bench.job.runs == []


async def test_what_is_set_aside_keeps_its_reason(bench: Bench) -> None:
    await bench.put()
    bench.job.failures = [Rejected(400, "ErrorInvalidRequest") for _ in range(5)]
    for _ in range(5):
        await bench.worker.drain()
        bench.clock.advance(601)
    (kept,) = await bench.queue.all_set_aside()
    assert (kept.task.key, kept.reason) == ("a", "Rejected")


async def test_a_stop_hands_back_what_does_not_end_in_time(bench: Bench) -> None:
    await bench.put("slow")
    bench.job.gate = asyncio.Event()
    await bench.worker.run_due()
    await asyncio.sleep(0)
    await bench.worker.stop(within=0.001)
    assert (bench.job.runs, bench.job.at_once) == (["slow"], 0)
    (taken,) = await bench.queue.claim("the next process", 1, 60)
    assert (taken.key, taken.attempts) == ("slow", 0)
    await bench.worker.stop()


async def test_a_stop_hands_back_what_is_just_being_claimed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, claimed, gate = TaskQueue.claim, asyncio.Event(), asyncio.Event()

    async def slowly(queue: TaskQueue, *how: Any) -> list[Task]:
        found = await claim(queue, *how)
        claimed.set()
        await gate.wait()
        return found

    monkeypatch.setattr(TaskQueue, "claim", slowly)
    bench.job.gate = asyncio.Event()
    await bench.put("slow")
    running = asyncio.create_task(bench.worker.run_due())
    await claimed.wait()
    stopping = asyncio.create_task(bench.worker.stop(within=0))
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(running, stopping)
    assert bench.job.at_once == 0
    (taken,) = await claim(bench.queue, "the next process", 1, 60)
    assert (taken.key, taken.attempts) == ("slow", 0)


async def test_a_crowd_waits_in_the_queue_and_not_in_the_process(bench: Bench) -> None:
    for number in range(20):
        await bench.put(f"{number}")
    bench.job.gate = asyncio.Event()
    for _ in range(3):
        await bench.worker.run_due()
        await asyncio.sleep(0)
    assert len(bench.job.runs) == 2
    assert len(await bench.queue.claim("another process", 30, 60)) == 18
    bench.job.gate.set()
    await bench.worker.drain()


async def test_one_tenants_long_work_leaves_a_hand_for_the_others(bench: Bench) -> None:
    careful = Worker(
        bench.queue,
        dict.fromkeys(TaskKind, bench.job),
        bench.clock,
        random=Random(1),
        report=lambda failure, task: bench.reported.append(failure),
        owner="careful",
        hands=3,
        tenant_hands=2,
    )
    for key in "abcd":
        await bench.put(key)
    bench.job.gate = asyncio.Event()
    assert await careful.run_due() == 2
    other = Task(
        kind=TaskKind.UPDATE_POSTS, tenant=OTHER_TENANT, key="other", due_at=bench.clock.now()
    )
    await bench.queue.put(other)
    assert await careful.run_due() == 1
    for _ in range(10):
        await asyncio.sleep(0)
    assert "other" in bench.job.runs
    bench.job.gate.set()
    await careful.drain()
    assert sorted(bench.job.runs) == ["a", "b", "c", "d", "other"]
