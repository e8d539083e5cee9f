"""What is looked for in a line, and the grams that lead to it.

A line is all words of an entry between marks, which no word contains. Its head are the names
between dots, the words of some fields behind their marks, and the initials; behind a bar stands the
rest, words behind blanks: ``..ada..byron..@ analytical=ab=| engines writer``. So one kind of
look-up, for a piece of a line, finds words (``.ada.``), their beginnings (``.ad``, `` eng``), those
of one field (``@ ana``) and any letters (``yro``). By what lines are found at once is a matter of
:mod:`services.search.grams`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.search.grams import BEGINS, GRAM, OTHER_BEGINS, grams_of, threes
from services.search.marks import FIELDS, GAP, INITIALS, NAME, OTHER, REST
from services.spelling import IDEOGRAPHS

__all__ = [
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
    "unproven",
]

SAMPLE = 1000
"""Lines from which it is learned what is common."""
LOOK = 200
"""So many lines of a list are walked along in the time in which one line is looked at."""
COMMON = 0.5
"""The part of all lines of which nothing is told by having a gram."""
MOST_GRAMS = 6


class Pattern(NamedTuple):
    """A piece of a line."""

    piece: str
    grams: list[str]
    """All lines with the piece have them; others may, too, unless there is but one."""
    in_head: bool = False
    """It can only be in the head of a line."""


def line_of(names: Sequence[str], others: Sequence[str], short: Sequence[str] = ()) -> str:
    """Return the line of an entry.

    Args:
        names: words.
        others: words; those of some fields come first, with the mark of the field before them.
        short: the initials of the name.
    """
    fields = "".join([f"{word[0]} {word[1:]}" for word in others if word[0] in FIELDS])
    rest = "".join([OTHER + word for word in others if word[0] not in FIELDS])
    ends = f"{INITIALS}{INITIALS.join(short)}{INITIALS}" if short else ""
    return f"{GAP}{GAP.join(names)}{GAP}{fields}{ends}{REST}{rest}"


def names_in(line: str) -> list[str]:
    """Return the names that a line, or its head, was made of."""
    return line[len(GAP) : line.rindex(GAP)].split(GAP)


def is_name(word: str) -> Pattern:
    """Return the pattern of a name."""
    piece = NAME + word + NAME
    return Pattern(piece, [piece], in_head=True)


def name(letters: str) -> Pattern:
    """Return the pattern of names that begin with letters."""
    if len(letters) < GRAM:
        piece = (NAME if len(letters) > 1 else GAP) + letters
        return Pattern(piece, [piece], in_head=True)
    grams = [BEGINS + letters[:GRAM], *threes(letters)[1:]]
    return Pattern(NAME + letters, grams, in_head=True)


def initials(letters: str) -> Pattern:
    """Return the pattern of names whose words begin with these letters, one each."""
    return Pattern(INITIALS + letters + INITIALS, [INITIALS + letters], in_head=True)


def other(letters: str) -> Pattern:
    """Return the pattern of other words that begin with letters."""
    begins = [OTHER_BEGINS + letters[:2]] if len(letters) > 1 else []
    return Pattern(OTHER + letters, begins + threes(letters))


def of_field(word: str) -> Pattern:
    """Return the pattern of words of a field; its mark stands before the letters."""
    mark, letters = word[0], word[1:]
    grams = [mark + letters[:2], *threes(letters)]
    return Pattern(f"{mark} {letters}", grams, in_head=True)


def anywhere(letters: str) -> Pattern:
    """Return the pattern of the letters themselves."""
    is_sign = letters >= IDEOGRAPHS and len(letters) < GRAM
    return Pattern(letters, [letters] if is_sign else threes(letters))


def unproven(patterns: Iterable[Pattern], grams: Sequence[str]) -> list[Pattern]:
    """Return the patterns for which lines that were found by grams must be looked at."""
    return [one for one in patterns if len(one.grams) != 1 or one.grams[0] not in grams]


class Grams:
    """Chooses the grams of patterns that are worth asking for: the rarest of each, and a few more.

    Each that is asked for costs a walk along all lines that have it, so it is left out as soon as
    the others leave hardly a line to look at; as are those of ``example.com``, which most have.
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
            self._counts.update(set(grams_of(line).split()))

    def of(self, patterns: Sequence[Pattern]) -> list[str]:
        """Return grams that all lines with the patterns have, at least one.

        The rarest of each pattern come first. How much they leave together is reckoned as if words
        had nothing to do with each other; inside of a word they have, so a second gram of it is
        taken to leave the root of what it would leave by itself.
        """
        chosen: dict[str, None] = {}
        share = 1.0
        for is_second, count, gram in self._by_rarity(patterns):
            part = (count + 0.5) / (self._lines + 1)
            if chosen and (part > min(share * LOOK, COMMON) or len(chosen) == MOST_GRAMS):
                continue
            chosen[gram] = None
            share *= part**0.5 if is_second else part
        return list(chosen)

    def _by_rarity(self, patterns: Iterable[Pattern]) -> list[tuple[bool, int, str]]:
        """Return all grams: whether a rarer one of its pattern comes before, its count, itself."""
        counts = self._counts
        ranked = [sorted([(counts[gram], gram) for gram in one.grams]) for one in patterns]
        return sorted([(at > 0, *counted) for grams in ranked for at, counted in enumerate(grams)])
