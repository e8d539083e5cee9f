from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.grams import GRAM_MARKS, grams_of
from services.search.patterns import (
    Grams,
    Pattern,
    anywhere,
    initials,
    is_name,
    line_of,
    name,
    names_in,
    of_field,
    other,
    unproven,
)

words = st.text("abcd012", min_size=1, max_size=7)
lists = st.lists(words, max_size=4)


def test_a_line_has_its_names_fields_and_initials_in_its_head_and_other_words_behind_it() -> None:
    line = line_of(["ada", "x2y"], ["@royal", "#", "#board", "#", "#", "analytical", "45"], ["ax"])
    assert line == "..ada..x2y..@ royal# # board# # =ax=| analytical 45"
    assert names_in(line) == ["ada", "x2y"]
    assert line_of(["ada"], []) == "..ada..|"


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


fields = st.builds(str.__add__, st.sampled_from("@#~"), words)


@given(lists, st.lists(fields, max_size=3), lists, words, st.text("abcd", min_size=1, max_size=2))
def test_a_line_with_a_piece_has_its_grams_and_a_single_gram_says_that_it_has_the_piece(
    names: list[str], marked: list[str], others: list[str], w: str, short: str
) -> None:
    line = line_of(names, marked + others, [short])
    grams = grams_of(line).split()
    asked = (is_name(w), name(w), other(w), anywhere(w), of_field("@" + w), initials(w))
    for pattern in asked:
        has_all = set(pattern.grams) <= set(grams)
        if pattern.piece in line:
            assert has_all
        if len(pattern.grams) == 1 and has_all:
            assert pattern.piece in line
        if pattern.in_head:
            assert pattern.piece not in line.partition("|")[2]


@given(st.lists(st.text("ab王小明", min_size=1, max_size=4), max_size=4), st.data())
def test_signs_that_are_words_are_found_alone_and_in_pairs(
    others: list[str], data: st.DataObject
) -> None:
    line = line_of(["x"], others)
    letters = data.draw(st.text("ab王小明", min_size=1, max_size=4))
    pattern = anywhere(letters)
    if pattern.piece in line:
        assert set(pattern.grams) <= set(grams_of(line).split())
    assert bool(pattern.grams) is (len(letters) >= 3 or letters[0] > "z")


@given(words)
def test_only_letters_inside_words_may_be_too_few_for_a_gram(word: str) -> None:
    assert is_name(word).grams
    assert name(word).grams
    assert initials(word).grams
    assert of_field("@" + word).grams
    assert bool(other(word).grams) is (len(word) > 1)
    assert bool(anywhere(word).grams) is (len(word) >= 3)


def test_the_beginning_of_a_name_is_nowhere_else() -> None:
    assert name("493").grams[0] not in grams_of(line_of(["ada"], ["49301"])).split()


def test_grams_hold_nothing_but_letters_digits_and_their_marks() -> None:
    line = line_of(["ada"], ["@royal", "#", "board"], ["ab"])
    marks = {sign for sign in grams_of(line) if not sign.isalnum()}
    assert marks == {*"._^=@", " "} and marks - {" "} < set(GRAM_MARKS)


def test_lines_found_by_what_says_all_need_not_be_looked_at() -> None:
    patterns = [is_name("ada"), anywhere("byron"), anywhere("lov")]
    assert unproven(patterns, [".ada.", "byr"]) == [anywhere("byron"), anywhere("lov")]


def test_what_is_in_most_lines_is_not_asked_for_where_there_is_something_else() -> None:
    grams = Grams()
    grams.learn(f"..x{n}..| example" for n in range(2000))
    assert grams.of([anywhere("example"), name("ada")]) == ["^ada"]
    assert grams.of([anywhere("example")]) == ["amp"]


def test_when_hardly_a_line_is_left_no_more_is_asked_for() -> None:
    grams = Grams()
    grams.learn(f"..x{n}..| example{chr(97 + n % 20)}" for n in range(2000))
    assert grams.of([anywhere("abcd"), anywhere("lec")]) == ["abc", "lec", "bcd"]
    assert grams.of([is_name("abc"), name("efg"), anywhere("lec")]) == [".abc.", "^efg"]
