"""The different words of a book's names, and those that are nearly what somebody typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Names"]

SHORTEST_FOR_A_SLIP = 4
SHORTEST_FOR_TWO_SLIPS = 6
MOST_NEAR = 12
ENDING = 2
FEW, PART = 200, 64
"""New words are put in their place when there are so many, or they are this part of all: until
then each question looks through them."""
BYTES_EACH = 110
"""Of a short text, in a list and in a set."""
LAST_LETTER = "\U0010ffff"


class Names:
    """Words that somebody is called, or was.

    Hardly anybody mistypes both the first letter and the last two: so for slips a term is
    compared with words that have the one or the other, a few thousand of a hundred thousand.
    """

    def __init__(self) -> None:
        self._sorted: list[str] = []
        self._new: list[str] = []
        self._by_ending: defaultdict[str, set[str]] = defaultdict(set)

    def __contains__(self, word: str) -> bool:
        """Tell whether this is the whole word."""
        return word in self._by_ending.get(word[-ENDING:], ())

    @property
    def size(self) -> int:
        """About how many bytes they take."""
        return BYTES_EACH * (len(self._sorted) + len(self._new))

    def add(self, words: Iterable[str]) -> None:
        """Remember words."""
        for word in words:
            if word not in self:
                self._by_ending[word[-ENDING:]].add(word)
                self._new.append(word)
        if len(self._new) > FEW + len(self._sorted) // PART:
            self._sorted = sorted(self._sorted + self._new)
            self._new = []

    def beginning_with(self, letters: str) -> list[str]:
        """Return the words that begin with letters."""
        first = bisect_left(self._sorted, letters)
        end = bisect_left(self._sorted, letters + LAST_LETTER)
        return self._sorted[first:end] + [word for word in self._new if word.startswith(letters)]

    def near(self, term: str) -> list[tuple[str, int]]:
        """Return words that differ from a term by a slip or two, and by how many; nearest first."""
        if len(term) < SHORTEST_FOR_A_SLIP:
            return []
        slips = 2 if len(term) >= SHORTEST_FOR_TWO_SLIPS else 1
        near: dict[str, int] = {}
        for words in (self.beginning_with(term[0]), self._by_ending.get(term[-ENDING:], ())):
            found = process.extract(
                term, words, scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
            )
            near |= {word: distance for word, distance, _ in found}
        return sorted(near.items(), key=lambda one: (one[1], one[0]))[:MOST_NEAR]
