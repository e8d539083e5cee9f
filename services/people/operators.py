"""What whoever runs Almanac can do from a shell, beside or without a running program.

Erasing is put into the queue and carried out by any instance that runs; the rest is done at once.
"""

from __future__ import annotations

import asyncio

from services.model.identity import Person, TenantId
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.people.departures import Departures
from services.people.person_data import found, zipped
from services.storage.store import Store

__all__ = ["Operators"]


class Operators:
    """Use cases of operators; nobody asks for their role, since they hold the keys."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def tasks(self) -> list[str]:
        """Return a line for each task that was given up: what, whose, when, why."""
        return [
            f"{each.task.kind.value}  tenant {each.task.tenant or '-'}  "
            f"due {each.task.due_at:%Y-%m-%d %H:%M} UTC  after {each.task.attempts + 1} tries: "
            f"{each.reason}"
            for each in await self._store.tasks.all_set_aside()
        ]

    async def erasures(self) -> list[str]:
        """Return a line for each organisation that was erased: when, not who."""
        return [
            f"erased {past.at:%Y-%m-%d %H:%M} UTC  {past.records} records"
            for past in await self._store.erasure.past()
        ]

    async def erase_tenant(self, tenant: TenantId) -> None:
        """Have an organisation erased at once, without the grace."""
        await Departures(self._store, self._clock).erase_now(tenant)

    async def erase_person(self, person: Person) -> None:
        """Have everything of a person erased, as if they had asked."""
        await self._store.tasks.put(
            Task(
                kind=TaskKind.ERASE_PERSON,
                tenant=person.tenant,
                key=person.object_id,
                payload={"person": person.object_id},
                due_at=self._clock.now(),
            )
        )

    async def export_person(self, person: Person) -> bytes:
        """Return all that is kept of a person as a zip file. It is not sealed: take care of it."""
        data = await found(self._store, person)
        return await asyncio.to_thread(zipped, data, self._clock.now())
