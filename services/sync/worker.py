"""Carry out durable tasks: claim what is due, run it, and decide what a failure means.

:meth:`Worker.run_due` claims as much as there are free hands for and returns at once; the work
goes on beside it. What waits, waits in the queue: a crowd of tasks costs this process nothing.
:meth:`Worker.drain` waits until nothing is under way. :meth:`Worker.stop` takes nothing new, gives
what is under way some seconds, and hands the rest back: a job may be cut off anywhere, as it may
be killed anywhere. The table in :meth:`Worker._after` is the only place that says whether a failure
is tried again, and when:

* ``Throttled``: when the service said; a mailbox that another worker holds: in seconds. Neither
  was a try, and no hand is kept waiting for either;
* ``Unreachable``: later and later, never given up;
* five workers in a row that died with it, and perhaps of it: it is not begun any more, but set
  aside; a link's pass and its subscription are tried once an hour, since they may be innocent;
* anything else: five tries, then it is set aside with its reason; a link's pass and its
  subscription go on trying at a slow pace, since both are their own successors.

A job that fails in a way nobody thought of takes the same path and is reported.

Two tasks may be about one mailbox. It is never in two hands, since each job holds its lease; their
order does not matter, since a task says *look*, and never what has changed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from random import Random
from typing import Protocol

from services.model.errors import AlmanacError, Broken, Throttled, Unreachable, Upstream
from services.model.identity import TenantId
from services.model.tasks import WORKERS_LOST, Task, TaskKind
from services.model.times import Clock
from services.storage.queue import TaskQueue
from services.sync.state.link_pass import LeaseLost

__all__ = ["Job", "MailboxBusy", "Report", "Worker"]

CLAIMED_FOR = 300.0
RENEWED_AFTER = 100.0
TRIES = 5
SHORTEST_WAIT = 2.0
LONGEST_WAIT = 600.0
SWEEP_WAIT = 900.0
BUSY_WAIT = 3.0
LOST_WAIT = 3600.0
STOPPED_WITHIN = 20.0
"""Seconds; a process that is asked to end is killed after 30 by most that ask."""
GOES_ON = frozenset({TaskKind.SYNC_LINK, TaskKind.RENEW_SUBSCRIPTION, TaskKind.REFRESH_FEED})
Report = Callable[[BaseException, Task], None]
"""Tells the log of a failure; the task's payload and key must not be written there."""


class Job(Protocol):
    """Carries out one kind of task."""

    async def __call__(self, task: Task) -> None:
        """Do it; safe to be repeated."""


class MailboxBusy(AlmanacError):
    """Another task works on the same mailbox."""


class WorkersLost(AlmanacError):
    """Whoever began this task was never heard of again, time after time."""


class Worker:
    """Claims tasks and carries them out, some at a time.

    Args:
        queue: where tasks come from.
        jobs: what carries out each kind.
        clock: the time.
        random: where the jitter of a back-off comes from.
        report: told of every failure that is not an everyday one.
        owner: this process, as claims name it.
        hands: how many tasks run at once.
        tenant_hands: how many of them may be one tenant's; the rest is for whoever comes while
            that one is busy with long passes.
    """

    def __init__(
        self,
        queue: TaskQueue,
        jobs: Mapping[TaskKind, Job],
        clock: Clock,
        *,
        random: Random,
        report: Report,
        owner: str,
        hands: int = 10,
        tenant_hands: int = 8,
    ) -> None:
        self._queue = queue
        self._jobs = jobs
        self._clock = clock
        self._random = random
        self._report = report
        self._owner = owner
        self._hands = hands
        self._tenant_hands = min(tenant_hands, hands)
        self._under_way: set[asyncio.Task[None]] = set()
        self._busy: Counter[TenantId] = Counter()
        self._claiming = asyncio.Lock()
        self._stopped = False

    async def run_due(self) -> int:
        """Claim what is due and begin it; return how many tasks that were."""
        begun = 0
        async with self._claiming:
            while not self._stopped and (places := self._places()):
                full = [who for who, busy in self._busy.items() if busy >= self._tenant_hands]
                claimed = await self._queue.claim(self._owner, places, CLAIMED_FOR, full)
                for task in claimed:
                    self._begin(task)
                begun += len(claimed)
                if len(claimed) < places:
                    break
        return begun

    def _places(self) -> int:
        """Return how many tasks may be claimed, be they all of one tenant."""
        busy = [each for each in self._busy.values() if each < self._tenant_hands]
        free = self._hands - len(self._under_way)
        return max(min(free, self._tenant_hands - max(busy, default=0)), 0)

    def _begin(self, task: Task) -> None:
        work = asyncio.create_task(self._carry_out(task))
        self._under_way.add(work)
        self._busy[task.tenant] += 1
        work.add_done_callback(partial(self._ended, task))

    def _ended(self, task: Task, work: asyncio.Task[None]) -> None:
        self._under_way.discard(work)
        self._busy[task.tenant] -= 1
        if not self._busy[task.tenant]:
            del self._busy[task.tenant]
        if not work.cancelled() and (failure := work.exception()):
            self._report(failure, task)  # the queue did not take its end: the claim runs out

    async def drain(self) -> None:
        """Carry out everything that is due now, and wait for it."""
        while await self.run_due() or self._under_way:
            await asyncio.gather(*self._under_way)

    async def stop(self, within: float = STOPPED_WITHIN) -> None:
        """Take nothing new, wait so many seconds for what is under way, hand the rest back."""
        self._stopped = True
        async with self._claiming:
            if not self._under_way:
                return
            _, late = await asyncio.wait(self._under_way, timeout=within)
            for work in late:
                work.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _carry_out(self, task: Task) -> None:
        if task.lost >= TRIES:
            await self._after(task, WorkersLost())
            return
        job = asyncio.ensure_future(self._jobs[task.kind](task))
        try:
            is_ours = await self._hold(task, job)
        except asyncio.CancelledError:
            await _end(job)
            await self._retry(task, 0, "stopped", counts=False)
            raise
        if not is_ours:
            return
        failure = _failure_of(job)
        if failure is None:
            await self._queue.done(task)
        else:
            await self._after(task, failure)
        # A hand is free again, and there may be more to do.
        self._queue.changed.set()

    async def _hold(self, task: Task, job: asyncio.Future[None]) -> bool:
        """Renew the claim while the job goes on; return whether it was ours to the end."""
        while not (await asyncio.wait({job}, timeout=RENEWED_AFTER))[0]:
            with suppress(Upstream, Broken):  # there is time to try again
                if not await self._queue.renew(task, CLAIMED_FOR):
                    await _end(job)
                    return False
        return True

    async def _after(self, task: Task, failure: BaseException) -> None:
        match failure:
            case Throttled(retry_after=seconds):
                await self._retry(task, seconds, "throttled", counts=False)
            case MailboxBusy() | LeaseLost():
                await self._retry(task, self._random.uniform(1, BUSY_WAIT), "busy", counts=False)
            case Unreachable():
                await self._retry(task, self._back_off(task), "unreachable")
            case WorkersLost() if task.kind in GOES_ON:
                self._report(failure, task)
                # One more try, not five: whoever wakes it before the hour is over has one as well.
                await self._retry(task, LOST_WAIT, WORKERS_LOST, lost=TRIES - 1)
            case _ if task.attempts + 1 < TRIES:
                self._report(failure, task)
                await self._retry(task, self._back_off(task), _reason(failure))
            case _ if task.kind in GOES_ON:
                self._report(failure, task)
                await self._retry(task, SWEEP_WAIT, _reason(failure))
            case _:
                self._report(failure, task)
                await self._queue.set_aside(task, _reason(failure))

    async def _retry(
        self, task: Task, seconds: float, reason: str, *, counts: bool = True, lost: int = 0
    ) -> None:
        due_at = self._clock.now() + timedelta(seconds=seconds)
        await self._queue.retry(task, due_at, reason, counts=counts, lost=lost)

    def _back_off(self, task: Task) -> float:
        """Return a wait of up to twice the one before, so that many do not come back at once."""
        longest = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(task.attempts, 10))
        return self._random.uniform(SHORTEST_WAIT / 2, longest)


async def _end(job: asyncio.Future[None]) -> None:
    """Cut a job off; what it fails of on its way out is no news, since it begins again anyway."""
    job.cancel()
    await asyncio.wait({job})
    _failure_of(job)  # else asyncio would tell of it as of one that nobody looked at


def _failure_of(job: asyncio.Future[None]) -> BaseException | None:
    """Return what a job has failed of, be it that something within it was cancelled."""
    return asyncio.CancelledError() if job.cancelled() else job.exception()


def _reason(failure: BaseException) -> str:
    return type(failure).__name__
