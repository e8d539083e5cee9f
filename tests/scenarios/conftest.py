from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import INES, MARA, PRIYA, House, a_house


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


@pytest_asyncio.fixture
async def priya(house: House) -> Someone:
    return house.someone(PRIYA)


@pytest_asyncio.fixture
async def channel(house: House, mara: Someone, ines: Someone) -> Chat:
    """A channel with Mara and Ines in it, and the app installed."""
    place = house.teams.channel("Launch", [mara, ines])
    await house.teams.install(mara, place)
    await house.settle()
    return place
