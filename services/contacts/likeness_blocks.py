"""Which numbers share a block: a list of 50,000 contacts has a quarter of a million of blocks.

Most hold a single number, for which a dictionary takes ninety bytes. Here a block is the bucket of
its hash, and a bucket a chain through three arrays, the last that was put in first: some 25 bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

__all__ = ["Blocks"]

FEWEST = 1024
"""Buckets to begin with: a power of two, and so are all that follow."""
END = -1


class Blocks:
    """Numbers below 2**31 by block, which is any number of 64 bits."""

    def __init__(self) -> None:
        self._heads = array("i", [END]) * FEWEST
        """By bucket: where its chain begins."""
        self._blocks = array("q")
        self._numbers = array("i")
        self._next = array("i")
        """These three by place: what was put in, and where the chain goes on."""

    def add(self, block: int, number: int) -> None:
        """Put a number into a block."""
        if len(self._blocks) == len(self._heads):
            self._grow()
        self._blocks.append(block)
        self._numbers.append(number)
        self._chain(len(self._next), block)

    def latest(self, block: int) -> Iterator[int]:
        """Yield the numbers of a block, the last that was put in first."""
        place = self._heads[block & (len(self._heads) - 1)]
        while place != END:
            if self._blocks[place] == block:
                yield self._numbers[place]
            place = self._next[place]

    def _grow(self) -> None:
        """Make twice as many buckets, so that chains stay short."""
        self._heads = array("i", [END]) * (2 * len(self._heads))
        self._next = array("i")
        for place, block in enumerate(self._blocks):
            self._chain(place, block)

    def _chain(self, place: int, block: int) -> None:
        bucket = block & (len(self._heads) - 1)
        self._next.append(self._heads[bucket])
        self._heads[bucket] = place
