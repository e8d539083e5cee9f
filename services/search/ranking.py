"""Which of the records that are found come first."""

from __future__ import annotations

from collections.abc import Sequence

from services.search.letters import Row
from services.search.patterns import GRAM, Pattern, anywhere, is_name, name, other

__all__ = ["Hits", "ranks_of"]


def ranks_of(terms: Sequence[str]) -> list[list[Pattern]]:
    """Return what the lines of each rank have, the best first.

    The first two are of names: one that is the longest term, or begins with it. The last, where
    a term is long enough, has the letters anywhere, so all other ranks are parts of it.
    """
    term, *others = terms
    names, letters = list(map(name, others)), list(map(anywhere, others))
    ranks = [[is_name(term), *names], [name(term), *names]]
    if others:
        ranks.append([name(term), *letters])
    ranks.append([other(term), *letters])
    return [*ranks, [anywhere(term), *letters]] if len(term) >= GRAM else ranks


class Hits:
    """What a search has come upon, each with its best rank."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: dict[int, tuple[int, Row]] = {}

    def add(
        self, rows: Sequence[Row], rank: int, better: Sequence[tuple[int, list[Pattern]]] = ()
    ) -> None:
        """Add rows of a rank, or of a better one whose patterns they have."""
        for row in rows:
            fits = (at for at, patterns in better if all(p.piece in row.text for p in patterns))
            self._rows.setdefault(row.number, (next(fits, rank), row))

    def fill_page(self, rank: int) -> bool:
        """Tell whether those of a rank and better are enough for a page."""
        return sum(one <= rank for one, _ in self._rows.values()) >= self._limit

    def page(self) -> list[tuple[int, Row]]:
        """Return a page, the best first, and those of a rank in the order of the index."""
        return sorted(self._rows.values(), key=lambda hit: (hit[0], hit[1].number))[: self._limit]
