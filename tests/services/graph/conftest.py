from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.people import PEOPLE, TENANT
from sandbox.server import Sandbox
from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.model.identity import ObjectId, Person, TenantId
from tests._builders import BERLIN, a_person
from tests._fakes import FrozenClock
from tests._judge import JudgedSandbox
from tests.services.graph._server import FixedTokens, Scripted, a_scripted_graph

MARA = PEOPLE[0]


@pytest.fixture
async def graph() -> AsyncIterator[Scripted]:
    async with a_scripted_graph() as scripted:
        yield scripted


@pytest.fixture
def scripted_mailbox(graph: Scripted) -> Mailbox:
    return Mailbox(graph.client, FixedTokens(), a_person())


@pytest.fixture
async def office() -> AsyncIterator[Sandbox]:
    """A local Microsoft 365."""
    sandbox = JudgedSandbox(FrozenClock())
    await sandbox.start(port=0)
    try:
        yield sandbox
    finally:
        await sandbox.stop()


@pytest.fixture
async def mailbox(office: Sandbox) -> AsyncIterator[Mailbox]:
    """Mara's mailbox, in Berlin."""
    async with aiohttp.ClientSession() as session:
        client = GraphClient(session, office.graph_url, office.office.clock)
        person = Person(TenantId(TENANT.id), ObjectId(MARA.object_id))
        yield Mailbox(client, FixedTokens(office.token_for(MARA)), person, zone=BERLIN)
