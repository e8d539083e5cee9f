"""What becomes of an organisation's data once the app is gone from the last of its places.

It stays for a while (the grace) in case that they come back; then everything is erased: keys
first, records after (:mod:`services.jobs.erase_tenant`). An administrator may ask for the same
while the app is still there, and take it back until then; whoever runs Almanac may have it done
at once.
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
        self.grace = grace

    async def left(self, tenant: TenantId) -> None:
        """Begin the grace where this was the organisation's last place."""
        if await self._conversations.is_installed_in(tenant):
            return
        since = await self._conversations.departed_at(tenant) or self._clock.now()
        await self._tasks.put(_erasure(tenant, since + self.grace))
        await self._conversations.put_departure(tenant, since)

    async def came(self, tenant: TenantId) -> None:
        """End the grace: the app is in a place of the organisation again."""
        if await self._conversations.departed_at(tenant) is not None:
            await self._conversations.put_departure(tenant, None)

    async def erases_at(self, tenant: TenantId) -> datetime | None:
        """Return when the grace is over; ``None`` = the organisation is here, and stays."""
        asked = await self._conversations.end_asked_at(tenant)
        since = await self._conversations.departed_at(tenant)
        if since is None and not await self._conversations.is_installed_in(tenant):
            await self.left(tenant)  # a crash forgot to write down when they left
            since = self._clock.now()
        begun = [each for each in (asked, since) if each is not None]
        return min(begun) + self.grace if begun else None

    async def ask(self, tenant: TenantId) -> datetime:
        """Begin the grace though the app is here, as an administrator asked for; return its end."""
        since = await self._conversations.end_asked_at(tenant) or self._clock.now()
        await self._tasks.put(_erasure(tenant, since + self.grace))
        await self._conversations.put_end_asked(tenant, since)
        return since + self.grace

    async def stay(self, tenant: TenantId) -> None:
        """Take that back; the task that waits will find nothing to do."""
        await self._conversations.put_end_asked(tenant, None)

    async def erase_now(self, tenant: TenantId) -> None:
        """Have everything erased at once, as whoever runs Almanac asked for."""
        await self._tasks.put(_erasure(tenant, self._clock.now(), {"asked": "yes"}))


def _erasure(tenant: TenantId, due_at: datetime, payload: dict[str, str] | None = None) -> Task:
    return Task(
        kind=TaskKind.ERASE_TENANT,
        tenant=tenant,
        key="everything",
        payload=payload or {},
        due_at=due_at,
    )
