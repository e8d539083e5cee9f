"""How words are compared: folded, so that ``Åse Müller`` is found by ``ase muller``."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["digits_of", "fold", "terms_of", "words_of"]

LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "\u0131": "i",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
    }
)
"""What does not come apart into a letter and a mark."""
ACCENTS = re.compile("[\u0300-\u036f]+")
"""The usual marks above and below letters; there are some hundred more."""
WORD = re.compile(r"[^\W_]+")
SIGNS = dict.fromkeys(map(ord, " +-()/."))
OTHER_SIGNS = re.compile(r"\D+")
NUMBER = re.compile(r"\+?[\d\s()./-]+")
MOST_TERMS = 6
LONGEST_TERM = 40
FEWEST_DIGITS = 3


def fold(text: str) -> str:
    """Return the text without accents and case."""
    if text.isascii():
        return text.lower()
    apart = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(LETTERS)
    if apart.isascii():  # as in most names that have accents, and three times as fast
        return apart
    return "".join(c for c in apart if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return WORD.findall(fold(text))


def digits_of(number: str) -> str:
    """Return a phone number as it is compared: without signs, and without leading zeros."""
    digits = number.translate(SIGNS)
    return (digits if digits.isdecimal() else OTHER_SIGNS.sub("", digits)).lstrip("0")


def terms_of(text: str) -> list[str]:
    """Return what must all be found for a text that somebody typed; the longest first.

    What looks like a part of a phone number is one term, however it is grouped.
    """
    text = text.strip()[:200]
    if NUMBER.fullmatch(text) and len(digits_of(text)) >= FEWEST_DIGITS:
        return [digits_of(text)]
    terms = dict.fromkeys(word[:LONGEST_TERM] for word in words_of(text))
    return sorted(terms, key=len, reverse=True)[:MOST_TERMS]
