"""Look after the keys, once a day: wrap them by the current master key, replace those that are old.

Keys that were destroyed and are back, because the records were restored under running instances,
are destroyed again.

One task for the whole installation, whose tenant is empty; :func:`keeping` makes it. It begins
:mod:`services.jobs.reseal` for every tenant that has more than one data key.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.jobs.erase_tenant import sweeping
from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["KeepKeys", "keeping"]

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepKeys:
    """Carries out ``keep_keys``."""

    store: Store
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Look after all keys, and put the next time."""
        for erased in await self.store.erasure.replay():
            await self.store.tasks.put(sweeping(erased, self.clock))
        rewrapped = await self.store.rotation.rewrap()
        if rewrapped:
            log.info("keys: %s were wrapped anew, all by the current master key now", rewrapped)
        for tenant in await self.store.rotation.turn():
            due_at = max(self.clock.now(), await self.store.rotation.ready_at(tenant))
            reseal = Task(kind=TaskKind.RESEAL, tenant=tenant, key="data key", due_at=due_at)
            await self.store.tasks.put(reseal, unless_there=True)
        await self.store.tasks.put(replace(task, due_at=self.clock.now() + EVERY))


def keeping(now: datetime) -> Task:
    """Return the task; however often it is put, it is one task."""
    return Task(kind=TaskKind.KEEP_KEYS, tenant=TenantId(""), key="daily", due_at=now)
