"""When segments are written, and which of them become one.

Each segment is several times as large as all that come after it together, so there are few, and a
record is written again only when several times as many have come as there were: one edited contact
never costs more than itself. This is how log-structured stores merge, O'Neil et al., The
Log-Structured Merge-Tree, 1996.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["FEWEST", "staying"]

FEWEST = 1_000
"""Records worth a segment: reading so many from a ledger takes a tenth of a second."""
GROWTH = 4


def staying(rows: Sequence[int], fresh: int) -> int:
    """Return how many segments stay as they are when those behind them become one.

    Args:
        rows: of each segment, oldest first.
        fresh: records that are in none of them.
    """
    behind = sum(rows) + fresh
    for number, own in enumerate(rows):
        behind -= own
        if own < GROWTH * behind:
            return number
    return len(rows)
