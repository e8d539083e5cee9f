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
from services.spelling import IDEOGRAPHS

__all__ = ["BEGINS", "GRAM", "GRAM_MARKS", "OTHER_BEGINS", "grams_of", "threes"]

GRAM = 3
BEGINS, OTHER_BEGINS = "^", "_"
"""A name, or another word, begins so."""
GRAM_MARKS = "".join(sorted({NAME, BEGINS, OTHER_BEGINS, INITIALS, *FIELDS}))
"""All that is in grams beside letters and digits."""
FIELD = re.compile(f"([{''.join(sorted(FIELDS))}]) ([^\\W_]+)")
KNOWN_WORDS = 8_000
"""Of which the grams are remembered: given names, towns, jobs come again and again."""


def grams_of(line: str) -> str:
    """Return all grams of a line, between blanks; the same one may come again."""
    head, _, rest = line.partition(REST)
    names, _, ends = head[len(GAP) :].rpartition(GAP)
    found = [*map(_of_name, names.split(GAP)), *map(_of_word, rest.split())]
    if ends:
        fields, _, initials = ends.partition(INITIALS)
        found += [_of_field(mark, word) for mark, word in FIELD.findall(fields)]
        found += [INITIALS + each for each in initials.split(INITIALS) if each]
    return " ".join(found)


@lru_cache(maxsize=KNOWN_WORDS)
def _of_name(word: str) -> str:
    begins = f"{GAP}{word[:1]} {NAME}{word[:2]} {BEGINS}{word[:GRAM]} {NAME}{word}{NAME}"
    return f"{begins} {_inside(word)}"


@lru_cache(maxsize=KNOWN_WORDS)
def _of_word(word: str) -> str:
    return f"{OTHER_BEGINS}{word[:2]} {_inside(word)}"


def _of_field(mark: str, word: str) -> str:
    return f"{mark}{word[:1]} {mark}{word[:2]} {_of_word(word)}"


def threes(word: str) -> list[str]:
    """Return all threes of letters of a word."""
    return [word[at : at + GRAM] for at in range(len(word) - GRAM + 1)]


def _inside(word: str) -> str:
    """Return what is found inside: threes, and signs that are words, alone and in pairs."""
    found = threes(word)
    if not word.isascii() and max(word) >= IDEOGRAPHS:
        signs = [at for at, sign in enumerate(word) if sign >= IDEOGRAPHS]
        found += [word[at : at + size] for at in signs for size in (1, 2)]
    return " ".join(found)
