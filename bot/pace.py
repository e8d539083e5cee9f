"""How fast the bot may write into one conversation: Teams' four limits at once.

:meth:`Pace.wait` returns how long to wait before the next message so that no window overflows,
and counts it. A message beyond the limits is not lost, only late; Teams would answer it with 429.

Reference: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from __future__ import annotations

from collections import deque

__all__ = ["LIMITS", "Pace"]

LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
"""So many messages in so many seconds, for a bot and a thread."""


class Pace:
    """The messages of one conversation, by when they went out (seconds of a steady clock)."""

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
