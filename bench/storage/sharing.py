"""Several processes on one store: how many tasks a second, and that none is done twice."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.process import ROOT
from bench.storage.sealed import Now, opened
from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind
from services.storage.keys import KeyRing

__all__ = ["SHARED", "share"]

SHARED = (
    *("a task waits ms", "processes", "tasks a second", "to one process", "CPU ms a task"),
    *("each did", "twice", "left"),
)
TENANTS = 60


@dataclass(frozen=True, slots=True)
class Run:
    """What some processes did together."""

    done: list[list[str]]
    seconds: float
    cpu: float

    @property
    def keys(self) -> list[str]:
        """All tasks, as often as they were carried out."""
        return [key for each in self.done for key in each]

    @property
    def per_second(self) -> float:
        """Tasks a second, of all together."""
        return len(self.keys) / self.seconds


def share(folder: Path, tasks: int, waits: tuple[int, ...] = (0, 20)) -> list[list[str]]:
    """Return a row for each kind of task and number of processes."""
    rows = []
    for wait in waits:
        alone = 0.0
        for processes in (1, 3):
            run = _run(folder / f"tasks-{wait}-{processes}.db", tasks, processes, wait)
            alone = alone or run.per_second
            rows.append(
                [
                    *(f"{wait}", f"{processes}", f"{run.per_second:,.0f}"),
                    f"{run.per_second / alone:.2f}",
                    f"{1000 * run.cpu / len(run.keys):.2f}",
                    ", ".join(str(len(each)) for each in run.done),
                    f"{len(run.keys) - len(set(run.keys))}",
                    f"{tasks - len(set(run.keys))}",
                ]
            )
    return rows


def _run(file: Path, tasks: int, processes: int, wait: int) -> Run:
    ring = "k1:" + "A" * 43 + "="
    asyncio.run(_fill(file, ring, tasks))
    with ExitStack() as stack:
        workers = [
            stack.enter_context(_worker(file, ring, f"w{number}", wait))
            for number in range(processes)
        ]
        began = time.perf_counter()
        for worker in workers:
            _tell(worker)
        said = [json.loads(_line(worker)) for worker in workers]
        seconds = time.perf_counter() - began
    return Run([each["done"] for each in said], seconds, sum(each["cpu"] for each in said))


async def _fill(file: Path, ring: str, tasks: int) -> None:
    async with opened(file, KeyRing.parse(ring)) as store:
        for number in range(tasks):
            task = Task(
                kind=TaskKind.UPDATE_POSTS,
                tenant=TenantId(f"{number % TENANTS:08}-0000-0000-0000-000000000000"),
                key=str(number),
                due_at=Now().now(),
            )
            await store.tasks.put(task)


@contextmanager
def _worker(file: Path, ring: str, owner: str, wait: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "bench.storage.worker", str(file), ring, owner, str(wait)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        _line(process)
        yield process


def _tell(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"go\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline()
