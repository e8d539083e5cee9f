from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.model.times import Timed, When
from services.model.wall_clocks import changes, moved, moved_to_each
from tests._builders import BERLIN, NEW_YORK, all_day, timed

YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
FIRST = datetime(2026, 1, 1, 2, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "when",
    [
        timed("2026-01-01T02:30", 45),
        timed("2026-01-01T23:30", 300),
        timed("2025-10-25T02:30", 60),
        Timed(FIRST, FIRST.astimezone(NEW_YORK) + timedelta(hours=1)),
        all_day("2026-01-01", 2),
    ],
)
def test_many_days_at_once_are_as_each_alone(when: When) -> None:
    assert list(moved_to_each(when, YEAR)) == [moved(when, day) for day in YEAR]


def test_a_series_that_shows_nothing_is_moved_nowhere() -> None:
    assert list(moved_to_each(timed("2026-01-01T02:30"), [])) == []


def test_the_days_on_which_to_look_at_the_clock_are_those_of_all_years_between() -> None:
    assert [f"{day:%y-%m-%d}" for day in sorted(changes(BERLIN, 2025, 2026))] == [
        "25-03-29",
        "25-03-30",
        "25-10-25",
        "25-10-26",
        "26-03-28",
        "26-03-29",
        "26-10-24",
        "26-10-25",
    ]
    assert changes(ZoneInfo("UTC"), 1900, 2000) == frozenset()
