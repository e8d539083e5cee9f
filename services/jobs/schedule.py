"""The heartbeat: wake the worker every second, and at once when something becomes due here.

A :class:`Tick` is data: its id, how often, and what it calls. Ticks only claim or put tasks; the
work itself is durable and any instance may do it, so the scheduler needs no memory of its own.
APScheduler would cancel what runs when it shuts down, hence the order in :meth:`Schedule.stop`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from services.model.errors import AlmanacError
from services.storage.queue import TaskQueue
from services.sync.worker import Worker

__all__ = ["Schedule", "Tick"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that happens again and again."""

    id: str
    every_seconds: int
    call: Callable[[], Awaitable[object]]
    jitter_seconds: int | None = None


class Schedule:
    """Runs the ticks and the worker from :meth:`start` to :meth:`stop`.

    Args:
        worker: claims what is due.
        queue: says when something becomes due in this process.
        report: told when a tick fails; the next one tries again.
        ticks: more that has to happen at times.
    """

    def __init__(
        self,
        worker: Worker,
        queue: TaskQueue,
        report: Callable[[AlmanacError], None],
        ticks: Sequence[Tick] = (),
    ) -> None:
        self._worker = worker
        self._queue = queue
        self._report = report
        self._ticks = (Tick("claim_due_tasks", 1, worker.run_due), *ticks)
        self._stopping = False
        self._scheduler: AsyncIOScheduler | None = None
        self._waker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; called inside the running event loop."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for tick in self._ticks:
            self._scheduler.add_job(
                self._happen,
                IntervalTrigger(
                    seconds=tick.every_seconds, jitter=tick.jitter_seconds, timezone=UTC
                ),
                args=(tick,),
                id=tick.id,
                replace_existing=True,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()
        self._waker = asyncio.create_task(self._wake())

    async def stop(self) -> None:
        """Take nothing new, wait for what is under way, then end."""
        if self._scheduler is None or self._waker is None:
            return
        self._scheduler.pause()
        # Ended, not cancelled: what has just been claimed must not be dropped.
        self._stopping = True
        self._queue.changed.set()
        try:
            await self._waker
            await self._worker.stop()
        finally:
            self._scheduler.shutdown(wait=False)

    async def _wake(self) -> None:
        while not self._stopping:
            await self._queue.changed.wait()
            self._queue.changed.clear()
            await self._happen(self._ticks[0])

    async def _happen(self, tick: Tick) -> None:
        try:
            await tick.call()
        except AlmanacError as err:
            self._report(err)
        except Exception as err:  # the last net: a bug ends this tick, and none of those to come
            log.error("a tick failed of a bug (%s): %s", tick.id, type(err).__name__)
