from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.graph.mailbox import Mailbox
from tests._builders import a_person
from tests.services.graph._server import FixedTokens, Scripted, a_scripted_graph


@pytest.fixture
async def graph() -> AsyncIterator[Scripted]:
    async with a_scripted_graph() as scripted:
        yield scripted


@pytest.fixture
def scripted_mailbox(graph: Scripted) -> Mailbox:
    return Mailbox(graph.client, FixedTokens(), a_person())
