from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from services.sync.content.entries import mixed

rows = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)


def merged(team: Sequence[str], remote: Sequence[str], base: Sequence[str]) -> str:
    return "".join(mixed(team, remote, base, base, str.casefold))


def test_what_either_side_added_is_there() -> None:
    assert merged("abc", "abd", "ab") == "abdc"


def test_what_either_side_took_out_is_not() -> None:
    assert merged("bc", "ab", "abc") == "b"


def test_what_had_no_place_in_outlook_was_not_taken_out_there() -> None:
    assert merged("abcdef", "ac", "abc") == "acdef"


def test_an_entry_that_outlook_spells_in_its_own_way_is_no_second_one() -> None:
    now = mixed(["555 1"], ["+45 5551", "555 2"], ["555 1"], ["+45 5551"], str)
    assert now == ("+45 5551", "555 2")


def test_an_entry_that_the_team_took_out_goes_however_outlook_spells_it() -> None:
    assert mixed(["b"], ["A!", "b", "c"], ["a", "b"], ["A!", "b"], str) == ("b", "c")


def test_without_a_common_past_everything_stays() -> None:
    assert mixed("ab", "bc", "", "", str) == ("b", "c", "a")


@given(rows, rows, rows)
def test_no_addition_is_lost_and_nothing_doubled(
    team: list[str], remote: list[str], base: list[str]
) -> None:
    now = merged(team, remote, base)
    assert len(set(now)) == len(now)
    assert set(now) >= (set(team) | set(remote)) - set(base)
    assert set(now) >= set(team) & set(remote)
    assert not set(now) & (set(base) - (set(team) & set(remote)))


@given(rows, rows)
def test_where_nobody_else_changed_anything_it_is_as_one_side_says(
    one: list[str], base: list[str]
) -> None:
    assert merged(base, one, base) == "".join(one)
    assert set(merged(one, base, base)) == set(one)
