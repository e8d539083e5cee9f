"""The same walk on the other engine: the program works there, and leaves no word there either."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from services.model.ports import Records
from services.model.times import Clock
from services.storage.cosmos.account import CosmosAccount
from services.storage.cosmos.records import CosmosRecords
from tests.scenarios._house import INES, MARA, a_house
from tests.scenarios.test_nothing_readable import ABOUT, PLANTED, the_walk
from tests.services.storage._cosmos import KEY, FakeCosmos


@pytest.mark.slow
async def test_the_walk_on_cosmos_db_leaves_no_word_there(tmp_path: Path) -> None:
    accounts: list[FakeCosmos] = []

    @asynccontextmanager
    async def on_cosmos(folder: Path, clock: Clock) -> AsyncIterator[Records]:
        async with FakeCosmos(clock).running() as fake:
            accounts.append(fake)
            account = CosmosAccount(endpoint=fake.url, key=KEY, database="almanac")
            records = await CosmosRecords.open(account, clock)
            yield records
            await records.close()

    async with a_house(tmp_path, on_cosmos) as house:
        await the_walk(house, house.teams, house.someone(MARA), house.someone(INES))

    (account,) = accounts
    held = held_in(account)
    assert len(held) > 50_000
    assert [word for word in (*PLANTED, *ABOUT) if word.lower().encode() in held] == []


def held_in(account: FakeCosmos) -> bytes:
    """Everything that the account has, in lower case, bodies as they are before base64."""
    container = account.databases["almanac"]["records"]
    items = [
        item
        for versions in container.versions.values()
        for _, version in versions
        for item in version.values()
    ]
    bodies = [base64.b64decode(item["body"]) for item in items if "body" in item]
    return b"\n".join([json.dumps(items, ensure_ascii=False).encode(), *bodies]).lower()
