"""Seal everything of a tenant under its newest data key, and destroy the older ones.

A task does a few hundred records and puts itself again with the place it has come to; a walk that
is lost begins anew and finds less to do. When a walk has found nothing, the old keys go, or wait
until they may.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from services.model.errors import BeingErased
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.rotation import SETTLED, Place
from services.storage.store import Store

__all__ = ["Reseal"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reseal:
    """Carries out ``reseal``; the payload is the place."""

    store: Store
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Go on a little."""
        try:
            await self._go_on(task)
        except BeingErased:
            return  # then there is nothing to keep

    async def _go_on(self, task: Task) -> None:
        rotation = self.store.rotation
        place = await rotation.reseal(task.tenant, _place(task.payload))
        if not place.is_done:
            await self._again(task, place)
        elif place.found:
            await self._again(task, Place())
        elif place.damaged:
            log.error("keys: %s records do not open, so their key stays", place.damaged)
        elif not await rotation.drop_old(task.tenant):
            due_at = await rotation.ready_at(task.tenant) + SETTLED
            await self.store.tasks.put(replace(task, due_at=due_at, payload={}))

    async def _again(self, task: Task, place: Place) -> None:
        following = replace(task, due_at=self.clock.now(), payload=_payload(place))
        await self.store.tasks.put(following)


def _payload(place: Place) -> dict[str, str]:
    payload = {
        "partition": place.partition,
        "until": str(place.until),
        "found": str(place.found),
        "damaged": str(place.damaged),
    }
    return payload if place.after is None else {**payload, "after": place.after}


def _place(payload: dict[str, str]) -> Place:
    return Place(
        partition=payload.get("partition", ""),
        after=payload.get("after"),
        until=int(payload.get("until", 0)),
        found=int(payload.get("found", 0)),
        damaged=int(payload.get("damaged", 0)),
    )
