"""The indexes of this process: made when first asked for, kept in step, let go when room is short.

Before each answer the ledger is asked for its revision, which is one cheap read; what was written
since goes into the index first. A book that is new here begins with its stored segments
(:mod:`services.search.stored`), and the ledger is read from where they end, page by page, beside
other work; whoever cannot wait for the end is answered from what is there already. When enough has
come since, it is stored as one more segment, in the background; and all anew before that expires.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from services.model.books import Book, BookId
from services.model.errors import AlmanacError, Damaged, Stale, TooOld
from services.model.identity import TenantId
from services.search.ahead import ahead
from services.search.entries import Entry
from services.search.index import Index
from services.search.stored import Segments, load, write
from services.search.tiers import FEWEST
from services.storage.sealed import Opened

__all__ = ["Indexes", "ReadLedger"]

log = logging.getLogger(__name__)


class ReadLedger(Protocol):
    """The part of a ledger that an index lives from."""

    async def revision(self, book: Book) -> int:
        """Return the book's last revision."""

    def unread(self, book: Book, since: int) -> AsyncIterator[tuple[Sequence[Opened], int]]:
        """Yield what was written since a revision, page by page, with the revision reached."""


@dataclass(slots=True)
class Shelved:
    """An index, how far it has read its ledger, and what of it is stored."""

    index: Index
    size: int = 0
    """Bytes that the index took when it had last been read."""
    revision: int = -1
    """``-1`` = not even the stored segments have been read."""
    reading: asyncio.Task[None] | None = None
    stored: int = 0
    """The revision up to which there are segments, as far as is known here."""
    fresh: int = 0
    """Records that were read from the ledger since then."""
    is_ageing: bool = False
    writing: asyncio.Task[None] | None = None


class Indexes:
    """Indexes by book, the least recently used of which go first.

    Args:
        ledger: what the books hold.
        segments: what is stored of their indexes.
        entry_of: what is looked for in a record.
        max_bytes: of memory, for all of them together.
        patience: seconds that an answer waits for an index to be complete.
        fewest: records that are worth a segment.
    """

    def __init__(
        self,
        ledger: ReadLedger,
        segments: Segments,
        entry_of: Callable[[Opened], Entry],
        max_bytes: int,
        *,
        patience: float,
        fewest: int = FEWEST,
    ) -> None:
        self._ledger = ledger
        self._segments = segments
        self._patience = patience
        self._fewest = fewest
        self._entry_of = entry_of
        self._max_bytes = max_bytes
        self._shelf: OrderedDict[tuple[TenantId, BookId], Shelved] = OrderedDict()
        self._size = 0  # of all on the shelf: a sum would look at thousands after each read

    async def of(self, book: Book) -> Index:
        """Return the book's index with all that was written by now; to be used at once.

        After ``patience`` seconds it is returned as far as it is.
        """
        shelved = self._shelved(book)
        await self._in_step(book, shelved, self._patience)
        return shelved.index

    async def keep(self, book: Book) -> None:
        """Bring the book's index into step however long it takes, and store it if that is worth it.

        For whoever has just written very much, so that nobody's search begins with nothing.
        """
        shelved = self._shelved(book)
        await self._in_step(book, shelved, None)
        if shelved.writing is not None:
            await asyncio.wait([shelved.writing])

    async def renew(self, book: Book) -> bool:
        """Store the book's index anew if what is stored will soon expire, or is gone.

        Returns:
            Whether anything is stored, which will have to be renewed in its turn.
        """
        listed = await self._segments.listed(book)
        if listed.segments and not listed.is_ageing:
            return True
        is_used = (book.tenant, book.id) in self._shelf
        shelved = self._shelved(book)
        await self._in_step(book, shelved, None)
        if shelved.writing is None:  # of what was here before, nobody has looked how old it is
            shelved.is_ageing = shelved.index.rows >= self._fewest
            self._store_if_due(book, shelved)
        await self.keep(book)
        if not is_used and shelved.reading is None:
            self._let_go(book.tenant, book.id)
        return bool((await self._segments.listed(book)).segments)

    async def close(self) -> None:
        """Stop reading and writing, and let go of everything."""
        tasks = [t for one in self._shelf.values() for t in (one.reading, one.writing) if t]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._shelf.clear()
        self._size = 0

    def _shelved(self, book: Book) -> Shelved:
        key = book.tenant, book.id
        if key not in self._shelf:
            self._shelf[key] = Shelved(Index(self._entry_of))
        self._shelf.move_to_end(key)
        return self._shelf[key]

    async def _in_step(self, book: Book, shelved: Shelved, patience: float | None) -> None:
        revision = await self._ledger.revision(book)
        while shelved.revision < revision:
            if shelved.reading is None:
                shelved.reading = asyncio.create_task(self._read(book, shelved))
            done, _ = await asyncio.wait([shelved.reading], timeout=patience)
            if not done:
                break
            done.pop().result()

    async def _read(self, book: Book, shelved: Shelved) -> None:
        """Bring the index into step with the ledger."""
        try:
            if shelved.revision < 0:
                await self._begin(book, shelved)
            await self._read_since(book, shelved, shelved.revision)
        except TooOld:
            await self._segments.drop(book)
            await self._begin(book, shelved)
            await self._read_since(book, shelved, 0)
        finally:
            shelved.reading = None
        self._weigh(book, shelved)
        self._make_room()
        self._store_if_due(book, shelved)

    def _store_if_due(self, book: Book, shelved: Shelved) -> None:
        if shelved.writing is None and (shelved.fresh >= self._fewest or shelved.is_ageing):
            shelved.writing = asyncio.create_task(self._write(book, shelved))

    async def _begin(self, book: Book, shelved: Shelved) -> None:
        """Start from the stored segments, or from nothing."""
        while True:
            shelved.index, shelved.fresh = Index(self._entry_of), 0
            try:
                listed = await self._segments.listed(book)
                await load(self._segments, book, listed, shelved.index)
            except Stale:
                continue  # another instance has just made one of two
            except Damaged as err:
                log.warning("search: segments are made anew from the ledger: %s", err)
                await self._segments.drop(book)
                continue
            shelved.revision = shelved.stored = listed.until
            shelved.is_ageing = listed.is_ageing
            return

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
                    shelved.fresh += len(page)
        finally:
            await putting
        shelved.revision = reached

    async def _write(self, book: Book, shelved: Shelved) -> None:
        """Store what has come since, in the background; the next one tries again if it fails."""
        fresh, shelved.fresh, shelved.is_ageing = shelved.fresh, 0, False
        try:
            listed = await self._segments.listed(book)
            await self._in_step(book, shelved, None)
            is_first = listed.until <= shelved.stored  # else another instance has just done it
            shelved.stored, until = max(listed.until, shelved.stored), shelved.revision
            if is_first:
                await write(self._segments, book, listed, shelved.index, until, fresh)
                shelved.stored = until
        except Stale:
            return  # another instance is at it
        except AlmanacError as err:
            log.warning("search: segments were not stored: %s", type(err).__name__)
        finally:
            shelved.writing = None

    def _weigh(self, book: Book, shelved: Shelved) -> None:
        if self._shelf.get((book.tenant, book.id)) is shelved:  # not let go meanwhile
            before, shelved.size = shelved.size, shelved.index.size
            self._size += shelved.size - before

    def _make_room(self) -> None:
        """Let go of what was not used for the longest time, but for the one used last."""
        if self._size <= self._max_bytes:
            return
        for key in list(self._shelf)[:-1]:
            if self._shelf[key].reading is None:
                self._let_go(*key)
            if self._size <= self._max_bytes:
                break

    def _let_go(self, tenant: TenantId, book: BookId) -> None:
        gone = self._shelf.pop((tenant, book), None)
        self._size -= 0 if gone is None else gone.size


def _nothing() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(0))
