"""Months beside the standard library's calendar."""

from __future__ import annotations

import calendar
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.model.months import day_numbered, length_of, month_of, weekday_in

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days)
def test_a_month_is_as_long_as_it_is(day: date) -> None:
    assert length_of(day.year, day.month) == calendar.monthrange(day.year, day.month)[1]
    assert month_of(day) == day.year * 12 + day.month - 1


@given(days)
def test_a_day_is_found_by_its_number(day: date) -> None:
    assert day_numbered(month_of(day), day.day) == day


def test_what_a_month_lacks_is_its_last_day() -> None:
    assert day_numbered(month_of(date(2027, 2, 1)), 31) == date(2027, 2, 28)


@given(days, st.sets(st.integers(0, 6), min_size=1), st.sampled_from([1, 2, 3, 4, -1]))
def test_a_weekday_is_found_by_its_place(day: date, weekdays: set[int], week: int) -> None:
    there = [day.replace(day=n) for n in range(1, length_of(day.year, day.month) + 1)]
    fitting = [each for each in there if each.weekday() in weekdays]
    found = weekday_in(month_of(day), sorted(weekdays), week)
    assert found == fitting[week if week < 0 else week - 1]
