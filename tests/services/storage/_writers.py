"""Programs for the tests that need processes of their own.

``python -m tests.services.storage._writers count FILE TURNS`` says that it is ready, waits for a
line, opens the file and looks at the shared record, says that it has looked, waits for another
line, adds one to the record as often as it is told, and tells how often another process was
faster.

``python -m tests.services.storage._writers crash FOLDER ROUNDS SEED`` forks a writer again and
again, kills it (SIGKILL) at a random moment and looks at what it left: every commit that it was
told of must be there, each whole. It forks so that a round costs milliseconds and not the start of
Python.
"""

from __future__ import annotations

import asyncio
import os
import random
import select
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from services.model.errors import Stale
from services.model.ports import Put
from services.storage.sqlite import SqliteRecords
from services.storage.statements import LAST_REVISION
from tests._fakes import FrozenClock

WRITERS = 8
"""At the same time, in one process: their commits share transactions."""
ROUNDS_OF_A_FILE = 25
PARTS = 3
"""Records of a commit."""
LONGEST_LIFE = 0.05
"""Seconds: of every second writer from its birth, so that opening the file is hit as well, and of
the others from their first commit."""


async def count(path: Path, turns: int) -> int:
    """Add ``turns`` to the record, one at a time; return how many tries were overtaken."""
    wait_for_a_line("ready")
    records = await SqliteRecords.open(path, FrozenClock())
    overtaken = 0
    for turn in range(turns):
        while True:
            present = await records.get("p", "sum")
            if turn == overtaken == 0:
                wait_for_a_line("looked")  # all have seen the same record: all but one are too late
            number = 0 if present is None else int(present.body)
            expect = "" if present is None else present.etag
            put = Put(id="sum", kind="sum", body=str(number + 1).encode(), expect=expect)
            try:
                await records.commit("p", [put])
                break
            except Stale:
                overtaken += 1
    await records.close()
    return overtaken


def wait_for_a_line(saying: str) -> None:
    """Say so, and go on once the other side has answered."""
    print(saying, flush=True)
    sys.stdin.readline()


async def write_until_killed(path: Path, round: int, out: int) -> None:
    """Commit without an end, and tell of each commit once it is acknowledged."""
    records = await SqliteRecords.open(path, FrozenClock(datetime.now(UTC)))

    async def write(writer: int) -> None:
        turn = 0
        while True:
            name = f"{round}-{writer}-{turn}"
            body = name.encode() * random.randrange(1, 200)
            puts = [Put(id=f"{name}-{part}", kind="k", body=body) for part in range(PARTS)]
            revision = await records.commit("p", puts)
            os.write(out, f"{name} {revision}\n".encode())
            turn += 1

    await asyncio.gather(*(write(writer) for writer in range(WRITERS)))


def crash(folder: Path, rounds: int, seed: int) -> str:
    """Kill as many writers; return what there was to see."""
    chance = random.Random(seed)
    told = early = 0
    for round in range(rounds):
        path = folder / f"crash-{round // ROUNDS_OF_A_FILE}.db"
        acknowledged = one_life(path, round, chance.uniform(0, LONGEST_LIFE))
        if path.exists() and path.stat().st_size:
            check(path, acknowledged)
        else:
            assert not acknowledged
        told += len(acknowledged)
        early += not acknowledged
    return f"{rounds} kills, {early} before a first commit, {told} acknowledged"


def one_life(path: Path, round: int, seconds: float) -> dict[str, int]:
    """Let a writer live so long; return the commits that it was told of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        asyncio.run(write_until_killed(path, round, writing))
        os._exit(0)
    os.close(writing)
    if round % 2:
        select.select([reading], [], [], 60)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        lines = [line.split() for line in pipe.read().splitlines(keepends=True)]
    return {name.decode(): int(revision) for name, revision in lines}


def check(path: Path, acknowledged: dict[str, int]) -> None:
    """Fail unless this file is sound, and holds each acknowledged commit, and none by half."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone():
            assert not acknowledged
            return
        rows = connection.execute("SELECT id, revision, body FROM record").fetchall()
        (head,) = connection.execute(f"SELECT max({LAST_REVISION}) FROM head").fetchone()
    commits: Counter[str] = Counter()
    for id, revision, body in rows:
        name = id.rpartition("-")[0]
        commits[name] += 1
        assert body == name.encode() * (len(body) // len(name))
        assert acknowledged.get(name, revision) == revision
    assert set(commits.values()) <= {PARTS}, "half a commit"
    assert len({revision for _, revision, _ in rows}) == len(commits) == (head or 0)
    assert not acknowledged.keys() - commits.keys(), "an acknowledged commit is gone"


def main(program: str, place: str, times: str, *rest: str) -> None:
    if program == "count":
        print(asyncio.run(count(Path(place), int(times))))
    else:
        print(crash(Path(place), int(times), int(rest[0])))


if __name__ == "__main__":
    main(*sys.argv[1:])
