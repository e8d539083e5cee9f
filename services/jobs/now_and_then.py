"""When somebody is told how far long work is: at once, and then every few seconds at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.model.times import Clock

__all__ = ["NowAndThen"]

EVERY = timedelta(seconds=5)


@dataclass(slots=True)
class NowAndThen:
    """Knows when somebody was told last."""

    clock: Clock
    told_at: datetime | None = None

    def is_time(self) -> bool:
        """Whether to tell now; who asks tells."""
        now = self.clock.now()
        if self.told_at is not None and now - self.told_at < EVERY:
            return False
        self.told_at = now
        return True
