"""A request that Teams delivers again gets the first answer, and is carried out once.

Teams repeats an invoke up to two times when an answer takes more than 5 s, and messages after a
cut connection. Whoever comes while the first delivery is still at work waits for it. This
memory is one instance's and short; what must never happen twice has a key of its own further in.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from services.model.times import Clock

__all__ = ["Deliveries"]

T = TypeVar("T")


class Deliveries(Generic[T]):
    """Answers by the name of their request."""

    def __init__(
        self, clock: Clock, *, keep: timedelta = timedelta(minutes=2), most: int = 1000
    ) -> None:
        self._clock = clock
        self._keep = keep
        self._most = most
        self._answers: OrderedDict[str, tuple[datetime, asyncio.Future[T]]] = OrderedDict()

    async def once(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to ``name``: the first one's, or that of ``work``."""
        now = self._clock.now()
        self._forget_before(now - self._keep)
        if known := self._answers.get(name):
            return await asyncio.shield(known[1])
        first: asyncio.Future[T] = asyncio.ensure_future(work())
        self._answers[name] = (now, first)
        first.add_done_callback(lambda done: self._forget_failure(name, done))
        return await asyncio.shield(first)  # the caller may hang up, the work goes on

    def _forget_failure(self, name: str, done: asyncio.Future[T]) -> None:
        """Let the next delivery try again where there was no answer."""
        if not done.cancelled() and done.exception() is None:
            return
        if (known := self._answers.get(name)) and known[1] is done:
            del self._answers[name]

    def _forget_before(self, moment: datetime) -> None:
        while self._answers:
            name, (since, _) = next(iter(self._answers.items()))
            if since >= moment and len(self._answers) < self._most:
                return
            del self._answers[name]
