"""A store on a fresh file, for each test of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.storage.vault import Vault
from tests._fakes import FrozenClock


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate("k1")


@pytest.fixture
async def records(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[SqliteRecords]:
    opened = await SqliteRecords.open(tmp_path / "almanac.db", clock)
    yield opened
    await opened.close()


@pytest.fixture
async def store(records: SqliteRecords, ring: KeyRing, clock: FrozenClock) -> Store:
    return await open_store(records, ring, clock)


@pytest.fixture
def vault(store: Store) -> Vault:
    return store.vault
