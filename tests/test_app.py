from __future__ import annotations

import sys
from pathlib import Path

import pytest

import app
from services.model.errors import Broken
from services.model.ports import Put
from services.settings import CosmosSettings, Settings
from services.storage.cosmos.records import CosmosRecords
from services.storage.sqlite import SqliteRecords
from tests._fakes import FrozenClock
from tests.services.storage._cosmos import KEY, REGION, FakeCosmos


def settings(data_dir: Path, cosmos: CosmosSettings | None = None) -> Settings:
    return Settings(
        host="127.0.0.1",
        port=0,
        sandbox_port=0,
        playground_port=0,
        public_url="http://127.0.0.1",
        data_dir=data_dir,
        keys="",
        cosmos=cosmos,
    )


async def test_a_file_is_the_store_unless_another_is_chosen(tmp_path: Path) -> None:
    records = await app.open_records(settings(tmp_path / "new"), FrozenClock())
    assert isinstance(records, SqliteRecords)
    await records.close()


async def test_cosmos_db_is_the_store_when_it_is_chosen(tmp_path: Path) -> None:
    clock = FrozenClock()
    async with FakeCosmos(clock).running() as fake:
        cosmos = CosmosSettings(endpoint=fake.url, key=KEY, database="team", regions=(REGION,))
        records = await app.open_records(settings(tmp_path, cosmos), clock)
        assert isinstance(records, CosmosRecords)
        assert await records.commit("p", [Put(id="a", kind="event", body=b"")]) == 1
        assert list(fake.databases) == ["team"]
        await records.close()


async def test_without_a_key_the_packages_of_azure_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity.aio", None)
    cosmos = CosmosSettings(endpoint="http://127.0.0.1:9", key="", database="team", regions=())
    with pytest.raises(Broken, match="COSMOS_KEY"):
        await app.open_records(settings(tmp_path, cosmos), FrozenClock())
