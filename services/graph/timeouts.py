"""How long anybody waits for an answer, watched by one timer for all who do.

A timer for each request, set and taken back, is a tenth of what a request costs: a first sync sends
ten thousand. So who begins to wait is noted, and a look at all of them every few seconds calls off
who has waited too long. :func:`asyncio.timeout` is the same for a single one, to the millisecond.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

__all__ = ["Timeouts"]

T = TypeVar("T")


@dataclass(slots=True)
class _Wait:
    since: float
    cancelling: int
    """How often others had called the task off before."""
    is_over: bool = False


class Timeouts:
    """Waits with a bound.

    Args:
        seconds: after so long it is over.
        every: so often somebody looks, so it may be as much more.
    """

    def __init__(self, seconds: float, every: float) -> None:
        self._seconds = seconds
        self._every = every
        self._waits: dict[asyncio.Task[Any], _Wait] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def wait_for(self, work: Awaitable[T]) -> T:
        """Return what the work returns. A task does one such thing at a time.

        Raises:
            TimeoutError: it took too long, and was called off.
        """
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        wait = self._waits[task] = _Wait(loop.time(), task.cancelling())
        if self._timer is None:
            self._timer = loop.call_later(self._every, self._look, loop)
        try:
            return await work
        except BaseException as err:
            # Whoever else has called it off meanwhile means more than this.
            is_ours = wait.is_over and task.uncancel() <= wait.cancelling
            if is_ours and isinstance(err, asyncio.CancelledError):
                raise TimeoutError from err
            raise
        finally:
            del self._waits[task]

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_later(self._every, self._look, loop) if self._waits else None
        latest = loop.time() - self._seconds
        for task, wait in self._waits.items():
            if wait.since <= latest and not wait.is_over:
                wait.is_over = True
                task.cancel()
