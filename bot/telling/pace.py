"""How fast the bot may write into one place: Teams' limits, all at once.

:meth:`Pace.wait` returns how long to wait before the next message so that no window overflows, and
:meth:`Pace.count` remembers one that goes out. A :class:`Lane` is the queue in front of one place:
whoever holds its lock is the only one who writes there, and :meth:`Lane.keep_pace` waits for them.
A message beyond the limits is not lost, only late; Teams would answer it with 429.

Reference: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from services.model.errors import Throttled

__all__ = ["LIMITS", "Lane", "Lanes", "Pace"]

LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in so many seconds, for a bot and a thread."""
LONGEST_WAIT = 10.0
"""Whoever would wait longer comes again: a task that is put back holds up nobody."""
MOST_LANES = 1000

Place = TypeVar("Place", bound=Hashable)


class Pace:
    """The messages of one place, by when they went out (seconds of a steady clock)."""

    def __init__(self, limits: tuple[tuple[int, float], ...] = LIMITS) -> None:
        self._limits = limits
        self._sent: deque[float] = deque(maxlen=max(count for count, _ in limits))

    def wait(self, now: float) -> float:
        """Return the seconds until another message may go out; 0 = now."""
        waits = [
            self._sent[-count] + seconds - now
            for count, seconds in self._limits
            if len(self._sent) >= count
        ]
        return max(0.0, *waits) if waits else 0.0

    def count(self, now: float) -> None:
        """Remember a message that goes out now."""
        self._sent.append(now)

    def is_idle(self, now: float) -> bool:
        """Whether nothing that was sent still counts."""
        return not self._sent or now - self._sent[-1] > self._limits[-1][1]


class Lane:
    """The queue in front of one place; :class:`Lanes` makes them."""

    def __init__(
        self, pace: Pace, sleep: Callable[[float], Awaitable[None]], seconds: Callable[[], float]
    ) -> None:
        self.lock = asyncio.Lock()
        self._pace = pace
        self._sleep = sleep
        self._seconds = seconds

    async def keep_pace(self) -> None:
        """Wait until a message may go out, and count it; the lock must be held.

        Raises:
            Throttled: that would take too long; come again.
        """
        wait = self._pace.wait(self._seconds())
        if wait > LONGEST_WAIT:
            raise Throttled(wait)
        if wait:
            await self._sleep(wait)
        self._pace.count(self._seconds())

    def is_idle(self) -> bool:
        """Whether nobody is in it, and nothing that was sent still counts."""
        return not self.lock.locked() and self._pace.is_idle(self._seconds())


class Lanes(Generic[Place]):
    """A lane for each place; beyond some number of them the idle ones are forgotten."""

    def __init__(
        self,
        limits: tuple[tuple[int, float], ...],
        sleep: Callable[[float], Awaitable[None]],
        seconds: Callable[[], float],
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._seconds = seconds
        self._lanes: dict[Place, Lane] = {}

    def to(self, place: Place) -> Lane:
        """Return the lane to a place."""
        if place not in self._lanes:
            if len(self._lanes) >= MOST_LANES:
                self._lanes = {at: lane for at, lane in self._lanes.items() if not lane.is_idle()}
            self._lanes[place] = Lane(Pace(self._limits), self._sleep, self._seconds)
        return self._lanes[place]
