from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.tiers import GROWTH, staying


@pytest.mark.parametrize(
    ("rows", "fresh", "stay"),
    [
        ([], 1000, 0),
        ([100_000], 1000, 1),
        ([100_000, 1000], 1000, 1),
        ([100_000, 4000], 1000, 2),
        ([4000, 1000], 1000, 0),
        ([100_000, 10_000, 2000], 1000, 1),
        ([100_000, 21_000, 4000], 1000, 0),
    ],
)
def test_small_segments_become_one_and_large_ones_stay(
    rows: list[int], fresh: int, stay: int
) -> None:
    assert staying(rows, fresh) == stay


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=200))
def test_there_are_always_few_and_nothing_is_written_again_often(fresh: list[int]) -> None:
    rows: list[int] = []
    written = 0
    for number in fresh:
        stay = staying(rows, number)
        rows[stay:] = [sum(rows[stay:]) + number]
        written += rows[-1]
        assert all(rows[at] >= GROWTH * sum(rows[at + 1 :]) for at in range(len(rows)))
    total = sum(fresh)
    assert len(rows) <= 1 + total.bit_length()
    assert written <= total * (GROWTH + 1) * (1 + total.bit_length())
