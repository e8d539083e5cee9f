"""The indexes of this process: made when first asked for, kept in step, let go when room is short.

Before each answer the ledger is asked for its revision, which is one cheap read; what was written
since goes into the index first. A book that is large and new here is indexed page by page, beside
other work; whoever cannot wait for the end is answered from what is there already.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from services.model.books import Book, BookId
from services.model.errors import TooOld
from services.model.identity import TenantId
from services.search.ahead import ahead
from services.search.entries import Entry
from services.search.index import Index
from services.storage.sealed import Opened

__all__ = ["Indexes", "ReadLedger"]

PATIENCE = 0.8
"""Seconds that an answer waits for an index to be complete: its whole budget is one."""


class ReadLedger(Protocol):
    """The part of a ledger that an index lives from."""

    async def revision(self, book: Book) -> int:
        """Return the book's last revision."""

    def unread(self, book: Book, since: int) -> AsyncIterator[tuple[Sequence[Opened], int]]:
        """Yield what was written since a revision, page by page, with the revision reached."""


@dataclass(slots=True)
class Shelved:
    """An index and how far it has read its ledger."""

    index: Index
    revision: int = -1
    reading: asyncio.Task[None] | None = None


class Indexes:
    """Indexes by book, the least recently used of which go first."""

    def __init__(
        self,
        ledger: ReadLedger,
        entry_of: Callable[[Opened], Entry],
        max_bytes: int,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._ledger = ledger
        self._patience = patience
        self._entry_of = entry_of
        self._max_bytes = max_bytes
        self._shelf: OrderedDict[tuple[TenantId, BookId], Shelved] = OrderedDict()

    async def of(self, book: Book) -> Index:
        """Return the book's index with all that was written by now; to be used at once.

        After ``patience`` seconds it is returned as far as it is.
        """
        key = book.tenant, book.id
        if key not in self._shelf:
            self._shelf[key] = Shelved(Index(self._entry_of))
        shelved = self._shelf[key]
        self._shelf.move_to_end(key)
        revision = await self._ledger.revision(book)
        while shelved.revision < revision:
            if shelved.reading is None:
                shelved.reading = asyncio.create_task(self._read(book, shelved))
            done, _ = await asyncio.wait([shelved.reading], timeout=self._patience)
            if not done:
                break
            done.pop().result()
        return shelved.index

    async def close(self) -> None:
        """Stop reading and let go of everything."""
        tasks = [one.reading for one in self._shelf.values() if one.reading]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._shelf.clear()

    async def _read(self, book: Book, shelved: Shelved) -> None:
        """Bring the index into step with the ledger."""
        try:
            await self._read_since(book, shelved, max(shelved.revision, 0))
        except TooOld:
            shelved.index = Index(self._entry_of)
            await self._read_since(book, shelved, 0)
        finally:
            shelved.reading = None
        self._make_room()

    async def _read_since(self, book: Book, shelved: Shelved, since: int) -> None:
        """Read page by page: one is read, one made ready and one put into the index at a time."""
        index, reached, putting = shelved.index, since, _nothing()
        try:
            async with aclosing(ahead(self._ledger.unread(book, since))) as pages:
                async for page, revision in pages:
                    batch = await asyncio.to_thread(index.prepare, page)
                    await putting
                    putting = asyncio.create_task(asyncio.to_thread(index.put, batch))
                    reached = revision
        finally:
            await putting
        shelved.revision = reached

    def _make_room(self) -> None:
        """Let go of what was not used for the longest time, but for the one used last."""
        sizes = {key: one.index.size for key, one in self._shelf.items()}
        for key in list(self._shelf)[:-1]:
            if sum(sizes.values()) <= self._max_bytes:
                break
            if self._shelf[key].reading is None:
                self._shelf.pop(key)
                del sizes[key]


def _nothing() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(0))
