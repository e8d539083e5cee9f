from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

import app
from bot.stores import erased_list, open_records
from services.model.errors import Broken
from services.model.identity import TenantId
from services.model.ports import Put
from services.settings import CosmosSettings, Settings
from services.storage.cosmos.records import CosmosRecords
from services.storage.counted import Numbers
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import open_store
from tests._builders import OTHER_TENANT, a_book
from tests._fakes import FrozenClock
from tests.services.storage._cosmos import KEY, REGION, FakeCosmos

pytestmark = pytest.mark.slow


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
    records = await open_records(settings(tmp_path / "new"), FrozenClock(), Numbers())
    assert isinstance(records, SqliteRecords)
    await records.close()


async def test_the_list_of_the_erased_lies_beside_whichever_store_there_is(tmp_path: Path) -> None:
    clock = FrozenClock()
    async with erased_list(settings(tmp_path), clock) as beside_the_file:
        await beside_the_file.add("a b")
    assert (tmp_path / "erased.txt").is_file()

    async with FakeCosmos(clock).running() as fake:
        cosmos = CosmosSettings(endpoint=fake.url, key=KEY, database="team", regions=())
        async with erased_list(settings(tmp_path, cosmos), clock) as shared:
            assert await shared.read() == {"a b"}
        async with erased_list(settings(tmp_path / "other", cosmos), clock) as on_another:
            assert await on_another.read() == {"a b"}


async def test_cosmos_db_is_the_store_when_it_is_chosen(tmp_path: Path) -> None:
    clock = FrozenClock()
    async with FakeCosmos(clock).running() as fake:
        cosmos = CosmosSettings(endpoint=fake.url, key=KEY, database="team", regions=(REGION,))
        records = await open_records(settings(tmp_path, cosmos), clock, Numbers())
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
        await open_records(settings(tmp_path, cosmos), FrozenClock(), Numbers())


KEYS = "k1:" + "A" * 43 + "="
ENVIRONMENT = {
    "PUBLIC_URL": "https://almanac.example.com",
    "ALMANAC_KEYS": KEYS,
    "MICROSOFT_APP_ID": "6f1d7d0e-53a4-4a7c-9d43-0c3a6f2a9b11",
    "MICROSOFT_APP_PASSWORD": "a-password",
    "MICROSOFT_APP_TENANT_ID": "contoso.example.com",
    "GRAPH_CLIENT_ID": "a-client",
    "GRAPH_CLIENT_SECRET": "a-secret",
}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shell of an operator, in a folder of its own, which is returned."""
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_an_operator_has_data_erased_and_exported(
    shell: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["tasks"]) == 0
    assert app.main(["erase-tenant", "tenant-1"]) == 0
    assert app.main(["erase-person", "tenant-1", "person-1"]) == 0
    assert app.main(["export-person", "tenant-1", "person-1", "data.zip"]) == 0
    assert (shell / "data.zip").stat().st_mode & 0o777 == 0o600
    assert (shell / "data.zip").read_bytes()[:2] == b"PK"
    said = capsys.readouterr().out
    assert said.count("in the queue") == 2 and "data.zip holds" in said


def test_a_file_that_is_there_is_not_written_over(
    shell: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shell / "data.zip").write_bytes(b"mine")
    assert app.main(["export-person", "tenant-1", "person-1", "data.zip"]) == 1
    assert (shell / "data.zip").read_bytes() == b"mine"
    assert "data.zip" in capsys.readouterr().err


def test_an_operator_with_the_wrong_keys_gets_a_sentence(
    shell: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["tasks"]) == 0
    monkeypatch.setenv("ALMANAC_KEYS", "k2:" + "B" * 42 + "A=")
    assert app.main(["tasks"]) == 1
    assert "not on the ring" in capsys.readouterr().err


TENANT = "0a1b2c3d-0000-4000-8000-000000000001"


async def a_filled_store(folder: Path) -> None:
    records = await SqliteRecords.open(folder / "almanac.db", FrozenClock())
    store = await open_store(records, KeyRing.parse(KEYS), FrozenClock())
    await store.books.add(a_book(tenant=TenantId(TENANT)))
    await store.books.add(a_book(tenant=OTHER_TENANT))
    await records.close()


def test_a_store_is_exported_and_imported(
    shell: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shell / "data").mkdir()
    asyncio.run(a_filled_store(shell / "data"))
    assert app.main(["export", "all"]) == 0
    assert app.main(["export", "one", "--tenant", TENANT.upper()]) == 0
    assert (shell / "one").stat().st_size < (shell / "all").stat().st_size
    said = capsys.readouterr().out
    assert "exporting: " in said and "exported and verified: " in said

    monkeypatch.setenv("ALMANAC_DATA_DIR", "elsewhere")
    assert app.main(["import", "all"]) == 0
    assert "imported and verified: " in capsys.readouterr().out
    assert (shell / "elsewhere" / "almanac.db").exists()
    assert app.main(["tasks"]) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["export", "new"], "Almanac cannot export: there is nothing in the store"),
        (["import", "nonsense"], "Almanac cannot import: this is not a file that Almanac has"),
        (["import", "missing"], "No such file or directory: 'missing'"),
    ],
)
def test_what_cannot_be_moved_is_said(
    shell: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    (shell / "nonsense").write_bytes(b"nonsense")
    assert app.main(arguments) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (b"no database at all, but as long as one" * 100, "damaged, or of another program"),
        (b"SQLite format 3\x00" + bytes(4_000), "damaged"),
    ],
)
def test_a_damaged_store_is_a_sentence_and_no_traceback(
    shell: Path, contents: bytes, sentence: str
) -> None:
    (shell / "data").mkdir()
    (shell / "data" / "almanac.db").write_bytes(contents)
    ended = subprocess.run(
        [sys.executable, Path(app.__file__)], cwd=shell, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith("Almanac cannot start: the database file is") and sentence in line
