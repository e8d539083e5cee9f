"""Stores of segments, for tests that are about something else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from services.model.books import Book
from services.storage.repositories.segments import Listed, Segment

__all__ = ["NoSegments"]


class NoSegments:
    """A store that keeps none: here it is about ledgers alone."""

    async def listed(self, book: Book) -> Listed:
        return Listed()

    def pieces(self, book: Book, listed: Listed, segment: Segment) -> AsyncIterator[bytes]:
        raise AssertionError("none is listed")

    async def write(
        self,
        book: Book,
        listed: Listed,
        kept: int,
        until: int,
        rows: int,
        pieces: Sequence[bytes],
    ) -> None:
        raise AssertionError("so few records are no segment")

    async def drop(self, book: Book) -> None:
        raise AssertionError("none is listed")
