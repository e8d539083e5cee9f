"""Two files that grow: at each size both are opened, asked and written to."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench.storage.plain import PlainStore
from bench.storage.questions import MONTHS, WRITES, Stores
from bench.storage.samples import USUAL
from bench.storage.sealed import opened
from services.storage.keys import KeyRing

__all__ = ["FILES", "MONTHS", "WRITES", "Grown", "grow"]

FILES = ("events", "plain MB", "Almanac MB", "start s")
SMALLEST = 10_000
TENFOLD = 10
AT_ONCE = (1, 32)


class Rows(list[list[str]]):
    """The rows of a table, told one by one while the others are not there yet."""

    def append(self, row: list[str]) -> None:
        super().append(row)
        print(" | ".join(row), file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Grown:
    """The tables."""

    files: Rows = field(default_factory=Rows)
    months: Rows = field(default_factory=Rows)
    full: Rows = field(default_factory=Rows)
    writes: Rows = field(default_factory=Rows)


async def grow(folder: Path, most: int, large: int, times: int) -> Grown:
    """Let both files grow up to so many events, then add very full calendars.

    Rows are told on stderr as soon as they are there: the largest file takes its time.

    Args:
        folder: where they are.
        most: events of the largest file.
        large: events of the fullest calendar, in three years; another one has a third of it.
        times: how often each question is asked.
    """
    ring, plain, numbers = KeyRing.generate(), PlainStore(folder / "plain.db"), count(1_000)
    grown, calendars, size = Grown(), 0, min(SMALLEST, most)
    while size <= most:
        async with opened(folder / "almanac.db", ring) as store:
            stores = Stores(store, plain, times, numbers)
            for calendar in range(calendars, size // USUAL):
                await stores.fill(calendar, USUAL)
        calendars = size // USUAL
        grown.files.append([f"{size:,}", *await _opening(folder, ring)])
        async with opened(folder / "almanac.db", ring) as store:
            stores = Stores(store, plain, times, numbers)
            grown.months.append([f"{size:,}", *await stores.ask_usual(calendars)])
            for number in AT_ONCE:
                grown.writes.append([f"{size:,}", *await stores.write(calendars, number)])
        size *= TENFOLD
    for calendar, events in ((-2, large // 3), (-1, large)):
        async with opened(folder / "almanac.db", ring) as store:
            await Stores(store, plain, times, numbers).fill(calendar, events)
        async with opened(folder / "almanac.db", ring) as store:
            stores = Stores(store, plain, times, numbers)
            grown.full.append([f"{events:,}", *await stores.ask_large(calendar)])
    plain.close()
    return grown


async def _opening(folder: Path, ring: KeyRing) -> list[str]:
    """Return the sizes of both files, and how long it takes to open ours."""
    began = time.perf_counter()
    async with opened(folder / "almanac.db", ring):
        took = time.perf_counter() - began
    sizes = [(folder / name).stat().st_size / 1e6 for name in ("plain.db", "almanac.db")]
    return [*(f"{size:,.0f}" for size in sizes), f"{took:.2f}"]
