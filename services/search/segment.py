"""A piece of an index: lines that can be searched, and how their bodies are packed.

A :class:`Draft` gathers lines and becomes the pieces that are stored; a :class:`Copy` makes a
segment of them again, in milliseconds, since nothing need be indexed a second time. Together the
pieces are a database, so whoever hands them in must know where they come from: ours were sealed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

from services.model.errors import Damaged
from services.search.letters import Letters
from services.search.lines import Line, Row
from services.search.listing import Listing
from services.search.packing import Packing
from services.search.patterns import Pattern, names_in

__all__ = ["Copy", "Draft", "Segment"]

FORMAT = b"6"
"""Of what is stored: any other is made anew from the ledger."""
PIECE_BYTES = 700_000
"""Before it is compressed, and less than a request to Cosmos DB should have even if that does not
help: it is sent as base64."""
LEVEL = 1
"""Four tenths less, at 200 MB a second; what is left are bodies that are packed already."""
EVER = 2**63 - 1


class Segment:
    """Lines with numbers behind those of the segments before."""

    def __init__(
        self, letters: Letters, packing: Packing, names: Sequence[str] = (), until: int = EVER
    ) -> None:
        self.letters = letters
        self.packing = packing
        self.names = names
        """The different ones, until the index knows them."""
        self.until = until
        """No line is newer than this revision."""
        self.first = 0
        """What its numbers begin behind."""

    def find(self, grams: Sequence[str], patterns: Sequence[Pattern], limit: int) -> list[Row]:
        """Return lines as :meth:`Letters.find` does, under their numbers in the index."""
        return self._numbered(self.letters.find(grams, patterns, limit))

    def of_keys(self, keys: Iterable[int]) -> list[Row]:
        """Return lines as :meth:`Letters.of_keys` does, under their numbers in the index."""
        return self._numbered(self.letters.of_keys(keys))

    def listed(self, listing: Listing, limit: int) -> list[Row]:
        """Return lines as :meth:`Letters.listed` does, under their numbers in the index."""
        rows = self.letters.listed(listing.sql, listing.letters, listing.piece, limit)
        return self._numbered(rows)

    def newest(self, limit: int) -> list[Row]:
        """Return lines as :meth:`Letters.newest` does, under their numbers in the index."""
        return self._numbered(self.letters.newest(limit))

    def _numbered(self, rows: list[Row]) -> list[Row]:
        first = self.first
        return [row._replace(number=first + row.number) for row in rows] if first else rows


class Copy:
    """What was stored, on its way back: piece by piece, so that it is never there twice."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._unpack = ZstdDecompressor().decompress

    def put(self, piece: bytes) -> None:
        """Add the next piece of what a :class:`Draft` has made.

        Raises:
            Damaged: it is something else.
        """
        try:
            self._bytes += self._unpack(piece)
        except ZstdError as err:
            raise Damaged("a piece of a search segment is not what it should be") from err

    def segment(self, until: int) -> Segment:
        """Return the segment.

        Raises:
            Damaged: pieces are missing, or of another version.
        """
        try:
            letters = Letters(self._bytes)
            if letters.note("format") != FORMAT:
                raise Damaged("a search segment is of another version")
            names = letters.note("names").decode().split()
            return Segment(letters, Packing(letters.note("samples")), names, until)
        except sqlite3.Error as err:
            raise Damaged("a search segment is not what it should be") from err


class Draft:
    """Lines on their way into a store."""

    def __init__(self) -> None:
        self.rows = 0
        self._letters = Letters()
        self._names: set[str] = set()
        self._packing = Packing(b"")

    @classmethod
    def of(cls, snapshot: bytes, packing: Packing) -> Draft:
        """Return one of lines that are indexed already, whose bodies are packed."""
        draft = cls()
        draft._letters, draft._packing = Letters(snapshot), packing
        draft._names.update(*map(names_in, draft._letters.heads()))
        draft.rows = draft._letters.rows
        return draft

    def put(self, lines: Sequence[Line]) -> None:
        """Add lines, oldest first, whose bodies are not packed."""
        if lines and not self._packing.samples:
            self._packing = Packing.like([line.body for line in lines])
        self._letters.put([line._replace(body=self._packing.pack(line.body)) for line in lines])
        self._letters.merge()
        self._names.update(*(names_in(line.text) for line in lines if line.text))
        self.rows += len(lines)

    def written(self) -> list[bytes]:
        """Return the pieces that a :class:`Copy` takes; nothing can be added any more."""
        copy = self._letters.copy(
            {
                "format": FORMAT,
                "samples": self._packing.samples,
                "names": " ".join(sorted(self._names)).encode(),
            }
        )
        pack = ZstdCompressor(level=LEVEL).compress
        starts = range(0, len(copy), PIECE_BYTES)
        return [pack(copy[start : start + PIECE_BYTES]) for start in starts]
