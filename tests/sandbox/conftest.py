from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from sandbox.people import PEOPLE
from sandbox.server import Sandbox
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests.sandbox._caller import CLIENT, Caller


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


@pytest.fixture
def real_graph(session: ClientSession) -> Caller:
    """Microsoft's own Graph, for whoever has an account to spare and says so."""
    settings = os.environ  # noqa: TID251  (tests may: only the program itself must not)
    token = settings.get("ALMANAC_GRAPH_TOKEN")
    if not token:
        pytest.skip("THE SANDBOX WAS NOT COMPARED WITH THE REAL GRAPH: set ALMANAC_GRAPH_TOKEN")
    url = settings.get("ALMANAC_GRAPH_URL", "https://graph.microsoft.com/v1.0")
    return Caller(session, url, token)
