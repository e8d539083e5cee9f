"""Bodies made small: an index of 100,000 contacts holds them all, and shows 25.

The records of a book have much in common (keys, the book, authors), so each is compressed against
what is usual among the first: a contact of 850 bytes takes 160, and is there again in microseconds.
https://python-zstandard.readthedocs.io/en/latest/dictionaries.html
"""

from __future__ import annotations

from collections.abc import Sequence

from zstandard import (
    ZstdCompressionDict,
    ZstdCompressor,
    ZstdDecompressor,
    ZstdError,
    train_dictionary,
)

__all__ = ["Packing"]

LEVEL = 3
MOST_SAMPLES = 20
MOST_BYTES = 2000
"""Of a sample: all small ones, and the beginning of a large one."""
WORTH_LEARNING = 100
"""Bodies from which can be learned what is usual; of fewer, some are samples themselves."""
LEARNED_BYTES = 64_000
LEARNED_PART = 12
"""It is learned from so many times as much at least; less is nothing to choose from."""
NOTHING = bytes(8)
"""No dictionary has less."""
MAGIC = b"\x28\xb5\x2f\xfd"
"""What each body would begin with."""


class Packing:
    """Packs bodies that are like some samples. One thread may pack while another unpacks."""

    def __init__(self, samples: bytes) -> None:
        """Take samples as :meth:`like` has chosen them."""
        self.samples = samples
        known = ZstdCompressionDict(samples or NOTHING)
        self._packer = ZstdCompressor(level=LEVEL, dict_data=known, write_dict_id=False)
        self._unpacker = ZstdDecompressor(dict_data=known)

    @classmethod
    def like(cls, bodies: Sequence[bytes]) -> Packing:
        """Choose samples among bodies, or learn from them what is usual."""
        if len(bodies) >= WORTH_LEARNING:
            size = min(LEARNED_BYTES, sum(map(len, bodies)) // LEARNED_PART)
            try:
                return cls(train_dictionary(size, list(bodies)).as_bytes())
            except ZstdError:
                pass  # they have too little in common, or too much
        return cls(NOTHING + b"".join(one[:MOST_BYTES] for one in bodies[:MOST_SAMPLES]))

    def pack(self, body: bytes) -> bytes:
        """Return a body made small."""
        return self._packer.compress(body)[len(MAGIC) :]

    def unpack(self, packed: bytes) -> bytes:
        """Return the body."""
        return self._unpacker.decompress(MAGIC + packed)
