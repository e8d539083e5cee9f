from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.model.budgets import REQUESTS, Budget, Budgets
from tests._builders import a_person
from tests._fakes import NOON

MINUTE = timedelta(minutes=1)


def spend(budget: Budget, number: int, at: float = 0.0, limit: int = 10) -> list[float]:
    return [budget.take(NOON + timedelta(seconds=at), limit) for _ in range(number)]


def test_so_many_requests_go_and_the_next_one_is_told_when() -> None:
    budget = Budget()
    assert spend(budget, 11) == [0.0] * 10 + [660.0]


def test_what_was_spent_comes_back_minute_by_minute() -> None:
    budget = Budget()
    spend(budget, 6)
    spend(budget, 4, at=120)
    assert spend(budget, 1, at=130) == [530.0]
    assert spend(budget, 7, at=660) == [0.0] * 6 + [120.0]


def test_after_a_long_rest_all_of_it_is_there() -> None:
    budget = Budget()
    spend(budget, 10)
    assert spend(budget, 10, at=86_400) == [0.0] * 10


def test_a_clock_that_was_set_back_gives_nothing_away() -> None:
    budget = Budget()
    spend(budget, 10, at=600)
    assert spend(budget, 1)[0] > 0


def test_a_clock_that_was_days_ahead_and_was_set_back_stops_nobody_for_days() -> None:
    budget = Budget()
    spend(budget, 6, at=86_400)
    spend(budget, 4, at=86_460)
    assert spend(budget, 1) == [660.0]
    assert spend(budget, 10, at=660) == [0.0] * 10


@given(st.lists(st.floats(0, 90), max_size=60))
def test_no_ten_minutes_hold_more_than_the_limit(waits: list[float]) -> None:
    budget, at, gone = Budget(), 0.0, list[float]()
    for wait in waits:
        at += wait
        if spend(budget, 1, at=at, limit=5) == [0.0]:
            gone.append(at)
    for first in gone:
        assert sum(first <= each < first + 600 for each in gone) <= 5


@given(st.lists(st.floats(0, 300), min_size=1, max_size=30))
def test_who_waits_as_told_is_let_through(waits: list[float]) -> None:
    budget, at = Budget(), 0.0
    for wait in waits:
        at += wait
        told = spend(budget, 1, at=at, limit=3)[0]
        if told:
            at += told
            assert spend(budget, 1, at=at, limit=3) == [0.0]


def test_only_a_mailbox_whose_lease_is_held_counts() -> None:
    budgets, budget = Budgets(limit=1), Budget()
    assert budgets.take(a_person(), NOON) == 0.0
    with budgets.opened(a_person(), budget):
        assert budgets.take(a_person(), NOON) == 0.0
        assert budgets.take(a_person(), NOON) > 0.0
    assert budgets.take(a_person(), NOON) == 0.0
    assert sum(budget.spent) == 1


def test_a_sync_takes_six_of_ten_requests_that_outlook_serves() -> None:
    assert sum(spend(Budget(), 10_000, limit=REQUESTS)) > 0
    assert spend(Budget(), 6_001, limit=REQUESTS)[-2:] == [0.0, 660.0]
