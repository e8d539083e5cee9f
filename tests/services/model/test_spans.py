"""The days, weeks and months of views."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.recurrence import Weekday
from services.model.settings import View
from services.model.spans import FIRST_DAY, LAST_DAY, Span, span_of, stepped, week_number, weeks_of

DAYS = st.dates(FIRST_DAY + timedelta(weeks=6), LAST_DAY - timedelta(weeks=6))
WEEKDAYS = st.sampled_from(Weekday)
NOVEMBER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("view", "first_weekday", "first", "last"),
    [
        (View.AGENDA, Weekday.MONDAY, "2026-11-20", "2026-11-26"),
        (View.DAY, Weekday.MONDAY, "2026-11-20", "2026-11-20"),
        (View.WEEK, Weekday.MONDAY, "2026-11-16", "2026-11-22"),
        (View.WEEK, Weekday.SUNDAY, "2026-11-15", "2026-11-21"),
        (View.MONTH, Weekday.MONDAY, "2026-10-26", "2026-12-06"),
        (View.MONTH, Weekday.SUNDAY, "2026-11-01", "2026-12-05"),
    ],
)
def test_a_view_shows_the_days_around_one(
    view: View, first_weekday: Weekday, first: str, last: str
) -> None:
    expected = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert span_of(view, NOVEMBER, first_weekday) == expected


def test_an_agenda_ends_where_calendars_do() -> None:
    assert span_of(View.AGENDA, LAST_DAY, Weekday.MONDAY, days=92) == Span(LAST_DAY, LAST_DAY)


@given(DAYS, WEEKDAYS)
def test_a_month_lies_in_whole_weeks_and_has_no_week_too_many(day: date, first: Weekday) -> None:
    weeks = weeks_of(day, first)
    days = [one for week in weeks for one in week]
    of_month = [one for one in days if (one.year, one.month) == (day.year, day.month)]
    assert all(len(week) == 7 and week[0].weekday() == first for week in weeks)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert day in of_month and of_month[0].day == 1
    assert (of_month[-1] + timedelta(days=1)).day == 1
    assert any(one in of_month for one in weeks[0]) and any(one in of_month for one in weeks[-1])


@given(DAYS, st.sampled_from(View), WEEKDAYS)
def test_a_step_leads_to_days_that_follow(day: date, view: View, first: Weekday) -> None:
    now, after = span_of(view, day, first), span_of(view, stepped(view, day, 1), first)
    assert now.first < after.first <= now.last + timedelta(days=1)


@pytest.mark.parametrize("view", View)
def test_no_step_leaves_the_calendar(view: View) -> None:
    assert stepped(view, LAST_DAY, 5) <= LAST_DAY
    assert stepped(view, FIRST_DAY, -5) >= FIRST_DAY


@given(DAYS)
def test_a_week_bears_the_number_of_its_thursday(day: date) -> None:
    monday = span_of(View.WEEK, day, Weekday.MONDAY).first
    assert week_number(monday) == day.isocalendar().week
    sunday = span_of(View.WEEK, day, Weekday.SUNDAY).first
    assert week_number(sunday) == (sunday + timedelta(days=4)).isocalendar().week
