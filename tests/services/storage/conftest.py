"""A store on a fresh file, for each test of this folder.

A module, or a folder, that overrides ``engine`` gets another store: see ``_engines``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.model.ports import Records
from services.storage.keys import KeyRing
from services.storage.store import Store, open_store
from services.storage.vault import Vault
from tests._fakes import FrozenClock
from tests.services.storage._engines import opened


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.generate("k1")


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
async def records(engine: str, tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Records]:
    async with opened(engine, tmp_path, clock) as records:
        yield records


@pytest.fixture
async def store(records: Records, ring: KeyRing, clock: FrozenClock) -> Store:
    return await open_store(records, ring, clock)


@pytest.fixture
def vault(store: Store) -> Vault:
    return store.vault
