"""By what a line is found: its grams.

They are all threes of letters inside of its words, and what is looked for most as a gram of its
own, so that the line itself need not be looked at: whole names (``.ada.``), how they begin
(``..b``, ``.by``, ``^byr``), initials (``=ab``), the first two letters of all other words (``_en``)
and of those of some fields (``@an``). Nothing reaches from one word into the next: of the grams of
plain text that would be a third, and nobody asks for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from services.search.marks import FIELDS, GAP, INITIALS, NAME, REST
from services.search.spelling import IDEOGRAPHS

__all__ = ["BEGINS", "GRAM", "GRAM_MARKS", "OTHER_BEGINS", "grams_of", "threes"]

GRAM = 3
BEGINS, OTHER_BEGINS = "^", "_"
"""A name, or another word, begins so."""
GRAM_MARKS = "".join(sorted({NAME, BEGINS, OTHER_BEGINS, INITIALS, *FIELDS}))
"""All that is in grams beside letters and digits."""
FIELD = re.compile(f"([{''.join(sorted(FIELDS))}]) ([^\\W_]+)")
KNOWN_WORDS = 4_000
"""Of which the grams are remembered: given names, towns, jobs come again and again."""


def grams_of(line: str) -> str:
    """Return all grams of a line, between blanks; the same one may come again."""
    head, _, rest = line.partition(REST)
    end = head.rindex(GAP)
    names = map(_grams_of_name, head[len(GAP) : end].split(GAP))
    others = map(_grams_of_word, rest.split())
    if len(head) == end + len(GAP):
        return " ".join((*names, *others))
    fields, _, short = head[end + len(GAP) :].partition(INITIALS)
    marked = FIELD.findall(fields)
    first = [f"{mark}{word[:1]} {mark}{word[:2]} {_grams_of_word(word)}" for mark, word in marked]
    ends = [INITIALS + each for each in short.split(INITIALS) if each]
    return " ".join((*names, *first, *ends, *others))


@lru_cache(maxsize=KNOWN_WORDS)
def _grams_of_name(word: str) -> str:
    begins = [GAP + word[:1], NAME + word[:2], BEGINS + word[:GRAM], NAME + word + NAME]
    return " ".join([*begins, *_inside(word)])


def _grams_of_word(word: str) -> str:
    return _digits(word) if word.isdecimal() else _letters(word)


@lru_cache(maxsize=KNOWN_WORDS)
def _letters(word: str) -> str:
    return _digits(word)


def _digits(word: str) -> str:
    """Return the grams of a word; a number is hardly ever that of somebody else, too."""
    return " ".join([OTHER_BEGINS + word[:2], *_inside(word)])


def threes(word: str) -> list[str]:
    """Return all threes of letters of a word."""
    return [word[at : at + GRAM] for at in range(len(word) - GRAM + 1)]


def _inside(word: str) -> list[str]:
    """Return what is found inside: threes, and signs that are words, alone and in pairs."""
    found = threes(word)
    if word.isascii() or max(word) < IDEOGRAPHS:
        return found
    signs = [at for at, sign in enumerate(word) if sign >= IDEOGRAPHS]
    return [*found, *(word[at : at + size] for at in signs for size in (1, 2))]
