"""The indexes of this process: made when first asked for, kept in step, let go when room is short.

Before each answer the ledger is asked for its revision, which is one cheap read; what was written
since goes into the index first. A book that is large and new here is indexed page by page, beside
other work; whoever cannot wait for the end is answered from what is there already.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Generic, Protocol, TypeVar

from services.model.books import Book, BookId
from services.model.contacts import Contact
from services.model.errors import TooOld
from services.model.events import Event
from services.model.identity import TenantId
from services.search.entries import Entry
from services.search.index import Index

__all__ = ["Indexes", "ReadLedger"]

T = TypeVar("T", bound=Event | Contact)
T_co = TypeVar("T_co", bound=Event | Contact, covariant=True)

AT_ONCE = 2000
"""Records that go into an index together."""
PATIENCE = 0.8
"""Seconds that an answer waits for an index to be complete: its whole budget is one."""


class ReadLedger(Protocol[T_co]):
    """The part of a ledger that an index lives from."""

    async def revision(self, book: Book) -> int:
        """Return the book's last revision."""

    def pages(self, book: Book, since: int) -> AsyncIterator[tuple[Sequence[T_co], int]]:
        """Yield what was written since a revision, page by page, with the revision reached."""


class Shelved:
    """An index and how far it has read its ledger."""

    def __init__(self) -> None:
        self.index = Index()
        self.revision = -1
        self.reading: asyncio.Task[None] | None = None


class Indexes(Generic[T]):
    """Indexes by book, the least recently used of which go first."""

    def __init__(
        self, ledger: ReadLedger[T], entry_of: Callable[[T], Entry], max_bytes: int
    ) -> None:
        self._ledger = ledger
        self._entry_of = entry_of
        self._max_bytes = max_bytes
        self._shelf: OrderedDict[tuple[TenantId, BookId], Shelved] = OrderedDict()

    async def of(self, book: Book) -> Index:
        """Return the book's index with all that was written by now; to be used at once.

        After ``PATIENCE`` it is returned as far as it is.
        """
        key = book.tenant, book.id
        if key not in self._shelf:
            self._shelf[key] = Shelved()
        shelved = self._shelf[key]
        self._shelf.move_to_end(key)
        revision = await self._ledger.revision(book)
        while shelved.revision < revision:
            if shelved.reading is None:
                shelved.reading = asyncio.create_task(self._read(book, shelved))
            done, _ = await asyncio.wait([shelved.reading], timeout=PATIENCE)
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
            shelved.index = Index()
            await self._read_since(book, shelved, 0)
        finally:
            shelved.reading = None
        self._make_room()

    async def _read_since(self, book: Book, shelved: Shelved, since: int) -> None:
        reached, waiting = since, list[T]()
        async for records, revision in self._ledger.pages(book, since):
            waiting += records
            reached = revision
            if len(waiting) >= AT_ONCE:
                await asyncio.to_thread(self._put, shelved.index, waiting)
                waiting = []
        await asyncio.to_thread(self._put, shelved.index, waiting)
        shelved.revision = reached

    def _put(self, index: Index, records: Sequence[T]) -> None:
        live = [self._entry_of(one) for one in records if one.deleted_at is None]
        index.put(live, [one.id for one in records if one.deleted_at is not None])

    def _make_room(self) -> None:
        """Let go of what was not used for the longest time, but for the one used last."""
        sizes = {key: one.index.size for key, one in self._shelf.items()}
        for key in list(self._shelf)[:-1]:
            if sum(sizes.values()) <= self._max_bytes:
                break
            if self._shelf[key].reading is None:
                self._shelf.pop(key)
                del sizes[key]
