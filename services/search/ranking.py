"""Which of the records that are found come first, and in which order to ask for them.

A search asks one question after the other and stops as soon as it knows what its page shows.
Within a rank those come first that the person has used, the more often and lately the sooner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from services.search.grams import GRAM
from services.search.lines import Row
from services.search.patterns import (
    Pattern,
    anywhere,
    initials,
    is_name,
    name,
    of_field,
    other,
)
from services.search.wanted import Wanted

__all__ = ["Hits", "Question", "Rank", "questions_of"]


TELLING = 8
"""So many letters hardly anybody else has."""


class Rank(IntEnum):
    """How well something fits: the smaller, the better."""

    WHOLE = 0
    """All words are names."""
    RATHER_INITIALS = 1
    LONGEST = 2
    """Its longest word is a name, the others begin names."""
    BEGINS = 3
    """All of it begins names."""
    INITIALS = 4
    PARTLY = 5
    """Its longest word begins a name, the others are somewhere."""
    OTHER = 6
    """Its longest word begins some other word."""
    SLIPPED = 10
    """Spelled a little differently; up to 9 more says how much."""
    ANYWHERE = 20
    """The letters are somewhere inside of words."""
    FAR = 30
    """Several slips; up to 19 more says how much."""


class Question(NamedTuple):
    """What lines of a rank have."""

    rank: int
    patterns: list[Pattern]
    finds_all: bool = False
    """True for the letters anywhere: whatever fits another question fits this one, too."""


def questions_of(
    wanted: Wanted, terms: Sequence[str], *, is_whole: bool, begins: bool
) -> list[Question]:
    """Return the questions in the order in which they are asked.

    Once names are asked for, the letters anywhere come next: when too few records have them to
    fill the page, these are all there are. Where many letters were typed they come first of all.

    Args:
        wanted: what somebody looks for.
        terms: its own, or as others write them; the longest first, which decides on the rank.
        is_whole: it is a name.
        begins: some name begins with it.
    """
    within = [of_field(word) for word in wanted.within]
    if not terms:
        return [Question(Rank.OTHER, within, True)]
    term, *others = terms
    names, letters = list(map(name, others)), [*map(anywhere, others), *within]
    every = [Question(Rank.ANYWHERE, [anywhere(term), *letters], True)] if len(term) >= GRAM else []
    rest = [Question(Rank.OTHER, [other(term), *letters])] if len(term) > 1 else []
    first = _initials(wanted, within)
    if begins:
        if others:
            rest.insert(0, Question(Rank.PARTLY, [name(term), *letters]))
        first.append(Question(Rank.BEGINS, [name(term), *names, *within]))
        if is_whole:
            first.append(Question(Rank.WHOLE, [*map(is_name, terms), *within]))
            if others:
                first.append(Question(Rank.LONGEST, [is_name(term), *names, *within]))
    first.sort()
    if every and sum(map(len, terms)) >= TELLING:
        return every + first + rest
    return first + every + rest if begins else first + rest + every


def _initials(wanted: Wanted, within: Sequence[Pattern]) -> list[Question]:
    if not wanted.initials:
        return []
    rank = Rank.RATHER_INITIALS if wanted.rather_initials else Rank.INITIALS
    return [Question(rank, [initials(wanted.initials), *within])]


class Hits:
    """What a search has come upon, each with its best rank."""

    def __init__(
        self,
        limit: int,
        questions: Sequence[Question] = (),
        liked: Mapping[int, float] | None = None,
    ) -> None:
        """Begin with nothing.

        Args:
            limit: of a page.
            questions: by which ranks are told.
            liked: by the key of a record, how much the person uses it.
        """
        self._limit = limit
        self._questions = sorted(questions)
        self._liked = liked or {}
        self._rows: dict[int, tuple[int, Row]] = {}

    @property
    def best(self) -> int:
        """The rank of the best; beyond all others where there is nothing."""
        return min((rank for rank, _ in self._rows.values()), default=2 * Rank.FAR)

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rows: Sequence[Row], rank: int) -> None:
        """Add rows of a rank, or of a better one where they fit its question."""
        better = [one for one in self._questions if one.rank < rank]
        for row in rows:
            known = self._rows.get(row.number)
            if known is None or known[0] > rank:
                fits = (one.rank for one in better if _fits(row, one)) if better else ()
                self._rows[row.number] = (next(iter(fits), rank), row)

    def add_fitting(self, rows: Sequence[Row]) -> None:
        """Add those of some rows that fit a question."""
        for row in rows:
            fits = (one.rank for one in self._questions if _fits(row, one))
            if (rank := next(fits, None)) is not None:
                self.add([row], rank)

    def take_in(self, others: Hits) -> None:
        """Add what the same words find, written otherwise: behind what is as it was typed."""
        for number, (rank, row) in others._rows.items():
            rank = max(rank, Rank.WHOLE + 1)
            known = self._rows.get(number)
            if known is None or known[0] > rank:
                self._rows[number] = (rank, row)

    def fill_page(self, rank: int) -> bool:
        """Tell whether those of a rank and better are enough for a page."""
        return sum(one <= rank for one, _ in self._rows.values()) >= self._limit

    def page(self) -> list[tuple[int, Row]]:
        """Return a page, the best first, and those of a rank in the order of the index."""
        return sorted(self._rows.values(), key=self._order)[: self._limit]

    def _order(self, hit: tuple[int, Row]) -> tuple[int, float, int]:
        rank, row = hit
        return rank, -self._liked.get(row.key, 0), row.number


def _fits(row: Row, question: Question) -> bool:
    for pattern in question.patterns:
        if pattern.piece not in row.head and (pattern.in_head or pattern.piece not in row.rest):
            return False
    return True
