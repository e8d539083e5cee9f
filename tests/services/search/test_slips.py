from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.slips import Names


def some(*words: str) -> Names:
    names = Names()
    names.add(words)
    return names


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("hoppe", [("hopper", 5)]),
        ("hoppre", [("hopper", 2)]),
        ("jopper", [("hopper", 9)]),
        ("hoqqer", [("hopper", 16)]),
        ("hoper", [("hopper", 1)]),
        ("hopper", [("hopper", 0)]),
        ("hoqqe", []),  # two slips, for which it is too short
        ("ado", []),
    ],
)
def test_words_are_near_by_a_slip_or_two_and_frequent_slips_cost_less(
    term: str, near: list[tuple[str, int]]
) -> None:
    assert some("hopper", "ada", "grace").near(term) == near


def test_the_nearest_come_first() -> None:
    assert some("martens", "martin", "marten").near("martan") == [
        ("marten", 6),
        ("martin", 6),
        ("martens", 15),
    ]


@given(st.lists(st.text("abc", min_size=1, max_size=5), max_size=300), st.text("abc", min_size=1))
def test_words_are_known_by_how_they_begin(words: list[str], letters: str) -> None:
    names = Names()
    for start in range(0, len(words), 90):
        names.add(words[start : start + 90])
    expected = {word for word in words if word.startswith(letters)}
    assert sorted(names.beginning_with(letters)) == sorted(expected)
    assert all(word in names for word in words)
    assert "abcd" not in names


def test_their_size_is_about_known() -> None:
    assert 0 < some("ada").size < some("ada", "grace").size
