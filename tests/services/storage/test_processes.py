"""Several processes on one file, and processes that are killed."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from services.storage.connections import connect
from services.storage.safekeeping import check
from services.storage.schema import MIGRATIONS
from services.storage.sqlite import SqliteRecords
from tests._fakes import FrozenClock

ROOT = Path(__file__).parents[3]
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.services.storage._writers", *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


@pytest.mark.slow
async def test_processes_that_count_together_lose_no_turn(
    tmp_path: Path, clock: FrozenClock
) -> None:
    path = tmp_path / "almanac.db"  # nobody has made it yet: they start together, too
    processes = [await asyncio.to_thread(start, "count", path, 150) for _ in range(3)]
    for step in ("ready", "looked"):
        for process in processes:
            assert process.stdout is not None
            assert await asyncio.to_thread(process.stdout.readline) == f"{step}\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
    overtaken = [int(await asyncio.to_thread(finish, process)) for process in processes]
    assert sum(overtaken) >= len(processes) - 1, "they looked at the same record"
    records = await SqliteRecords.open(path, clock)
    record = await records.get("p", "sum")
    await records.close()
    assert record is not None
    assert (record.body, record.revision) == (b"450", 450)


@forks
@pytest.mark.parametrize("rounds", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_a_killed_process_loses_no_acknowledged_commit(tmp_path: Path, rounds: int) -> None:
    said = finish(start("crash", tmp_path, rounds, rounds))
    print(said)
    kills, _, told = (int(number) for number in re.findall(r"\d+", said))
    assert kills == rounds
    assert told >= rounds // 2  # every second one lives until its first commit


async def test_a_file_that_was_only_begun_is_finished(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "almanac.db"
    path.touch()  # the process that made it came as far as this
    await (await SqliteRecords.open(path, clock)).close()
    with closing(connect(path)) as connection:
        check(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
