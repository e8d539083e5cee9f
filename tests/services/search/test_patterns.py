from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.patterns import Grams, Pattern, anywhere, is_name, line_of, name, other

words = st.text("abcd012", min_size=1, max_size=7)
lists = st.lists(words, max_size=4)


def test_a_line_has_names_between_dots_others_between_blanks_and_capitals() -> None:
    line = line_of(["ada", "x2y"], ["analytical", "45"])
    assert line == "..ada..x2y.. analytical 45 ADA|X\N{FULLWIDTH DIGIT TWO}Y"


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        (is_name("ada"), True),
        (is_name("ad"), False),
        (is_name("x"), True),
        (name("a"), True),
        (name("by"), True),
        (name("byron"), True),
        (name("yro"), False),
        (name("eng"), False),
        (other("e"), True),
        (other("engine"), True),
        (other("ada"), False),
        (anywhere("gine"), True),
        (anywhere("yr"), True),
    ],
)
def test_a_pattern_fits_or_does_not(pattern: Pattern, fits: bool) -> None:
    assert (pattern.piece in line_of(["ada", "byron", "x"], ["engines"])) is fits


@given(lists, lists, words)
def test_a_line_with_a_piece_has_its_trigrams(names: list[str], others: list[str], w: str) -> None:
    line = line_of(names, others)
    for pattern in (is_name(w), name(w), other(w), anywhere(w)):
        if pattern.piece in line:
            assert all(gram in line for gram in pattern.grams)
        assert all(len(gram) == 3 for gram in pattern.grams)


@given(words)
def test_only_letters_inside_words_may_be_too_few_for_a_trigram(word: str) -> None:
    assert is_name(word).grams
    assert name(word).grams
    assert bool(other(word).grams) is (len(word) > 1)
    assert bool(anywhere(word).grams) is (len(word) >= 3)


def test_the_capitals_of_a_name_are_nowhere_else() -> None:
    assert name("493").grams[0] not in line_of(["ada"], ["49301"])


def test_what_is_in_most_lines_is_not_asked_for_where_there_is_something_else() -> None:
    grams = Grams()
    grams.learn(f"..x{n}..  example  " for n in range(2000))
    assert grams.of([anywhere("example"), name("ada")]) == ["ADA"]
    assert grams.of([anywhere("example")]) == ["exa"]


def test_when_hardly_a_line_is_left_no_more_is_asked_for() -> None:
    grams = Grams()
    grams.learn(f"..x{n}..  example  " for n in range(2000))
    rare = [anywhere("abcdefghi"), anywhere("example")]
    assert grams.of(rare) == ["abc", "def"]
