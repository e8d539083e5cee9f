"""Almanac's own store: opened as the program does it, filled faster than people could."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from services.model.books import Book
from services.model.events import Event
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store

__all__ = ["fill", "opened"]


class Now:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@asynccontextmanager
async def opened(path: Path, ring: KeyRing) -> AsyncIterator[Store]:
    """Open the store over a file."""
    records = await SqliteRecords.open(path, Now())
    try:
        yield await open_store(records, ring, Now())
    finally:
        await records.close()


async def fill(store: Store, book: Book, events: Iterable[Event]) -> None:
    """Write new events of one calendar, as many at a time as a commit takes."""
    await store.events.save_all([(None, event) for event in events], book)
