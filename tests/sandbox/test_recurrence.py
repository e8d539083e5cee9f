"""The sandbox's day-by-day expansion, judged by python-dateutil."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule

from sandbox.recurrence import INDEXES, WEEKDAYS, Recurrence, days

START = date(2026, 1, 31)  # a Saturday
UNTIL = date(2032, 12, 31)
DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)


def judged(**rule: object) -> list[date]:
    start, until = datetime.combine(START, time()), datetime.combine(UNTIL, time())
    return [each.date() for each in rrule.rrule(dtstart=start, until=until, **rule)]


@pytest.mark.parametrize("interval", [1, 3, 7])
def test_daily(interval: int) -> None:
    rule = Recurrence(type="daily", interval=interval, starts_on=START)
    assert list(days(rule, UNTIL)) == judged(freq=rrule.DAILY, interval=interval)


@pytest.mark.parametrize("interval", [1, 2, 5])
@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("chosen", [(5,), (0, 3), (6, 0), (0, 1, 2, 3, 4, 5, 6)])
def test_weekly(interval: int, first: int, chosen: tuple[int, ...]) -> None:
    rule = Recurrence(
        type="weekly",
        interval=interval,
        days_of_week=tuple(WEEKDAYS[day] for day in chosen),
        first_day_of_week=WEEKDAYS[first],
        starts_on=START,
    )
    expected = judged(freq=rrule.WEEKLY, interval=interval, byweekday=chosen, wkst=first)
    assert list(days(rule, UNTIL)) == expected


@pytest.mark.parametrize("interval", [1, 2, 11])
@pytest.mark.parametrize("day", [1, 15, 28])
def test_monthly_by_day(interval: int, day: int) -> None:
    rule = Recurrence(type="absoluteMonthly", interval=interval, day_of_month=day, starts_on=START)
    expected = judged(freq=rrule.MONTHLY, interval=interval, bymonthday=day)
    assert list(days(rule, UNTIL)) == expected


def test_the_thirty_first_of_a_short_month_is_its_last_day() -> None:
    rule = Recurrence(type="absoluteMonthly", day_of_month=31, starts_on=START)
    found = list(days(rule, UNTIL))
    assert len(found) == 7 * 12
    assert all(day.day == monthrange(day.year, day.month)[1] for day in found)


@pytest.mark.parametrize("interval", [1, 4])
@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("chosen", [(1,), (5, 6), (0, 1, 2, 3, 4)])
def test_monthly_by_weekday(interval: int, index: str, chosen: tuple[int, ...]) -> None:
    rule = Recurrence(
        type="relativeMonthly",
        interval=interval,
        days_of_week=tuple(WEEKDAYS[day] for day in chosen),
        index=index,
        starts_on=START,
    )
    nth = -1 if index == "last" else INDEXES.index(index) + 1
    expected = judged(
        freq=rrule.MONTHLY, interval=interval, byweekday=[DAYS[n] for n in chosen], bysetpos=nth
    )
    assert list(days(rule, UNTIL)) == expected


def test_yearly_by_day_and_by_weekday() -> None:
    by_day = Recurrence(type="absoluteYearly", month=12, day_of_month=24, starts_on=START)
    assert list(days(by_day, UNTIL)) == judged(freq=rrule.YEARLY, bymonth=12, bymonthday=24)
    by_weekday = Recurrence(
        type="relativeYearly",
        interval=2,
        month=11,
        days_of_week=("thursday",),
        index="fourth",
        starts_on=START,
    )
    expected = judged(freq=rrule.YEARLY, interval=2, bymonth=11, byweekday=rrule.TH(4))
    assert list(days(by_weekday, UNTIL)) == expected


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    rule = Recurrence(type="absoluteYearly", month=2, day_of_month=29, starts_on=START)
    assert list(days(rule, date(2028, 12, 31))) == [
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_a_series_ends_after_a_count_or_on_a_day() -> None:
    counted = Recurrence(type="daily", count=3, starts_on=START)
    assert list(days(counted, UNTIL)) == [START + timedelta(days=n) for n in range(3)]
    ended = Recurrence(type="daily", ends_on=START + timedelta(days=1), starts_on=START)
    assert len(list(days(ended, UNTIL))) == 2
