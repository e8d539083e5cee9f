"""What is looked for in a line, and the trigrams that lead to it.

A line is all words of an entry between marks: names between dots, other words between blanks,
which no word contains, ``..ada..byron..  analytical  engines  ``. So one kind of look-up, for a
piece of a line, finds words (``.ada.``), their beginnings (``.ad``, `` eng``) and any letters
(``yro``); and marks are double so that even one letter, ``..a``, is a trigram. Behind them stand
the first letters of the names once more, as capitals, ``ADA|BYR``: what is looked for most is one
trigram, and no other word has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "GRAM",
    "Grams",
    "Pattern",
    "anywhere",
    "is_name",
    "line_of",
    "name",
    "names_in",
    "other",
]

GRAM = 3
NAME, OTHER = ".", " "
GAP = 2 * NAME
CAPITAL_DIGITS = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
"""Digits have no capitals; these are twice as wide."""
SAMPLE = 1000
"""Lines from which it is learned what is common."""
COMMON = 8
"""Common is what more than one line in so many has."""
MOST_GRAMS = 8


class Pattern(NamedTuple):
    """A piece of a line."""

    piece: str
    grams: list[str]
    """All lines with the piece have them; others may, too."""


def line_of(names: Sequence[str], others: Sequence[str]) -> str:
    """Return the line of an entry."""
    return f"..{'..'.join(names)}..  {'  '.join(others)}  {'|'.join(map(_capitals, names))}"


def names_in(line: str) -> list[str]:
    """Return the names that a line was made of."""
    return line[len(GAP) : line.index(f"{GAP}  ")].split(GAP)


def is_name(word: str) -> Pattern:
    """Return the pattern of a name."""
    return Pattern(NAME + word + NAME, [*name(word).grams, (NAME + word + NAME)[-GRAM:]])


def name(letters: str) -> Pattern:
    """Return the pattern of names that begin with letters."""
    if len(letters) < GRAM:
        return _beginning(NAME, letters)
    return Pattern(NAME + letters, [_capitals(letters), *_cover(letters)[1:]])


def other(letters: str) -> Pattern:
    """Return the pattern of other words that begin with letters."""
    return _beginning(OTHER, letters)


def anywhere(letters: str) -> Pattern:
    """Return the pattern of the letters themselves."""
    return Pattern(letters, _cover(letters))


class Grams:
    """Chooses the trigrams of patterns that are worth asking for.

    A trigram that is in most lines costs the most to ask for and tells the least, as those of
    ``example.com`` do; so it is left out where there are others.
    """

    def __init__(self) -> None:
        self._lines = 0
        self._counts: Counter[str] = Counter()
        self._common: frozenset[str] = frozenset()

    def learn(self, lines: Iterable[str]) -> None:
        """Count what is in the first lines."""
        for line in lines:
            if self._lines == SAMPLE:
                return
            self._lines += 1
            self._counts.update({line[at : at + GRAM] for at in range(len(line) - GRAM + 1)})
            if self._lines == SAMPLE:
                counts = self._counts.items()
                self._common = frozenset(gram for gram, n in counts if n > SAMPLE // COMMON)
                self._counts.clear()

    def of(self, patterns: Iterable[Pattern]) -> list[str]:
        """Return trigrams that all lines with the patterns have; there must be one."""
        every = dict.fromkeys(gram for pattern in patterns for gram in pattern.grams)
        telling = [gram for gram in every if gram not in self._common]
        return (telling or list(every))[:MOST_GRAMS]


def _capitals(word: str) -> str:
    """Return the first three letters so that nothing else in a line looks like them."""
    return _raised(word[:GRAM])


@lru_cache(maxsize=20_000)
def _raised(letters: str) -> str:
    return letters.upper().translate(CAPITAL_DIGITS)[:GRAM]


def _beginning(mark: str, letters: str) -> Pattern:
    piece = (mark if len(letters) > 1 else 2 * mark) + letters
    return Pattern(piece, _cover(piece))


def _cover(text: str) -> list[str]:
    """Return trigrams that follow each other, the last of which may reach back."""
    last = len(text) - GRAM
    return [text[min(at, last) :][:GRAM] for at in range(0, len(text), GRAM)] if last >= 0 else []
