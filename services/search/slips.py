"""The different words of a book's names, and those that are nearly what somebody typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Names", "cost_of", "slips_in"]

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

    def has_beginning(self, letters: str) -> bool:
        """Tell whether some word begins with letters."""
        first = bisect_left(self._sorted, letters)
        if first < len(self._sorted) and self._sorted[first].startswith(letters):
            return True
        return any(word.startswith(letters) for word in self._new)

    def near(self, term: str) -> list[tuple[str, int]]:
        """Return words that differ from a term by a slip or two, and by how much; nearest first."""
        slips = slips_in(term)
        if not slips:
            return []
        near: dict[str, int] = {}
        for words in (self.beginning_with(term[0]), self._by_ending.get(term[-ENDING:], ())):
            found = process.extract(
                term, words, scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
            )
            near |= {word: distance for word, distance, _ in found}
        costs = ((word, _cost(term, word, distance)) for word, distance in near.items())
        return sorted(costs, key=lambda one: (one[1], one[0]))[:MOST_NEAR]


def slips_in(term: str) -> int:
    """Return how many slips a term may have."""
    if len(term) < SHORTEST_FOR_A_SLIP:
        return 0
    return 2 if len(term) >= SHORTEST_FOR_TWO_SLIPS else 1


def cost_of(term: str, word: str) -> int | None:
    """Return what it costs to take a word for a term; ``None`` = it is too far from it."""
    if word.startswith(term):
        return 0
    distance = OSA.distance(term, word, score_cutoff=slips_in(term))
    return _cost(term, word, distance) if distance <= slips_in(term) else None


def _cost(term: str, word: str, distance: int) -> int:
    """Return what a distance costs, ten for each slip but the first, less for frequent slips."""
    if not distance:
        return 0
    cost = 10 * (distance - 1) + 5
    if sorted(term) == sorted(word):
        cost -= 3  # two letters have changed places
    elif _single(term) == _single(word):
        cost -= 4  # a letter was doubled, or was not
    elif len(term) == len(word):
        cost += 1  # another letter
    return cost + (3 if term[0] != word[0] else 0)


def _single(word: str) -> str:
    """Return a word without doubled letters."""
    return "".join(letter for letter, _ in groupby(word))
