"""Both stores, opened the same way: what is built on the port is tested on each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.model.ports import Records
from services.model.times import Clock
from services.storage.cosmos.account import CosmosAccount
from services.storage.cosmos.records import CosmosRecords
from services.storage.sqlite import SqliteRecords
from tests.services.storage._cosmos import KEY, FakeCosmos

ENGINES = ["sqlite", "cosmos"]


@asynccontextmanager
async def opened(engine: str, folder: Path, clock: Clock) -> AsyncIterator[Records]:
    """Records on a fresh file, or on a fresh account."""
    if engine == "sqlite":
        records: Records = await SqliteRecords.open(folder / "almanac.db", clock)
        yield records
        await records.close()
        return
    async with FakeCosmos(clock).running() as fake:
        account = CosmosAccount(endpoint=fake.url, key=KEY, database="almanac")
        records = await CosmosRecords.open(account, clock)
        yield records
        await records.close()
