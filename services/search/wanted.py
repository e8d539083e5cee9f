"""What somebody looks for, read from what they typed.

``ines gr`` are two beginnings of words, in any order. ``jd`` may be initials. What looks like a
phone number is one term, however it is grouped, and once more without the country's code or the
digit that is dialled in front of it. ``company:acme``, ``group:board`` and ``tag:vip`` keep to
those; a value of several words stands between quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from services.search.marks import COMPANY, GROUP, TAG
from services.spelling import IDEOGRAPHS, WORD, digits_of, fold, respelled, words_of

__all__ = ["Wanted", "wanted_of"]

NUMBER = re.compile(r"(?<!\w)[+(]*\d[\d\s()./-]*")
AMOUNT = re.compile(r"\d{1,4}[./-]\d{1,4}")
"""As well in a field of the list as of somebody's phone."""
ABROAD = re.compile(r"\s*(?:\+|00)")
FILTER = re.compile(r"(?i)\b(company|group|tag):\s*(?:\"([^\"]*)\"|(\S+))")
INITIALS = re.compile(r"[^\W\d_](?:[.\s]*[^\W\d_]){1,3}\.?")
MARKS = {"company": COMPANY, "group": GROUP, "tag": TAG}
LONGEST = 200
MOST_TERMS = 6
LONGEST_TERM = 40
FEWEST_DIGITS = 3
LIKE_A_PHONE = 6
"""Digits that are one number even beside other words."""
FEWEST_WITHOUT = 6
"""Digits that must be left of a number when what is dialled before it is taken away."""
SHORT = 2
"""So few letters are rather initials than the beginning of a name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to an index; false where nothing is asked."""

    terms: tuple[str, ...] = ()
    """What must all be found: folded, the longest first."""
    otherwise: tuple[str, ...] = ()
    """The same, as others write it; empty = there is no other way."""
    initials: str = ""
    """What may be somebody's initials; empty = it cannot be."""
    rather_initials: bool = False
    """They come before names that begin with these letters."""
    within: tuple[str, ...] = ()
    """Words, with the mark of their field, that a company, group or tag must have."""

    def __bool__(self) -> bool:
        return bool(self.terms or self.within)


def wanted_of(text: str) -> Wanted:
    """Return what a text that somebody typed asks for."""
    text = text.strip()[:LONGEST]
    within = tuple(
        MARKS[found[1].lower()] + word
        for found in FILTER.finditer(text)
        for word in words_of(found[2] or found[3])
    )[:MOST_TERMS]
    typed = FILTER.sub(" ", text).strip() if within else text
    numbers = [found[0] for found in NUMBER.finditer(typed) if _is_number(found[0], typed)]
    words = typed
    for number in numbers:
        words = words.replace(number, " ", 1)
    digits = [digits_of(number) for number in numbers]
    inside = [_inside(number) for number in numbers]
    plain, other = _terms(words_of(words), digits), _terms(WORD.findall(respelled(words)), inside)
    if AMOUNT.fullmatch(typed):
        other = _terms(words_of(typed), [])
    initials = _initials(typed)
    return Wanted(
        plain,
        other if other != plain else (),
        initials,
        bool(initials) and (len(initials) == SHORT or typed.isupper()),
        within,
    )


def _terms(words: list[str], numbers: list[str]) -> tuple[str, ...]:
    terms = dict.fromkeys(word[:LONGEST_TERM] for word in (*words, *numbers) if word)
    return tuple(sorted(terms, key=_telling, reverse=True)[:MOST_TERMS])


def _telling(term: str) -> int:
    """Return how much a term tells: its letters; a sign that is a word says as much as three."""
    return len(term) * (3 if term >= IDEOGRAPHS else 1)


def _is_number(part: str, typed: str) -> bool:
    is_all = part.strip() == typed
    return len(digits_of(part)) >= (FEWEST_DIGITS if is_all else LIKE_A_PHONE)


def _inside(number: str) -> str:
    """Return the digits as they are dialled inside the country, without the one in front."""
    digits = digits_of(number)
    if ABROAD.match(number):
        codes = (digits[:length] for length in (1, 2, 3))
        code = next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), "")
    else:
        code = digits[:1]
    rest = digits[len(code) :].lstrip("0")
    return rest if len(rest) >= FEWEST_WITHOUT else digits


def _initials(typed: str) -> str:
    if not INITIALS.fullmatch(typed):
        return ""
    letters = [fold(word) for word in typed if word.isalpha()]
    return "".join(letter[:1] for letter in letters)
