"""Erase everything of an organisation: its keys, and some minutes later its records.

A task that finds the organisation back does nothing, and one that comes too early (they left,
came back and left again) waits. Every step may be repeated.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from services.model.errors import BeingErased
from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.people.departures import Departures
from services.storage.store import Store
from services.storage.tenant_keys import FRESH

__all__ = ["EraseTenant", "sweeping"]

log = logging.getLogger(__name__)

FORGOTTEN_AFTER = 3 * FRESH
"""By then no instance has the keys in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseTenant:
    """Carries out ``erase_tenant``; the payload says how far it is."""

    store: Store
    departures: Departures
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Do the next step."""
        if "after" in task.payload:
            await self._sweep(task)
        elif await self._is_time(task):
            await self.store.erasure.destroy_keys(task.tenant)
            log.warning("an organisation is erased: its keys are destroyed")
            await self._put(task, FORGOTTEN_AFTER, after="", swept=0)

    async def _is_time(self, task: Task) -> bool:
        if "asked" in task.payload:
            return True
        with suppress(BeingErased):
            due_at = await self.departures.erases_at(task.tenant)
            if due_at is None:
                return False
            if due_at > self.clock.now():
                await self.store.tasks.put(replace(task, due_at=due_at))
                return False
        return True

    async def _sweep(self, task: Task) -> None:
        erasure, tenant = self.store.erasure, task.tenant
        after, number = await erasure.sweep(tenant, task.payload["after"])
        swept = number + int(task.payload["swept"])
        if after is not None:
            await self._put(task, timedelta(0), after=after, swept=swept)
            return
        await self.store.subscriptions.remove_all_of(tenant)
        await self.store.tasks.remove_all_of(tenant, but=task)
        await erasure.finish(tenant, swept)
        log.warning("an organisation is erased: %s records are gone", swept)

    async def _put(self, task: Task, wait: timedelta, *, after: str, swept: int) -> None:
        following = sweeping(task.tenant, self.clock, after=after, swept=swept)
        await self.store.tasks.put(replace(following, due_at=self.clock.now() + wait))


def sweeping(tenant: TenantId, clock: Clock, *, after: str = "", swept: int = 0) -> Task:
    """Return the task that sweeps up what is left, once all have forgotten the destroyed keys."""
    return Task(
        kind=TaskKind.ERASE_TENANT,
        tenant=tenant,
        key="everything",
        payload={"after": after, "swept": str(swept)},
        due_at=clock.now() + FORGOTTEN_AFTER,
    )
