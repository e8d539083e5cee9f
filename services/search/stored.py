"""From stored segments to an index, and back: how :mod:`services.search.shelf` begins and ends.

The store is asked for pieces and given pieces; what is large happens in threads, in small steps.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Protocol

from services.model.books import Book
from services.search.index import Index
from services.search.lines import Line
from services.search.segment import Copy, Draft
from services.search.tiers import staying
from services.storage.repositories.segments import Listed, Segment

__all__ = ["Segments", "load", "write"]


class Segments(Protocol):
    """Where segments are kept; :mod:`services.storage.repositories.segments` says how."""

    async def listed(self, book: Book) -> Listed:
        """Return which segments there are."""

    def pieces(self, book: Book, listed: Listed, segment: Segment) -> AsyncIterator[bytes]:
        """Yield what one of them is made of; ``Stale`` where it has been replaced, ``Damaged``."""

    async def write(
        self,
        book: Book,
        listed: Listed,
        kept: int,
        until: int,
        rows: int,
        pieces: Sequence[bytes],
    ) -> None:
        """Put one behind the first ``kept``; ``Stale`` where the list has changed."""

    async def drop(self, book: Book) -> None:
        """Take all away."""


async def load(segments: Segments, book: Book, listed: Listed, index: Index) -> None:
    """Fill an empty index with what is listed.

    Raises:
        Stale: a segment has been replaced meanwhile.
        Damaged: one does not open, or is of another version.
    """
    for each in listed.segments:
        copy = Copy()
        async for piece in segments.pieces(book, listed, each):
            await asyncio.to_thread(copy.put, piece)
        segment = await asyncio.to_thread(copy.segment, each.until)
        await asyncio.to_thread(index.load, segment)


async def write(
    segments: Segments, book: Book, listed: Listed, index: Index, until: int, fresh: int
) -> None:
    """Store what an index has and the listed segments have not, together with the last of these.

    Args:
        segments: where they are kept.
        book: whose they are.
        listed: as it was before the index was brought into step with the ledger. So if somebody
            has erased something from the ledger and dropped the segments, either the index knows,
            or the list has changed and nothing is written.
        index: complete up to a revision.
        until: that revision.
        fresh: about how many records the segments have not.

    Raises:
        Stale: somebody else has written or dropped segments since they were listed.
    """
    rows = [segment.rows for segment in listed.segments]
    stay = 0 if listed.is_ageing else staying(rows, fresh)
    draft = await _draft(index, listed.segments[stay - 1].until if stay else 0)
    pieces = await asyncio.to_thread(draft.written)
    await segments.write(book, listed, stay, until, draft.rows, pieces)


async def _draft(index: Index, since: int) -> Draft:
    """Return what is newer than a revision; all of it need not be indexed once more."""
    if not since and (snapshot := await asyncio.to_thread(index.snapshot)):
        return await asyncio.to_thread(Draft.of, *snapshot)
    draft, lines = Draft(), index.lines(since)
    while await asyncio.to_thread(_copy_some, lines, draft):
        continue  # a stop of the program need not wait for all of them
    return draft


def _copy_some(lines: Iterator[list[Line]], draft: Draft) -> bool:
    """Tell whether there was something to copy."""
    some = next(lines, None)
    if some is not None:
        draft.put(some)
    return some is not None
