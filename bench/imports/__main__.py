"""Measure imports: ``python -m bench.imports`` (part of ``make bench``); ``--quick`` for a look.

A file of 10,000 events is looked at and imported into a calendar on SQLite, sealed; then the same
file again, then one in which every title has changed; then tables. ``icalendar`` only reads the
same file, in the same run. Then the calendar is written as ICS and asked for as a feed. Then five
times as many contacts, one in twenty of them said twice, are looked at, imported and looked at
again, each file read in a process of its own as in production, and the list is searched for
duplicates.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from icalendar import Calendar

from bench.imports.people import people_as_csv, people_as_xlsx
from bench.imports.samples import a_calendar, a_spreadsheet, a_table
from bench.process import scratch
from bench.report import markdown
from bench.storage.samples import a_book
from bench.storage.sealed import Now, opened
from services.birthdays import Birthdays
from services.duplicates import Duplicates
from services.feeds import Feeds
from services.file_reading import Apart, FileReader
from services.import_reading import read_events
from services.imports import Imports
from services.model.books import Book, BookKind
from services.model.events import Author
from services.model.identity import Person, PersonHome
from services.sharing import Sharing
from services.storage.keys import KeyRing
from services.storage.store import Store

__all__ = ["main", "measure"]

EVENTS = 10_000
PEOPLE = 5
"""Contacts for each event."""
HEAD = ("what", "items", "seconds", "CPU seconds", "MiB at most so far")
Row = tuple[str, ...]


async def measure(folder: Path, events: int, files: FileReader | None = None) -> list[Row]:
    """Return a row for each thing that was measured; ``files`` reads those of contacts."""
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
        desk = _Desk(store, book)
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
        crowd = events * PEOPLE
        people = await store.books.add(replace(a_book(2), kind=BookKind.CONTACTS))
        desk = _Desk(store, people, files)
        events = crowd  # what the next rows count
        for name, written in (("contacts, CSV", people_as_csv), ("contacts, xlsx", people_as_xlsx)):
            table = written(crowd)
            sent = await timed(f"{name}, looked at", lambda table=table: desk.look(table))  # type: ignore[misc]
            await timed(f"{name}, imported", lambda sent=sent: desk.carry_out(sent))  # type: ignore[misc]
        await timed("duplicates of that list", desk.duplicates)
    return rows


class _Desk:
    """One person at one calendar."""

    def __init__(self, store: Store, book: Book, files: FileReader | None = None) -> None:
        sharing = Sharing(store)
        home = book.home
        if not isinstance(home, PersonHome):
            raise TypeError("a calendar of one's own")
        self._person: Person = home.person
        self._author = Author(home.person, "Ines")
        self._book = book
        self._imports = Imports(store, sharing, Now(), files)
        self._duplicates = Duplicates(store, sharing, Now())
        self._feeds = Feeds(store, sharing, Now(), Birthdays(store, sharing))

    async def read(self, data: bytes) -> None:
        await asyncio.to_thread(read_events, data, self._book.zone, "en")

    async def look(self, data: bytes) -> str:
        preview = await self._imports.look(
            self._author, self._book.id, data, name="x", language="en"
        )
        return preview.token

    async def carry_out(self, token: object) -> None:
        await self._imports.carry_out(self._author, self._book.id, str(token))

    async def duplicates(self) -> None:
        await self._duplicates.likely(self._person, self._book.id, 10)

    async def publish(self) -> str:
        _, secret = await self._feeds.make(self._person, self._book.id, busy=False, language="en")
        return secret

    async def fetch(self, secret: str, known: str = "") -> str:
        fed = await self._feeds.fetch(secret, known)
        return fed.tag if fed else ""


def main(arguments: list[str] | None = None) -> int:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.imports", description="Measure imports.")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    given = parser.parse_args(arguments)
    with scratch("bench-imports") as folder:
        events = EVENTS // (10 if given.quick else 1)
        rows = asyncio.run(measure(folder, events, Apart()))
        print(f"\nFiles\n\n{markdown(HEAD, rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
