"""Slips of the finger, one at a time: two letters change places, one is left out, doubled, wrong.

The first letter is mostly right, as Pollock and Zamora found (Automatic spelling correction in
scientific and scholarly text, 1984): 8 % of their slips were in it; here one in ten is.
"""

from __future__ import annotations

from random import Random

__all__ = ["slipped"]

BESIDE = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("sq", "vn", "xv", "sf", "wr", "dg", "fh", "gj", "uo", "hk", "jl", "k", "n", "bm"),
            *("ip", "o", "wa", "et", "ad", "ry", "yi", "cb", "qe", "zc", "tu", "xs"),
        ),
        strict=True,
    )
)
"""The keys to the left and right."""
FIRST = 0.1


def slipped(dice: Random, word: str) -> str:
    """Return a word of at least four letters with one slip in it."""
    while True:
        at = 0 if dice.random() < FIRST else dice.randrange(1, len(word))
        written = dice.choice((_swapped, _omitted, _doubled, _beside))(dice, word, at)
        if written.lower() != word.lower():
            return written


def _swapped(dice: Random, word: str, at: int) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _omitted(dice: Random, word: str, at: int) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(dice: Random, word: str, at: int) -> str:
    return word[:at] + word[at] + word[at:]


def _beside(dice: Random, word: str, at: int) -> str:
    """Another key; a letter that is on no English keyboard becomes one of the word's own."""
    return word[:at] + dice.choice(BESIDE.get(word[at].lower(), word)) + word[at + 1 :]
