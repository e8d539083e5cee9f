"""A circuit breaker for Microsoft 365: while it is down, tasks wait without sending a request.

When one mailbox after another gets no answer, the service itself is in trouble, and a thousand
mailboxes that each try again would only keep it there. The breaker is *open* then: :class:`Guarded`
sends every task of its kinds back to the queue, except one probe every half minute. The first
answer, be it a refusal, closes it. Each instance has its own breaker, and finds out for itself with
a handful of requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from services.model.errors import AlmanacError, StoreAway, StoreBusy, Throttled, Unreachable
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.sync.state.link_pass import LeaseLost
from services.sync.worker import Job, MailboxBusy

__all__ = ["Breaker", "Guarded", "guarded"]

OUTWARD = frozenset({TaskKind.SYNC_LINK, TaskKind.RENEW_SUBSCRIPTION, TaskKind.WITHDRAW_COPIES})
"""The tasks that go to Microsoft 365."""

MAILBOXES = 5
"""So many different mailboxes without an answer, and none with one in between, open the breaker."""
REST = timedelta(seconds=30)
"""The time between two probes."""
SPREAD = 15.0
"""Seconds over which the tasks that were sent back come again."""


@dataclass(slots=True)
class Breaker:
    """What is known of a service's health."""

    clock: Clock
    _silent: set[str] = field(default_factory=set)
    _open_until: datetime | None = None

    def wait(self) -> float:
        """Return how many seconds to wait; 0 = go ahead. After each rest one is let through."""
        now = self.clock.now()
        if self._open_until is None:
            return 0.0
        if self._open_until <= now:
            self._open_until = now + REST  # for all others: this caller is the probe
            return 0.0
        return (self._open_until - now).total_seconds()

    def answered(self) -> None:
        """Somebody got an answer."""
        self._silent.clear()
        self._open_until = None

    def silent(self, mailbox: str) -> None:
        """A mailbox got none."""
        self._silent.add(mailbox)
        if len(self._silent) >= MAILBOXES:
            self._open_until = self.clock.now() + REST


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A job that asks the breaker first."""

    job: Job
    breaker: Breaker
    random: Random

    async def __call__(self, task: Task) -> None:
        """Carry the task out, or send it back.

        Raises:
            Throttled: the service is down; come again.
        """
        wait = self.breaker.wait()
        if wait:
            raise Throttled(wait + self.random.uniform(0, SPREAD))
        try:
            await self.job(task)
        except (MailboxBusy, LeaseLost, StoreBusy, StoreAway):
            raise  # that says nothing about the service
        except Unreachable:
            self.breaker.silent(task.payload.get("person", task.key))
            raise
        except AlmanacError:
            self.breaker.answered()
            raise
        self.breaker.answered()


def guarded(jobs: Mapping[TaskKind, Job], clock: Clock, random: Random) -> dict[TaskKind, Job]:
    """Return the jobs with one breaker in front of those that go to Microsoft 365."""
    breaker = Breaker(clock)
    return {
        kind: Guarded(job=job, breaker=breaker, random=random) if kind in OUTWARD else job
        for kind, job in jobs.items()
    }
