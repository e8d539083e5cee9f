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
LEARNED_BYTES = 16_000


class Packing:
    """Packs bodies that are like some samples. One thread may pack while another unpacks."""

    def __init__(self, samples: bytes) -> None:
        """Take samples as :meth:`like` has chosen them."""
        self.samples = samples
        # A dictionary has at least eight bytes.
        known = ZstdCompressionDict(samples.ljust(8))
        self._packer = ZstdCompressor(level=LEVEL, dict_data=known, write_dict_id=False)
        self._unpacker = ZstdDecompressor(dict_data=known)

    @classmethod
    def like(cls, bodies: Sequence[bytes]) -> Packing:
        """Choose samples among bodies, or learn from them what is usual."""
        if len(bodies) >= WORTH_LEARNING:
            try:
                return cls(train_dictionary(LEARNED_BYTES, list(bodies)).as_bytes())
            except ZstdError:
                pass  # they have too little in common, or too much
        return cls(b"".join(one[:MOST_BYTES] for one in bodies[:MOST_SAMPLES]))

    def pack(self, body: bytes) -> bytes:
        """Return a body made small."""
        return self._packer.compress(body)

    def unpack(self, packed: bytes) -> bytes:
        """Return the body."""
        return self._unpacker.decompress(packed)
