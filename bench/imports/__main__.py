"""Measure imports: ``python -m bench.imports`` (part of ``make bench``).

``--quick`` is a tenth of everything, ``--contacts`` is contacts alone: two minutes at rest. A file
of 10,000 events is looked at and imported into a calendar on SQLite, sealed; then the same file
again, then one in which every title has changed; then tables. ``icalendar`` only reads the same
file, in the same run. Then the calendar is written as ICS and asked for as a feed. Then five times
as many contacts, one in twenty of them said twice, are looked at and imported, and the list is
searched for duplicates (:mod:`bench.imports.crowd`).
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from icalendar import Calendar

from bench.imports.crowd import HEAD as CROWD_HEAD
from bench.imports.crowd import in_its_own_process
from bench.imports.desk import Desk
from bench.imports.samples import a_calendar, a_spreadsheet, a_table
from bench.process import scratch
from bench.report import markdown
from bench.storage.samples import a_book
from bench.storage.sealed import opened
from services.storage.keys import KeyRing

__all__ = ["main", "measure"]

EVENTS = 10_000
PEOPLE = 5
"""Contacts for each event."""
KINDS = ("csv", "xlsx")
HEAD = ("what", "items", "seconds", "CPU seconds", "MiB at most so far")
Row = tuple[str, ...]


async def measure(folder: Path, events: int) -> list[Row]:
    """Return a row for each thing that was measured."""
    rows: list[Row] = []

    async def timed(what: str, do: Callable[[], Awaitable[object]]) -> object:
        began, cpu = time.perf_counter(), time.process_time()
        result = await do()
        spent, busy = time.perf_counter() - began, time.process_time() - cpu
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append((what, f"{events:,}", f"{spent:.2f}", f"{busy:.2f}", f"{most:.0f}"))
        return result

    ring = KeyRing.generate("bench")
    data = a_calendar(events)
    async with opened(folder / "almanac.db", ring) as store:
        book = await store.books.add(a_book(1))
        desk = Desk(store, book)
        await timed("ICS, read alone", lambda: desk.read(data))
        await timed("the same by icalendar", lambda: asyncio.to_thread(Calendar.from_ical, data))
        token = await timed("ICS, looked at", lambda: desk.look(data))
        await timed("ICS, imported", lambda: desk.carry_out(token))
        again = await timed("the same again, looked at", lambda: desk.look(data))
        await timed("the same again, imported", lambda: desk.carry_out(again))
        newer = await desk.look(a_calendar(events, "New "))
        await timed("all changed, imported", lambda: desk.carry_out(newer))
        for name, make in (("CSV", a_table), ("xlsx", a_spreadsheet)):
            table = make(events)
            sent = await timed(f"{name}, looked at", lambda table=table: desk.look(table))  # type: ignore[misc]
            await timed(f"{name}, imported", lambda sent=sent: desk.carry_out(sent))  # type: ignore[misc]
        secret = await desk.publish()
        fed = await timed("a feed of 5,000 of them", lambda: desk.fetch(secret))
        await timed("the same feed, unchanged", lambda: desk.fetch(secret, str(fed)))
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.imports", description="Measure imports.")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--contacts", action="store_true", help="contacts alone")
    given = parser.parse_args(arguments)
    with scratch("bench-imports") as folder:
        events = EVENTS // (10 if given.quick else 1)
        if not given.contacts:
            rows = asyncio.run(measure(folder, events))
            print(f"\nFiles\n\n{markdown(HEAD, rows)}")
        crowd = events * PEOPLE
        rows = [row for kind in KINDS for row in in_its_own_process(folder, crowd, kind)]
        print(f"\nFiles of contacts\n\n{markdown(CROWD_HEAD, rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
