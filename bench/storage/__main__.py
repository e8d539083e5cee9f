"""Measure the store: ``python -m bench.storage`` (part of ``make bench``); ``--quick`` for a look.

Almanac's file and a plain one grow to 10,000, 100,000 and 1,000,000 events. At each size both are
asked, in turns, for months of usual calendars (900 events in three years), then both write, one at
a time and 32 at a time. At the end comes a calendar with 100,000 events. Times are milliseconds:
p50 / p99 / processor time; ratios are of processor time, those of writes of the rates.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import time
from itertools import count
from pathlib import Path

from bench.process import ROOT
from bench.report import markdown
from bench.storage.plain import PlainStore
from bench.storage.questions import LARGE_MONTH, USUAL_MONTH, WRITES, Stores
from bench.storage.samples import LARGE, USUAL
from bench.storage.sealed import opened
from services.storage.keys import KeyRing

__all__ = ["main"]

SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (10_000, 50_000)
AT_ONCE = 32


async def measure(folder: Path, sizes: tuple[int, ...], large: int, times: int) -> None:
    """Fill both, ask both, print the tables."""
    ring = KeyRing.generate()
    plain = PlainStore(folder / "plain.db")
    numbers = count(1_000)
    files, months, writes = [], [], []
    calendars = 0
    for size in sizes:
        async with opened(folder / "almanac.db", ring) as store:
            began = time.perf_counter()
            stores = Stores(store, plain, times, numbers)
            while calendars < size // USUAL:
                await stores.fill(calendars, USUAL)
                calendars += 1
            print(f"{size:,} events: filled in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        async with opened(folder / "almanac.db", ring) as store:
            took = time.perf_counter() - began
            stores = Stores(store, plain, times, numbers)
            megabytes = [
                (folder / name).stat().st_size / 1e6 for name in ("plain.db", "almanac.db")
            ]
            files.append([f"{size:,}", *(f"{each:,.0f}" for each in megabytes), f"{took:.2f}"])
            months.append([f"{size:,}", *await stores.ask_usual(calendars)])
            writes += [[f"{size:,}", *await stores.write(calendars, n)] for n in (1, AT_ONCE)]
            if size == sizes[-1]:
                await stores.fill(-1, large)
                largest = await stores.ask_large()
    plain.close()
    print(table("The file", ("events", "plain MB", "Almanac MB", "start s"), files))
    print(table("A month of a usual calendar", USUAL_MONTH, months))
    print(table(f"A month of a calendar with {large:,} events", LARGE_MONTH, [largest]))
    print(table("New events", WRITES, writes))


def table(title: str, head: tuple[str, ...], rows: list[list[str]]) -> str:
    return f"\n{title}\n\n{markdown(head, rows)}"


def main(arguments: list[str] | None = None) -> int:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.storage", description="Measure the store.")
    parser.add_argument("--quick", action="store_true", help="small files, few questions")
    given = parser.parse_args(arguments)
    folder = ROOT / "build" / "bench-storage"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        if given.quick:
            asyncio.run(measure(folder, QUICK_SIZES, LARGE // 10, 200))
        else:
            asyncio.run(measure(folder, SIZES, LARGE, 1_000))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
