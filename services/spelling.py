"""How words are compared: folded, so that ``Åse Müller`` is found by ``ase muller``.

Letters of other alphabets become Latin ones: ``Москва`` is ``moskva`` and ``Μαρία`` is ``maria``.
Where people write a name in two ways, :func:`respelled` is the other one: ``Jürgen`` is found as
``jurgen`` and as ``juergen``, ``Юрий`` as ``iurii`` (passports) and as ``yuriy``.

ICAO 9303 part 3 section 6 for the usual ways in passports, ELOT 743 for Greek:
https://www.icao.int/publications/doc-series/doc-9303
"""

# ruff: noqa: RUF001 (letters of other alphabets are what this is about)
from __future__ import annotations

import re
import unicodedata

__all__ = ["digits_of", "fold", "respelled", "words_of"]

LATIN = {"ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "ħ": "h", "æ": "ae", "œ": "oe"}
LATIN |= {"þ": "th", "ð": "d"}
"""What does not come apart into a letter and a mark."""
CYRILLIC = dict(zip("абвгдезиклмнопрстуфыэіјґќѓѕ", "abvgdeziklmnoprstufyeijgkgs", strict=True))
CYRILLIC |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu"}
CYRILLIC |= {"я": "ia", "ь": "", "ъ": "", "є": "ie", "ђ": "dj", "љ": "lj", "њ": "nj", "ћ": "c"}
CYRILLIC |= {"џ": "dz"}
GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True))
GREEK |= {"θ": "th", "χ": "ch", "ψ": "ps"}
LETTERS = str.maketrans(LATIN | CYRILLIC | GREEK)
PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "μπ": "b", "γγ": "ng", "τζ": "tz"}
"""Two Greek letters that are one sound."""
PAIR = re.compile("|".join(PAIRS))
OTHER_WAYS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
    | {"й": "y", "ю": "yu", "я": "ya", "ё": "yo", "х": "h", "ц": "c", "щ": "sch", "ї": "yi"}
    | {"χ": "h", "υ": "i", "ύ": "i", "φ": "ph", "β": "b", "ξ": "ks"}
)
IDEOGRAPHS = "\u2e80"
"""Where scripts begin that write names without a blank: 王小明 is found by 小明 and 明 too."""
ACCENTS = re.compile("[\u0300-\u036f]+")
"""The usual marks above and below letters; there are some hundred more."""
WORD = re.compile(r"[^\W_]+")
SIGNS = dict.fromkeys(map(ord, " +-()/."))
OTHER_SIGNS = re.compile(r"\D+")


def fold(text: str) -> str:
    """Return the text in small Latin letters without accents, as far as there are such."""
    if text.isascii():
        return text.lower()
    apart = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if apart.isascii():  # as in most names that have accents, and three times as fast
        return apart
    apart = PAIR.sub(lambda found: PAIRS[found[0]], apart).translate(LETTERS)
    return apart if apart.isascii() else "".join(c for c in apart if not unicodedata.combining(c))


def respelled(text: str) -> str:
    """Return the text folded in the other way that is in use; empty where there is none."""
    if text.isascii():
        return ""
    lower = unicodedata.normalize("NFC", text.casefold())
    other = lower.translate(OTHER_WAYS)
    return fold(other) if other != lower else ""


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return WORD.findall(fold(text))


def digits_of(number: str) -> str:
    """Return a phone number as it is compared: without signs and leading zeros, in 0 to 9."""
    digits = number.translate(SIGNS)
    if not (digits.isascii() and digits.isdecimal()):
        digits = "".join([str(unicodedata.decimal(each)) for each in OTHER_SIGNS.sub("", digits)])
    return digits.lstrip("0")
