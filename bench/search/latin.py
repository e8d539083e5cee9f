"""How people write a name without letters of its own: on a form, in a passport, in a hurry.

The bench's own tables, by the habits of each language: German forms write ``ue`` for ``ü``,
Russian passports follow ICAO 9303, Greek ones ELOT 743. The engine is not asked.
https://www.icao.int/publications/doc-series/doc-9303
"""

# ruff: noqa: RUF001 (letters of other alphabets are what this is about)
from __future__ import annotations

import unicodedata

__all__ = ["bare", "cyrillic", "latin"]

DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
SINGLE = {"ł": "l", "ı": "i", "đ": "d", "ø": "o", "æ": "ae", "ß": "ss"}
NORTHERN = ("de", "da")
RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        (
            *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o"),
            *("p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e"),
            *("iu", "ia"),
        ),
        strict=True,
    )
)
COMMON_RUSSIAN = RUSSIAN | {"й": "y", "ю": "yu", "я": "ya"}
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p"),
            *("r", "s", "s", "t", "y", "f", "ch", "ps", "o"),
        ),
        strict=True,
    )
)
PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "μπ": "b", "γγ": "ng", "γκ": "gk", "τζ": "tz"}


def latin(text: str, language: str = "") -> str:
    """Return the text in plain letters, as people of its language write it on a form."""
    special = SINGLE | DIGRAPHS if language in NORTHERN else SINGLE
    return "".join(_like(_plain(word, special), word) for word in _parts(text))


def bare(text: str) -> str:
    """Return the text with its marks left out, as people do who do not know them."""
    return "".join(_like(_plain(word, SINGLE), word) for word in _parts(text))


def cyrillic(text: str) -> bool:
    """Tell whether the text is Russian."""
    return any("а" <= letter <= "я" or letter == "ё" for letter in text.lower())


def _parts(text: str) -> list[str]:
    """Return the words of a text and, between them, the blanks."""
    words = text.split(" ")
    return [part for word in words for part in (" ", word)][1:]


def _plain(word: str, special: dict[str, str]) -> str:
    lower = word.lower().replace("i̇", "i")
    if cyrillic(lower):
        return "".join(COMMON_RUSSIAN.get(letter, letter) for letter in lower)
    if any("α" <= letter <= "ώ" or letter in "ΐάέήίό" for letter in lower):
        return _greek(lower)
    written = "".join(special.get(letter, letter) for letter in lower)
    apart = unicodedata.normalize("NFD", written)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _greek(lower: str) -> str:
    apart = unicodedata.normalize("NFD", lower)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    for pair, written in PAIRS.items():
        plain = plain.replace(pair, written)
    return "".join(GREEK.get(letter, letter) for letter in plain)


def _like(plain: str, word: str) -> str:
    """Return the plain word with the capitals of the other."""
    return plain[:1].upper() + plain[1:] if word[:1].isupper() else plain
