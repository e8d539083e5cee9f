"""The jobs that look after what is kept: keys that turn, pictures, books and tenants that go."""

from __future__ import annotations

from services.jobs.erase_book import EraseBook
from services.jobs.erase_tenant import EraseTenant, sweeping
from services.jobs.keep_keys import KeepKeys, keeping
from services.jobs.reseal import Reseal
from services.jobs.sweep_photos import SweepPhotos
from services.model.tasks import TaskKind
from services.model.times import Clock
from services.people.departures import Departures
from services.storage.store import Store
from services.sync.worker import Job

__all__ = ["begin_upkeep", "upkeep_jobs"]


def upkeep_jobs(store: Store, departures: Departures, clock: Clock) -> dict[TaskKind, Job]:
    """Return what carries out each of these kinds."""
    return {
        TaskKind.KEEP_KEYS: KeepKeys(store=store, clock=clock),
        TaskKind.RESEAL: Reseal(store=store, clock=clock),
        TaskKind.ERASE_BOOK: EraseBook(store=store, clock=clock),
        TaskKind.SWEEP_PHOTOS: SweepPhotos(store=store, clock=clock),
        TaskKind.ERASE_TENANT: EraseTenant(store=store, departures=departures, clock=clock),
    }


async def begin_upkeep(store: Store, clock: Clock) -> None:
    """Do what must happen before anybody is let in, and put the task that goes on every day.

    Raises:
        Damaged: no master key opens the records.
    """
    await store.rotation.check()
    await store.tasks.mend()
    for tenant in await store.erasure.replay():
        await store.tasks.put(sweeping(tenant, clock))
    await store.tasks.put(keeping(clock.now()))
