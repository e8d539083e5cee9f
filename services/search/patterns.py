"""What is looked for in a line, and the trigrams that lead to it.

A line is all words of an entry between marks, which no word contains: names between dots, other
words behind blanks, ``..ada..byron..@ analytical@ engines writer ``. So one kind of look-up, for
a piece of a line, finds words (``.ada.``), their beginnings (``.ad``, `` eng``), those of one field
(``@ eng``) and any letters (``yro``). Names are between two dots so that even one letter of them,
``..a``, is a trigram. Behind all words stand
the first letters of the names once more, as capitals, ``ADA|BYR``: what is looked for most is one
trigram, and no other word has it. The end are initials, ``=ab=``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from services.search.marks import FIELDS, INITIALS, NAME, OTHER

__all__ = [
    "GRAM",
    "Grams",
    "Pattern",
    "anywhere",
    "initials",
    "is_name",
    "line_of",
    "name",
    "names_in",
    "of_field",
    "other",
]

GRAM = 3
GAP = 2 * NAME
CAPITAL_DIGITS = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
"""Digits have no capitals; these are twice as wide."""
SAMPLE = 1000
"""Lines from which it is learned what is common."""
COMMON = 2
"""Common is what more than one line in so many has."""
FEW = 1 / 20_000
"""Of all lines: so few are looked at themselves."""
MOST_GRAMS = 6


class Pattern(NamedTuple):
    """A piece of a line."""

    piece: str
    grams: list[str]
    """All lines with the piece have them; others may, too."""


def line_of(names: Sequence[str], others: Sequence[str], short: Sequence[str] = ()) -> str:
    """Return the line of an entry.

    Args:
        names: words.
        others: words, those of some fields with the mark of the field before them.
        short: the initials of the name.
    """
    rest = "".join([_set_apart(word) for word in others])
    line = f"..{'..'.join(names)}..{rest} {'|'.join(map(_capitals, names))}"
    return f"{line}={'='.join(short)}=" if short else line


def _set_apart(word: str) -> str:
    return f"{word[0]} {word[1:]}" if word[0] in FIELDS else f" {word}"


def names_in(line: str) -> list[str]:
    """Return the names that a line was made of."""
    return line[len(GAP) : line.rindex(GAP)].split(GAP)


def is_name(word: str) -> Pattern:
    """Return the pattern of a name."""
    return Pattern(NAME + word + NAME, [*name(word).grams, (NAME + word + NAME)[-GRAM:]])


def name(letters: str) -> Pattern:
    """Return the pattern of names that begin with letters."""
    if len(letters) < GRAM:
        piece = (NAME if len(letters) > 1 else 2 * NAME) + letters
        return Pattern(piece, _cover(piece))
    return Pattern(NAME + letters, [_capitals(letters), *_cover(letters)[1:]])


def initials(letters: str) -> Pattern:
    """Return the pattern of names whose words begin with these letters, one each."""
    piece = INITIALS + letters + INITIALS
    return Pattern(piece, _cover(piece))


def other(letters: str) -> Pattern:
    """Return the pattern of other words that begin with letters."""
    piece = OTHER + letters
    return Pattern(piece, _cover(piece))


def of_field(word: str) -> Pattern:
    """Return the pattern of words of a field; its mark stands before the letters."""
    piece = _set_apart(word)
    return Pattern(piece, _cover(piece))


def anywhere(letters: str) -> Pattern:
    """Return the pattern of the letters themselves."""
    return Pattern(letters, _cover(letters))


class Grams:
    """Chooses the trigrams of patterns that are worth asking for: the rarest, and a few.

    Each that is asked for costs a walk along all lines that have it, so it is left out as soon as
    the others leave hardly a line; as are those of ``example.com``, which most lines have.
    """

    def __init__(self) -> None:
        self._lines = 0
        self._counts: Counter[str] = Counter()

    def learn(self, lines: Iterable[str]) -> None:
        """Count what is in the first lines."""
        for line in lines:
            if self._lines == SAMPLE:
                return
            self._lines += 1
            self._counts.update({line[at : at + GRAM] for at in range(len(line) - GRAM + 1)})

    def of(self, patterns: Iterable[Pattern]) -> list[str]:
        """Return trigrams that all lines with the patterns have, the rarest first; at least one."""
        every = dict.fromkeys(gram for pattern in patterns for gram in pattern.grams)
        chosen: list[str] = []
        share = 1.0
        for count, gram in sorted((self._counts[gram], gram) for gram in every):
            tells = share >= FEW and count <= self._lines // COMMON
            if len(chosen) == MOST_GRAMS or (chosen and not tells):
                break
            chosen.append(gram)
            share *= (count + 0.5) / (self._lines + 1)
        return chosen


def _capitals(word: str) -> str:
    """Return the first three letters so that nothing else in a line looks like them."""
    return _raised(word[:GRAM])


@lru_cache(maxsize=20_000)
def _raised(letters: str) -> str:
    return letters.upper().translate(CAPITAL_DIGITS)[:GRAM]


def _cover(text: str) -> list[str]:
    """Return trigrams that follow each other, the last of which may reach back."""
    last = len(text) - GRAM
    return [text[min(at, last) :][:GRAM] for at in range(0, len(text), GRAM)] if last >= 0 else []
