"""Contacts from files, in a process of its own: what it takes in memory is theirs alone.

``python -m bench.imports.crowd FILE ROWS`` looks at a file of so many, imports it and looks for
duplicates; a row of numbers for each is printed as JSON. The reader of strangers' files is a
process beside, whose time and memory are told apart.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from bench.imports.desk import Desk
from bench.imports.people import people_as_csv, people_as_xlsx
from bench.imports.watched import Watched
from bench.process import ROOT
from bench.storage.samples import a_book
from bench.storage.sealed import opened
from services.files.file_reading import Apart
from services.model.books import BookKind
from services.storage.keys import KeyRing

__all__ = ["HEAD", "a_crowd", "in_its_own_process", "measure_crowd"]

HEAD = (
    *("what", "contacts", "seconds", "CPU seconds, ours", "the reader's"),
    *("MiB at most, ours", "the reader's", "together"),
)
Row = tuple[str, ...]


def in_its_own_process(folder: Path, rows: int, kind: str) -> list[Row]:
    """Return what another process measures with a file of contacts: ``csv`` or ``xlsx``."""
    file = a_crowd(folder, rows, kind)  # made here: it takes more memory than is measured there
    command = [sys.executable, "-m", "bench.imports.crowd", str(file), str(rows)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [tuple(row) for row in json.loads(done.stdout)]


def a_crowd(folder: Path, rows: int, kind: str) -> Path:
    """Return a file of so many contacts, ``csv`` or ``xlsx``."""
    file = folder / f"crowd.{kind}"
    file.write_bytes((people_as_csv if kind == "csv" else people_as_xlsx)(rows))
    return file


async def measure_crowd(file: Path, rows: int) -> list[Row]:
    """Return a row for each thing that was measured."""
    measured: list[Row] = []
    kind = file.suffix.removeprefix(".")

    async def timed(what: str, do: Callable[[], Awaitable[object]]) -> object:
        began, cpu, beside = time.perf_counter(), time.process_time(), _of_children()
        with Watched() as memory:
            result = await do()
        spent, busy = time.perf_counter() - began, time.process_time() - cpu
        seconds = (spent, busy, _of_children() - beside)
        mib = (memory.ours, memory.readers, memory.together)
        told = (f"contacts, {kind}, {what}", f"{rows:,}")
        measured.append((*told, *(f"{s:.2f}" for s in seconds), *(f"{m:.0f}" for m in mib)))
        return result

    async with opened(file.with_suffix(f".{kind}.db"), KeyRing.generate("bench")) as store:
        book = await store.books.add(replace(a_book(2), kind=BookKind.CONTACTS))
        desk = Desk(store, book, Apart())
        token = await timed("looked at", lambda: desk.look(file.read_bytes()))
        await timed("imported", lambda: desk.carry_out(token))
        await timed("duplicates of that list", desk.duplicates)
    return measured


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    file, rows = sys.argv[1:]
    print(json.dumps(asyncio.run(measure_crowd(Path(file), int(rows)))))
