"""Months beside the standard library's calendar."""

from __future__ import annotations

import calendar
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.model.months import day_numbered, days_numbered, length_of, month_of, weekday_in

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days)
def test_a_month_is_as_long_as_it_is(day: date) -> None:
    assert length_of(day.year, day.month) == calendar.monthrange(day.year, day.month)[1]
    assert month_of(day) == day.year * 12 + day.month - 1


@given(days)
def test_a_day_is_found_by_its_number_from_either_end(day: date) -> None:
    month, length = month_of(day), length_of(day.year, day.month)
    assert day_numbered(month, day.day) == day
    assert days_numbered(month, [day.day, day.day - length - 1]) == [day]


def test_what_a_month_lacks_is_its_last_day_or_none() -> None:
    february = month_of(date(2027, 2, 1))
    assert day_numbered(february, 31) == date(2027, 2, 28)
    assert days_numbered(february, [29, -29, -1, 1]) == [date(2027, 2, 1), date(2027, 2, 28)]


@given(days, st.sets(st.integers(0, 6), min_size=1), st.sampled_from([1, 2, 3, 4, -1]))
def test_a_weekday_is_found_by_its_place(day: date, weekdays: set[int], week: int) -> None:
    month = month_of(day)
    fitting = [d for d in days_numbered(month, range(1, 32)) if d.weekday() in weekdays]
    assert weekday_in(month, sorted(weekdays), week) == fitting[week if week < 0 else week - 1]
