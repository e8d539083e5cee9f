"""What can be asked of the queue without changing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from services.model.tasks import Task
from services.model.times import Clock
from services.storage.entries import KIND, SET_ASIDE, read, task_id
from services.storage.repositories import places
from services.storage.rota import Rota
from services.storage.vault import Vault

__all__ = ["FOREVER", "SetAside", "TaskLooks", "Wait"]

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A task that was given up, and why: a fixed word."""

    task: Task
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when a task waits, and why: the fixed word of its last failure, empty = it had none."""

    until: datetime
    reason: str


class TaskLooks:
    """Looks at tasks of all tenants."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self._rota = Rota(vault)

    async def wait_of(self, task: Task) -> Wait | None:
        """Return until when the task of this kind, tenant and key waits.

        That is now, if somebody works on it. ``None`` = there is none, or it was given up.
        """
        partition = await places.tasks(self._vault, task.tenant)
        opened = await partition.get(KIND, task_id(task))
        entry = None if opened is None else read(opened)
        if entry is None or entry.is_set_aside:
            return None
        now = self._clock.now()
        return Wait(now if entry.is_claimed(now) else entry.task.due_at, entry.reason)

    async def all_set_aside(self) -> list[SetAside]:
        """Return the tasks that were given up, the oldest due first."""
        found = []
        for lane in await self._rota.lanes():
            partition = await places.tasks(self._vault, lane)
            entries = [read(each) for each in await partition.find(KIND, [SET_ASIDE])]
            found += [SetAside(entry.task, entry.reason) for entry in entries]
        return sorted(found, key=lambda each: each.task.due_at)

    async def soonest(self) -> datetime | None:
        """Return when the next task, or the next claim that may run out, is due."""
        times = []
        for lane in await self._rota.lanes():
            partition = await places.tasks(self._vault, lane)
            times += [read(opened).due_at for opened in await partition.due(FOREVER, 1)]
        return min(times, default=None)
