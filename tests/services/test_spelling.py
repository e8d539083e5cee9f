from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.spelling import LETTERS, PAIR, PAIRS, digits_of, fold, respelled, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åse MÜLLER", "ase muller"),
        ("Strauß", "strauss"),
        ("Łódź", "lodz"),
        ("Москва", "moskva"),
        ("Юрий", "iurii"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", "a"),
    ],
)
def test_accents_and_cases_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_nothing_that_is_folded_has_a_mark_or_a_capital(text: str) -> None:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    bare = PAIR.sub(lambda found: PAIRS[found[0]], bare).translate(LETTERS)
    assert fold(text) == (text.lower() if text.isascii() else bare)


def test_words_are_letters_and_digits() -> None:
    assert words_of("O'Neill_2, ada@x.example") == ["o", "neill", "2", "ada", "x", "example"]


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("+49 (30) 123-45/6", "493012345" + "6"),
        ("0049 30", "4930"),
        ("12 ext. 3", "123"),
        ("49\N{NO-BREAK SPACE}30", "4930"),
        ("\u0660\u0667\u0660 \u0661\u0662", "7012"),
        ("none", ""),
    ],
)
def test_a_number_is_its_digits(number: str, digits: str) -> None:
    assert digits_of(number) == digits


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Jürgen", "juergen"),
        ("Åse", "aase"),
        ("Юрий", "yuriy"),
        ("Χρήστος", "hristos"),
        ("Łódź", ""),
        ("Renée", ""),
        ("Ada", ""),
    ],
)
def test_what_is_written_in_two_ways_is_folded_in_the_other_one(text: str, folded: str) -> None:
    assert respelled(text) == folded
