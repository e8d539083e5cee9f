from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from services.model.errors import Broken, Stale
from services.model.ports import Remove
from services.storage import edits, statements
from services.storage.connections import connect
from services.storage.schema import MIGRATIONS
from services.storage.sqlite import SqliteRecords
from tests._fakes import FrozenClock
from tests.services.storage.contract import DAY, RecordsContract, a_put


class TestSqliteRecords(RecordsContract):
    """The fixtures of this folder open SQLite; the contract says the rest."""


async def test_what_was_committed_is_there_after_a_restart(
    tmp_path: Path, clock: FrozenClock
) -> None:
    for expected in (1, 2, 3):
        records = await SqliteRecords.open(tmp_path / "almanac.db", clock)
        assert await records.commit("p", [a_put(str(expected))]) == expected
        await records.close()


async def test_two_processes_share_a_file(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "almanac.db"
    one, other = await asyncio.gather(
        SqliteRecords.open(path, clock), SqliteRecords.open(path, clock)
    )
    await asyncio.gather(
        *(one.commit("p", [a_put(f"one-{n}")]) for n in range(40)),
        *(other.commit("p", [a_put(f"other-{n}")]) for n in range(40)),
    )
    assert await one.revision("p") == await other.revision("p") == 80
    await one.commit("p", [a_put("shared", expect="")])
    with pytest.raises(Stale):
        await other.commit("p", [a_put("shared", expect="")])
    await one.close()
    await other.close()


@pytest.mark.slow
async def test_instances_that_start_at_once_make_the_file_together(
    tmp_path: Path, clock: FrozenClock
) -> None:
    for number in range(40):  # SQLite refuses some of them at once, about one time in fifteen
        path = tmp_path / f"{number}.db"
        for records in await asyncio.gather(
            *(SqliteRecords.open(path, clock) for _ in range(3)),
        ):
            await records.close()


async def test_the_file_is_its_owners_alone(tmp_path: Path, records: SqliteRecords) -> None:
    await records.commit("p", [a_put()])
    files = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
    assert {stat.S_IMODE(os.stat(file).st_mode) for file in files} == {0o600}


def test_a_commit_waits_until_it_is_on_the_disk(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "almanac.db")) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_file_of_a_newer_version_is_refused(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "almanac.db"
    await (await SqliteRecords.open(path, clock)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(Broken, match="newer Almanac"):
        await SqliteRecords.open(path, clock)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "almanac.db"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(Broken):
        await SqliteRecords.open(path, clock)
    with pytest.raises(Broken):
        await SqliteRecords.open(tmp_path / "no such folder" / "almanac.db", clock)


async def test_a_file_that_is_refused_is_let_go(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _noted(monkeypatch)
    path = tmp_path / "almanac.db"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(Broken):
        await SqliteRecords.open(path, clock)
    assert opened and all(map(_is_closed, opened))


async def test_what_was_opened_is_let_go_when_the_rest_cannot_be(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _noted(monkeypatch, most=2)
    with pytest.raises(Broken):
        await SqliteRecords.open(tmp_path / "almanac.db", clock)
    assert len(opened) == 2 and all(map(_is_closed, opened))


def _noted(monkeypatch: pytest.MonkeyPatch, most: int = 99) -> list[sqlite3.Connection]:
    """Return a list of what is opened from now on; ``most`` connections can be."""
    opened: list[sqlite3.Connection] = []
    really = sqlite3.connect

    def noted(*of: Any, **how: Any) -> sqlite3.Connection:
        if len(opened) == most:
            raise sqlite3.OperationalError("unable to open database file")
        opened.append(really(*of, **how))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    return opened


def _is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


async def test_expired_records_leave_the_file(
    tmp_path: Path, records: SqliteRecords, clock: FrozenClock
) -> None:
    await records.commit("p", [a_put(tokens=("t",), expires_at=clock.now() + DAY)])
    clock.advance(2 * DAY)
    await records.commit("q", [a_put()])
    with closing(sqlite3.connect(tmp_path / "almanac.db")) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM token").fetchone() == (0,)


async def test_a_commit_that_fails_inside_leaves_its_neighbours_alone(
    records: SqliteRecords,
) -> None:
    not_bytes: Any = "text"
    wrong = a_put("wrong", body=not_bytes)
    answers = await asyncio.gather(
        records.commit("p", [a_put("a")]),
        records.commit("p", [a_put("b"), wrong]),
        records.commit("p", [a_put("c")]),
        return_exceptions=True,
    )
    assert isinstance(answers[1], Broken)
    assert (answers[0], answers[2]) == (1, 2)
    assert await records.get("p", "b") is None


async def test_a_caller_who_gives_up_does_not_hold_up_the_rest(records: SqliteRecords) -> None:
    given_up = asyncio.ensure_future(records.commit("p", [a_put("a")]))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await records.commit("p", [a_put("b")]) == 2
    assert given_up.cancelled()


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        (statements._FIND_BY_TOKEN, ["token USING PRIMARY KEY (part=?", "record USING INTEGER"]),
        (statements._FIND_ALL, ["record USING INDEX record_id (part=? AND kind=? AND id>?)"]),
        (statements._GET, ["record USING INDEX record_id (part=? AND kind=? AND id=?)"]),
        (statements._CHANGES, ["record USING INDEX record_revision (part=? AND revision>?)"]),
        (edits._LOOK, ["record USING INDEX record_id (part=? AND kind=? AND id=?)"]),
        (edits._LOOK_FOR_ONE, ["record USING INDEX record_id (part=? AND kind=? AND id=?)"]),
        (
            f"SELECT {statements.LAST_REVISION} FROM head WHERE partition = :name",
            ["record USING COVERING INDEX record_revision (part=?)"],
        ),
    ],
)
async def test_an_answer_goes_straight_to_its_records(
    tmp_path: Path, records: SqliteRecords, question: str, steps: list[str]
) -> None:
    names = dict.fromkeys(re.findall(r":(\w+)", question), 0)
    with closing(sqlite3.connect(tmp_path / "almanac.db")) as connection:
        asked = connection.execute(f"EXPLAIN QUERY PLAN {question}", {**names, "tokens": "[]"})
        plan = "\n".join(step for *_, step in asked)
    assert all(step in plan for step in steps), plan


async def test_a_file_with_an_index_by_kind_keeps_all_that_it_held(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "almanac.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("INSERT INTO head VALUES (7, 'p', 5, 2)")
        old.executemany(
            "INSERT INTO record VALUES (7, ?, ?, ?, ?, ?, ?, NULL, ?)",
            [
                ("a", "event", 3, "t u", None, None, b"one"),
                ("b", "audit", 3, "", None, None, b"two"),
                ("c", "event", 5, "", *[statements.microseconds(clock.now() + DAY)] * 2, b""),
            ],
        )
        old.executemany("INSERT INTO token VALUES (7, 'event', ?, 'a')", [("t",), ("u",)])
        old.execute("PRAGMA user_version = 1")
        old.commit()
    records = await SqliteRecords.open(path, clock)
    assert [head.revision for head in await records.partitions()] == [5]
    assert [r.id for r in (await records.changes("p", 2)).records] == ["a", "b", "c"]
    assert [r.body for r in (await records.find("p", "event", ["u"])).records] == [b"one"]
    assert [r.body for r in (await records.find("p", "audit")).records] == [b"two"]
    assert await records.commit("p", [a_put("a", tokens=("v",), expect="3")]) == 6
    assert (await records.find("p", "event", ["t", "u"])).records == ()
    assert [r.id for r in (await records.find("p", "event", ["v"])).records] == ["a"]
    await records.close()
    assert path.with_name("almanac.db.v1.backup").exists()


async def test_a_file_whose_partitions_told_their_last_revision_goes_on_from_there(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "almanac.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript("".join(MIGRATIONS[:2]))
        old.execute("INSERT INTO head VALUES (7, 'p', 5, 0)")  # the fifth took the newest away
        old.execute("INSERT INTO record VALUES (1, 7, 'a', 'event', 4, '', 0, 0, 0, x'01')")
        old.execute("UPDATE record SET deleted_at = NULL, expires_at = NULL, due_at = NULL")
        old.execute("INSERT INTO kind VALUES (7, 'event')")
        old.execute("PRAGMA user_version = 2")
        old.commit()
    records = await SqliteRecords.open(path, clock)
    assert await records.revision("p") == 5
    assert await records.commit("p", [a_put("b", expect="")]) == 6
    assert await records.commit("p", [a_put("a", expect="4")]) == 7
    await records.close()
    assert path.with_name("almanac.db.v2.backup").exists()
    records = await SqliteRecords.open(path, clock)
    assert [head.revision for head in await records.partitions()] == [7]
    await records.close()


async def test_what_is_gone_takes_no_revision_along(
    tmp_path: Path, records: SqliteRecords, clock: FrozenClock
) -> None:
    await records.commit("p", [a_put("kept")])
    await records.commit("p", [a_put("short", expires_at=clock.now() + DAY)])
    await records.commit("q", [a_put("removed")])
    await records.commit("q", [Remove(id="removed")])
    clock.advance(2 * DAY)
    await records.close()
    again = await SqliteRecords.open(tmp_path / "almanac.db", clock)  # which purges
    with closing(sqlite3.connect(tmp_path / "almanac.db")) as connection:
        assert connection.execute("SELECT id FROM record").fetchall() == [("kept",)]
    assert [await again.revision(name) for name in ("p", "q")] == [2, 2]
    assert (await again.changes("p", 1)).revision == 2
    assert await again.commit("p", [a_put("short", expect="")]) == 3
    assert await again.commit("q", [a_put("removed", expect="")]) == 3
    await again.close()


def test_a_forgotten_store_does_not_hang_the_program(tmp_path: Path) -> None:
    script = (
        "import asyncio, pathlib, sys\n"
        "from services.storage.sqlite import SqliteRecords\n"
        "from tests._fakes import FrozenClock\n"
        "asyncio.run(SqliteRecords.open(pathlib.Path(sys.argv[1]), FrozenClock()))\n"
    )
    path = str(tmp_path / "almanac.db")
    subprocess.run([sys.executable, "-c", script, path], check=True, timeout=120)
