"""One line of what was measured, told by a child process and read by its parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.pinning import FIRST_CORE, pin
from bench.process import ROOT, as_the_program, memory_mib

__all__ = ["Row", "begin", "measured", "median_of", "rows_of", "told_by"]


@dataclass(frozen=True, slots=True)
class Row:
    """What one piece of work took."""

    name: str
    items: int
    seconds: float
    cpu_seconds: float
    requests: Mapping[str, int]
    memory_mib: float
    """Resident memory afterwards."""
    grown_mib: float = 0.0
    """By how much it has grown meanwhile."""


def begin() -> None:
    """Stay on the first core, and be as the program is."""
    pin(FIRST_CORE)
    as_the_program()


async def measured(
    name: str, items: int, requests: Mapping[str, int], work: Callable[[], Awaitable[Any]]
) -> None:
    """Do some work and print what it took; ``requests`` is looked at afterwards."""
    before, began, cpu = memory_mib(os.getpid()), time.perf_counter(), time.process_time()
    await work()
    took, used = time.perf_counter() - began, time.process_time() - cpu
    after = memory_mib(os.getpid())
    row = Row(name, items, took, used, dict(requests), after, max(after - before, 0.0))
    print(json.dumps(asdict(row)), flush=True)


def rows_of(module: str, *arguments: str) -> dict[str, Row]:
    """Return what :func:`told_by` returns as rows, by name."""
    rows = [Row(**told) for told in told_by(module, *arguments)]
    return {row.name: row for row in rows}


def median_of(rows: Sequence[Row]) -> Row:
    """Return the row that took neither longer nor shorter than most."""
    return sorted(rows, key=lambda row: row.seconds)[len(rows) // 2]


def told_by(module: str, *arguments: str) -> list[dict[str, Any]]:
    """Run a module of this package and return the JSON objects that it prints.

    Raises:
        CalledProcessError: it failed; what it said is on the screen.
    """
    command = [sys.executable, "-m", f"bench.sync.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
