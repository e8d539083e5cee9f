from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests._teams import FakeTeams, Someone
from tests.scenarios._house import INES, MARA, House, a_house


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path) as built:
        yield built


@pytest_asyncio.fixture
async def teams(house: House) -> FakeTeams:
    return house.teams


@pytest_asyncio.fixture
async def mara(house: House) -> Someone:
    return house.someone(MARA)


@pytest_asyncio.fixture
async def ines(house: House) -> Someone:
    return house.someone(INES)
