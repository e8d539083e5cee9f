"""A store on a fresh file, for tests that are about something else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.model.times import Clock
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store

__all__ = ["a_store"]


@asynccontextmanager
async def a_store(folder: Path, clock: Clock) -> AsyncIterator[Store]:
    """Open one under a new key, and close its file at the end."""
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    yield await open_store(records, KeyRing.generate("k1"), clock)
    await records.close()
