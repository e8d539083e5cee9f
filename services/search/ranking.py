"""Which of the records that are found come first, and in which order to ask for them.

A search asks one question after the other and stops as soon as it knows what its page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.search.letters import Row
from services.search.patterns import GRAM, Pattern, anywhere, is_name, name, other

__all__ = ["Hits", "Question", "questions_of"]


class Question(NamedTuple):
    """What lines of a rank have."""

    rank: int
    """0 is best."""
    patterns: list[Pattern]
    finds_all: bool = False
    """True for the letters anywhere: whatever fits another question fits this one, too."""


def questions_of(terms: Sequence[str], *, is_whole: bool, begins: bool) -> list[Question]:
    """Return the questions in the order in which they are asked.

    Once names are asked for, the letters anywhere come next: when too few records have them to
    fill the page, these are all there are.

    Args:
        terms: the longest first, which decides on the rank.
        is_whole: it is a name.
        begins: some name begins with it.
    """
    term, *others = terms
    names, letters = list(map(name, others)), list(map(anywhere, others))
    rest = [Question(3, [other(term), *letters])]
    every = [Question(4, [anywhere(term), *letters], True)] if len(term) >= GRAM else []
    if not begins:
        return rest + every
    if others:
        rest.insert(0, Question(2, [name(term), *letters]))
    first = [Question(1, [name(term), *names])]
    if is_whole:
        first.insert(0, Question(0, [is_name(term), *names]))
    return first + every + rest


class Hits:
    """What a search has come upon, each with its best rank."""

    def __init__(self, limit: int, questions: Sequence[Question] = ()) -> None:
        self._limit = limit
        self._questions = sorted(questions)
        self._rows: dict[int, tuple[int, Row]] = {}

    def add(self, rows: Sequence[Row], rank: int) -> None:
        """Add rows of a rank, or of a better one where they fit its question."""
        better = [one for one in self._questions if one.rank < rank]
        for row in rows:
            if row.number not in self._rows:
                fits = (one.rank for one in better if _fits(row.text, one)) if better else ()
                self._rows[row.number] = (next(iter(fits), rank), row)

    def fill_page(self, rank: int) -> bool:
        """Tell whether those of a rank and better are enough for a page."""
        return sum(one <= rank for one, _ in self._rows.values()) >= self._limit

    def page(self) -> list[tuple[int, Row]]:
        """Return a page, the best first, and those of a rank in the order of the index."""
        return sorted(self._rows.values(), key=_order)[: self._limit]


def _fits(line: str, question: Question) -> bool:
    return all([pattern.piece in line for pattern in question.patterns])


def _order(hit: tuple[int, Row]) -> tuple[int, int]:
    rank, row = hit
    return rank, row.number
