"""Measure the store: ``python -m bench.storage`` (part of ``make bench``); ``--quick`` for a look.

Almanac's file and a plain one grow tenfold at a time, up to ``--events``. At each size both are
asked, in turns, for months of usual calendars (900 events in three years), then both write, one at
a time and 32 at a time. Then come very full calendars, several processes that share one store's
tasks, and searches in a contact list by processes that have just started. Times are milliseconds:
p50 / p99 / processor time; ratios are of processor time, those of writes and tasks of the rates.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bench.process import as_the_program, scratch
from bench.report import markdown
from bench.storage.growing import FILES, MONTHS, WRITES, grow
from bench.storage.samples import LARGE
from bench.storage.searching import SEARCHED, search
from bench.storage.sharing import SHARED, share

__all__ = ["main"]

EVENTS = 100_000
CONTACTS = (10_000, 100_000)
TASKS = 900
TIMES = 500


def measure(folder: Path, quick: int, events: int) -> None:
    """Measure, and print each table as soon as it is there."""
    grown = asyncio.run(grow(folder, events // quick, LARGE // quick, TIMES // quick))
    print(table("The file", FILES, grown.files))
    print(table("A month of a usual calendar, 900 events in three years", MONTHS, grown.months))
    print(table("A month of a very full calendar", MONTHS, grown.full))
    print(table("New events", WRITES, grown.writes))
    print(table("Processes that share one store's tasks", SHARED, share(folder, TASKS // quick)))
    sizes = tuple(size // quick for size in CONTACTS)
    print(table("A contact list, right after a start", SEARCHED, search(folder, sizes)))


def table(title: str, head: tuple[str, ...], rows: list[list[str]]) -> str:
    return f"\n{title}\n\n{markdown(head, rows)}"


def main(arguments: list[str] | None = None) -> int:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.storage", description="Measure the store.")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--events", type=int, default=EVENTS, help="in the largest file")
    given = parser.parse_args(arguments)
    as_the_program()
    with scratch("bench-storage") as folder:
        measure(folder, 10 if given.quick else 1, given.events)
    return 0


if __name__ == "__main__":
    sys.exit(main())
