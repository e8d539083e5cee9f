from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from tests._teams import FakeTeams
from tests.bot._wired import Wired
from tests.bot._wired import wired as wire


@pytest_asyncio.fixture
async def wired() -> AsyncIterator[Wired]:
    async with wire() as whole:
        yield whole


@pytest_asyncio.fixture
async def teams(wired: Wired) -> FakeTeams:
    return wired.teams


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
