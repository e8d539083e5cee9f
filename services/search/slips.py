"""Words that are nearly what somebody typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Names"]

SHORTEST_FOR_A_SLIP = 4
SHORTEST_FOR_TWO_SLIPS = 6
MOST_NEAR = 12
ENDING = 2
BYTES_EACH = 150
"""Of a short text in two sets."""


class Names:
    """The different words of a book's names.

    Hardly anybody mistypes both the first letter and the last two: so a term is compared with
    the words that have the one or the other, a few thousand of a hundred thousand.
    """

    def __init__(self) -> None:
        self._by_letter: defaultdict[str, set[str]] = defaultdict(set)
        self._by_ending: defaultdict[str, set[str]] = defaultdict(set)

    def __contains__(self, word: str) -> bool:
        """Tell whether anybody is or was called so."""
        return word in self._by_letter.get(word[0], ())

    @property
    def size(self) -> int:
        """About how many bytes they take."""
        return BYTES_EACH * sum(map(len, self._by_letter.values()))

    def add(self, words: Iterable[str]) -> None:
        """Remember words, even when nobody is called so any more."""
        for word in words:
            self._by_letter[word[0]].add(word)
            self._by_ending[word[-ENDING:]].add(word)

    def near(self, term: str) -> list[tuple[str, int]]:
        """Return words that differ from a term by a slip or two, and by how many; nearest first."""
        if len(term) < SHORTEST_FOR_A_SLIP:
            return []
        slips = 2 if len(term) >= SHORTEST_FOR_TWO_SLIPS else 1
        near: dict[str, int] = {}
        for words in (self._by_letter.get(term[0]), self._by_ending.get(term[-ENDING:])):
            near |= {
                word: distance
                for word, distance, _ in process.extract(
                    term, words or (), scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
                )
            }
        return sorted(near.items(), key=lambda one: one[1])[:MOST_NEAR]
