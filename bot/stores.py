"""The store that the settings name, and what lies beside it: opened for ``app.py``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from secrets import randbits

from services.model.ports import Records
from services.model.times import Clock
from services.settings import Settings
from services.storage.counted import Numbers
from services.storage.erased import ErasedList, ErasedTenants, SharedErasedTenants
from services.storage.sqlite import SqliteRecords

__all__ = ["erased_list", "open_records"]


async def open_records(
    settings: Settings, clock: Clock, numbers: Numbers | None = None, *, container: str = "records"
) -> Records:
    """Open the store that the settings name; what it alone can count goes into the numbers."""
    numbers = numbers or Numbers()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if settings.cosmos is None:
        return await SqliteRecords.open(settings.data_dir / "almanac.db", clock)
    # Not above: whoever has a file need not wait half a second for the SDK to be read.
    from services.storage.cosmos.account import CosmosAccount  # noqa: PLC0415
    from services.storage.cosmos.records import CosmosRecords  # noqa: PLC0415
    from services.storage.cosmos.trouble import Patience  # noqa: PLC0415

    account = CosmosAccount(
        endpoint=settings.cosmos.endpoint,
        key=settings.cosmos.key,
        database=settings.cosmos.database,
        container=container,
        regions=settings.cosmos.regions,
    )
    patience = Patience(Random(randbits(64)), retried=numbers.retried)
    return await CosmosRecords.open(account, clock, patience=patience, meter=numbers.cost)


@asynccontextmanager
async def erased_list(settings: Settings, clock: Clock) -> AsyncIterator[ErasedList]:
    """Open the list of erased organisations that lies beside the store."""
    file = ErasedTenants(settings.data_dir / "erased.txt")
    if settings.cosmos is None:
        yield file
        return
    records = await open_records(settings, clock, container="erased")
    try:
        shared = SharedErasedTenants(records)
        await shared.take_over(file)  # from a time when each machine had its own
        yield shared
    finally:
        await records.close()
