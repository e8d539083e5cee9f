"""How many requests a sync may send to one mailbox, so that people's own clicks find room.

Microsoft 365 serves 10,000 requests in ten minutes to an app and a mailbox. A sync takes 6,000 of
them at most, counted by the minute over the last eleven: whatever ten minutes somebody looks at,
there were no more. A :class:`Budget` lies in the mailbox's lease, which one worker at a time holds,
and so goes from instance to instance; :class:`Budgets` is where the client finds those that this
process holds.

Source: Microsoft Graph throttling limits, Outlook service limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from services.model.identity import Person

__all__ = ["REQUESTS", "Budget", "Budgets"]

REQUESTS = 6_000
"""In ten minutes: 60 % of what Outlook serves."""
MINUTES = 11
"""The ten, and the one that has begun."""
SECONDS = 60


@dataclass(slots=True)
class Budget:
    """What was spent on a mailbox lately."""

    minute: int = 0
    """The minute of the last request, counted from 1970."""
    spent: tuple[int, ...] = ()
    """Requests in that minute, in the one before it, and so on."""

    def take(self, now: datetime, limit: int = REQUESTS) -> float:
        """Count a request and return 0; or return how many seconds to wait for one."""
        self._move_on(int(now.timestamp()) // SECONDS)
        if sum(self.spent) < limit:
            first, *rest = self.spent
            self.spent = (first + 1, *rest)
            return 0.0
        # The oldest minute in which anything was spent has to fall out of the count.
        oldest = max(place for place, number in enumerate(self.spent) if number)
        free_at = (self.minute - oldest + MINUTES) * SECONDS
        return float(ceil(free_at - now.timestamp()))

    def _move_on(self, minute: int) -> None:
        """Forget what is long ago. A clock that was set back stands still here.

        If that was by more than is counted, all of it counts as of this minute: nobody waits for
        a time that may be days ahead.
        """
        if self.minute - minute > MINUTES:
            self.minute, self.spent = minute, (sum(self.spent),)
        passed = min(max(minute - self.minute, 0), MINUTES)
        self.spent = ((0,) * passed + (self.spent or (0,)))[:MINUTES]
        self.minute = max(minute, self.minute)


class Budgets:
    """The budgets of the mailboxes whose leases this process holds.

    Args:
        limit: requests in ten minutes.
    """

    def __init__(self, limit: int = REQUESTS) -> None:
        self._limit = limit
        self._open: dict[Person, Budget] = {}

    @contextmanager
    def opened(self, person: Person, budget: Budget) -> Iterator[None]:
        """Let requests for a mailbox count against its budget while the block runs."""
        self._open[person] = budget
        try:
            yield
        finally:
            del self._open[person]

    def take(self, person: Person, now: datetime) -> float:
        """Count a request of a sync; or return how many seconds to wait for one."""
        budget = self._open.get(person)
        return 0.0 if budget is None else budget.take(now, self._limit)
