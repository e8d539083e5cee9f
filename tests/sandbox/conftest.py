from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests.sandbox._caller import CLIENT, Caller


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def sandbox(clock: FrozenClock) -> AsyncIterator[Sandbox]:
    running = JudgedSandbox(clock, [CLIENT])
    await running.start(port=0)
    yield running
    await running.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def graph(sandbox: Sandbox, session: ClientSession) -> Caller:
    """Graph as Mara's application sees it."""
    return Caller(session, sandbox.graph_url, sandbox.token_for(PEOPLE[0]))
