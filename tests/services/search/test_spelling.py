from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.spelling import LETTERS, digits_of, fold, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åse MÜLLER", "ase muller"),
        ("Strauß", "strauss"),
        ("Łódź", "lodz"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", "a"),
    ],
)
def test_accents_and_cases_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_nothing_that_is_folded_has_a_mark_or_a_capital(text: str) -> None:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).translate(LETTERS)
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
        ("none", ""),
    ],
)
def test_a_number_is_its_digits(number: str, digits: str) -> None:
    assert digits_of(number) == digits


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("  ada   Byron ", ["byron", "ada"]),
        ("+49 30 12", ["493012"]),
        ("49", ["49"]),
        ("ada ada", ["ada"]),
        ("a b c d e f g h", ["a", "b", "c", "d", "e", "f"]),
        ("x" * 500, ["x" * 40]),
        ("?!", []),
    ],
)
def test_terms_are_what_must_be_found(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms
