"""Rows that are gone through twice, and are there as rows only once.

The order of a table's days shows in its last row at times, so a table is gone through before it is
read. A workbook takes seconds for that, so what was met the first time is kept, packed: a tenth
of what the rows would take.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

__all__ = ["KeptRows"]

PORTION = 500
"""Rows that are packed together."""
FAST = 1


@dataclass(slots=True)
class KeptRows:
    """Rows, kept as soon as somebody has gone through all of them."""

    source: Iterable[Sequence[Any]]
    """Can be gone through again."""
    _kept: list[bytes] | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[Sequence[Any]]:
        """Yield the rows."""
        return self._first_time() if self._kept is None else self._again(self._kept)

    def _first_time(self) -> Iterator[Sequence[Any]]:
        kept, rows = [], iter(self.source)
        while portion := list(islice(rows, PORTION)):
            kept.append(zlib.compress(pickle.dumps(portion), FAST))
            yield from portion
        self._kept = kept

    def _again(self, kept: Sequence[bytes]) -> Iterator[Sequence[Any]]:
        for packed in kept:
            yield from pickle.loads(zlib.decompress(packed))  # which we packed ourselves
