"""What becomes of an organisation's data once the app is gone from the last of its places.

It stays for a while (the grace) in case that they come back; then everything is erased: keys
first, records after (:mod:`services.jobs.erase_tenant`). Whoever runs Almanac may have it done at
once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["GRACE", "Departures"]

GRACE = timedelta(days=30)


class Departures:
    """Follows organisations that leave and come back."""

    def __init__(self, store: Store, clock: Clock, grace: timedelta = GRACE) -> None:
        self._conversations = store.conversations
        self._tasks = store.tasks
        self._clock = clock
        self._grace = grace

    async def left(self, tenant: TenantId) -> None:
        """Begin the grace where this was the organisation's last place."""
        if await self._conversations.is_installed_in(tenant):
            return
        since = await self._conversations.departed_at(tenant) or self._clock.now()
        await self._tasks.put(_erasure(tenant, since + self._grace))
        await self._conversations.put_departure(tenant, since)

    async def came(self, tenant: TenantId) -> None:
        """End the grace: the app is in a place of the organisation again."""
        if await self._conversations.departed_at(tenant) is not None:
            await self._conversations.put_departure(tenant, None)

    async def erases_at(self, tenant: TenantId) -> datetime | None:
        """Return when the grace is over; ``None`` = the organisation is here."""
        since = await self._conversations.departed_at(tenant)
        if since is None and not await self._conversations.is_installed_in(tenant):
            await self.left(tenant)  # a crash forgot to write down when they left
            since = self._clock.now()
        return None if since is None else since + self._grace

    async def erase_now(self, tenant: TenantId) -> None:
        """Have everything erased at once, as an administrator asked for."""
        await self._tasks.put(_erasure(tenant, self._clock.now(), {"asked": "yes"}))


def _erasure(tenant: TenantId, due_at: datetime, payload: dict[str, str] | None = None) -> Task:
    return Task(
        kind=TaskKind.ERASE_TENANT,
        tenant=tenant,
        key="everything",
        payload=payload or {},
        due_at=due_at,
    )
