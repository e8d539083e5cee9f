"""The expander beside python-dateutil on generated rules, and by table where the two part."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.recurrence import (
    Frequency,
    NumberedDay,
    Parts,
    Pattern,
    Rule,
    Week,
    Weekday,
    check,
    days,
    first_day,
    last_day,
)
from tests.services.model._rules import agrees, part_rules

WORKING_DAYS = tuple(Weekday(n) for n in range(5))
FREQUENCIES = {
    Pattern.DAILY: rrule.DAILY,
    Pattern.WEEKLY: rrule.WEEKLY,
    Pattern.MONTHLY_BY_DAY: rrule.MONTHLY,
    Pattern.MONTHLY_BY_WEEKDAY: rrule.MONTHLY,
    Pattern.MONTHLY_BY_DAYS: rrule.MONTHLY,
    Pattern.YEARLY_BY_DAY: rrule.YEARLY,
    Pattern.YEARLY_BY_WEEKDAY: rrule.YEARLY,
}
midnight = datetime.min.time()
starts = st.dates(date(1900, 1, 1), date(2200, 12, 31))
weekday_sets = st.sets(st.sampled_from(Weekday), min_size=1).map(lambda s: tuple(sorted(s)))

month_numbers = st.sampled_from([*range(-31, 0), *range(1, 32)])
# At least one that every month has: dateutil looks for the others to the end of time.
number_sets = st.builds(
    lambda one, more: tuple(sorted({one, *more})),
    st.sampled_from([*range(-28, 0), *range(1, 29)]),
    st.sets(month_numbers, max_size=3),
)
month_sets = st.sets(st.integers(1, 12), max_size=3).map(lambda s: tuple(sorted(s)))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules on which RFC 5545 and Outlook agree: no day that a month lacks."""
    pattern = draw(st.sampled_from([each for each in Pattern if each in FREQUENCIES]))
    yearly = pattern in (Pattern.YEARLY_BY_DAY, Pattern.YEARLY_BY_WEEKDAY)
    by_day = pattern in (Pattern.MONTHLY_BY_DAY, Pattern.YEARLY_BY_DAY)
    by_weekday = pattern in (Pattern.MONTHLY_BY_WEEKDAY, Pattern.YEARLY_BY_WEEKDAY)
    by_days = pattern is Pattern.MONTHLY_BY_DAYS
    months = draw(month_sets) if by_days else ()
    return Rule(
        pattern=pattern,
        interval=1 if months else draw(st.integers(1, 99)),
        days=draw(number_sets) if by_days else (),
        months=months,
        weekdays=draw(weekday_sets) if by_weekday or pattern is Pattern.WEEKLY else (),
        day=draw(st.integers(1, 28)) if by_day else None,
        week=draw(st.sampled_from(Week)) if by_weekday else None,
        month=draw(st.integers(1, 12)) if yearly else None,
        week_start=draw(st.sampled_from((Weekday.MONDAY, Weekday.SUNDAY, Weekday.SATURDAY))),
    )


def judged(rule: Rule, start: date) -> rrule.rrule:
    """The same rule for python-dateutil."""
    until = rule.until and datetime.combine(rule.until, midnight)
    return rrule.rrule(
        FREQUENCIES[rule.pattern],
        dtstart=datetime.combine(start, midnight),
        interval=rule.interval,
        wkst=int(rule.week_start),
        byweekday=[int(day) for day in rule.weekdays] or None,
        bymonthday=rule.day or rule.days or None,
        bysetpos=rule.week and int(rule.week),
        bymonth=rule.month or rule.months or None,
        until=until,
        count=rule.count,
    )


@given(rule=rules(), start=starts)
def test_the_first_days_of_any_rule_are_those_of_dateutil(rule: Rule, start: date) -> None:
    expected = [moment.date() for moment in islice(judged(rule, start), 12)]
    window_end = expected[-1] if expected else start
    assert list(days(rule, start, start, window_end)) == expected


@given(rule=rules(), start=starts, count=st.integers(1, 40))
def test_a_count_ends_where_dateutil_ends(rule: Rule, start: date, count: int) -> None:
    rule = replace(rule, count=count)
    expected = [moment.date() for moment in judged(rule, start)]
    if len(expected) == count:  # dateutil stops silently at the year 9999
        assert list(days(rule, start, start, date.max)) == expected
        assert last_day(rule, start) == expected[-1]
        assert first_day(rule, start) == expected[0]


@given(rule=rules(), start=starts, length=st.integers(0, 4000))
def test_until_is_included_and_nothing_comes_after(rule: Rule, start: date, length: int) -> None:
    until = start + timedelta(days=length)
    rule = replace(rule, until=until)
    expected = [moment.date() for moment in judged(rule, start)]
    assert list(days(rule, start, start, date.max)) == expected
    assert last_day(rule, start) == (expected[-1] if expected else until)


@given(rule=rules(), start=starts, skip=st.integers(-500, 20_000), length=st.integers(0, 3000))
def test_a_window_shows_the_same_days_as_the_whole(
    rule: Rule, start: date, skip: int, length: int
) -> None:
    first = start + timedelta(days=skip)
    last = first + timedelta(days=length)
    whole = [day for day in days(rule, start, start, last) if day >= first]
    assert list(days(rule, start, first, last)) == whole


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31),
            date(2027, 1, 31),
            [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)],
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAY, day=30),
            date(2028, 1, 30),
            [date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30), date(2028, 4, 30)],
        ),
        (
            Rule(pattern=Pattern.YEARLY_BY_DAY, month=2, day=29),
            date(2024, 2, 29),
            [date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)],
        ),
        (
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 1, 15), months=(1, 2)),
            date(2027, 1, 10),
            [date(2027, 1, 15), date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 15)],
        ),
        (  # 29 February, and no last day twice
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 29), months=(2,)),
            date(2027, 3, 1),
            [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28)],
        ),
        (  # the second working day of the month: counted over the whole set
            Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, week=Week.SECOND, weekdays=WORKING_DAYS),
            date(2026, 8, 1),
            [date(2026, 8, 4), date(2026, 9, 2), date(2026, 10, 2), date(2026, 11, 3)],
        ),
    ],
)
def test_short_months_take_their_last_day(rule: Rule, start: date, expected: list[date]) -> None:
    check(rule, start)
    assert list(days(rule, start, start, expected[-1])) == expected
    ended = replace(rule, count=len(expected))
    assert last_day(ended, start) == expected[-1]


def test_a_rule_without_an_end_has_no_last_day() -> None:
    assert last_day(Rule(pattern=Pattern.DAILY), date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule(pattern=Pattern.DAILY, interval=0), "interval"),
        (Rule(pattern=Pattern.DAILY, interval=1000), "interval"),
        (Rule(pattern=Pattern.DAILY, count=0), "count"),
        (Rule(pattern=Pattern.DAILY, count=1000), "count"),
        (Rule(pattern=Pattern.DAILY, count=2, until=date(2027, 1, 1)), "exclude"),
        (Rule(pattern=Pattern.DAILY, until=date(2026, 11, 17)), "until"),
        (Rule(pattern=Pattern.DAILY, weekdays=WORKING_DAYS), "weekdays"),
        (Rule(pattern=Pattern.WEEKLY), "weekdays"),
        (Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.SUNDAY, Weekday.MONDAY)), "sorted"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAY), "day"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAY, day=32), "day"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAY, day=1, week=Week.FIRST), "week"),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=1), "month"),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=30, month=2), "day"),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=1, month=13), "month"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS), "days"),
        (Rule(pattern=Pattern.DAILY, days=(1,)), "days"),
        (Rule(pattern=Pattern.DAILY, months=(1,)), "months"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(0, 1)), "out of range"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1,), months=(13,)), "out of range"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(2, 1)), "sorted"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1,), months=(3, 3)), "sorted"),
        (Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(31,), months=(2,)), "calendar"),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=1, month=1, interval=99, count=999), "calendar"),
    ],
)
def test_an_impossible_rule_is_refused(rule: Rule, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check(rule, date(2026, 11, 18))


@pytest.mark.parametrize("year", [1899, 2201])
def test_a_series_of_another_age_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="1900"):
        check(Rule(pattern=Pattern.DAILY), date(year, 1, 1))


def test_an_unchecked_count_beyond_the_calendar_goes_on_to_its_end() -> None:
    rule = Rule(pattern=Pattern.YEARLY_BY_DAY, day=1, month=1, interval=99, count=999)
    assert len(list(days(rule, date(2026, 1, 1), date(2026, 1, 1), date.max))) == 81


def test_the_cost_does_not_depend_on_how_long_ago_the_series_began() -> None:
    rule = Rule(pattern=Pattern.DAILY)
    began = time.process_time()
    for _ in range(100):
        assert list(days(rule, date(1900, 1, 1), date(9000, 1, 1), date(9000, 1, 1)))
    assert time.process_time() - began < 2.5  # day by day it would be minutes


@pytest.mark.slow
@settings(max_examples=1000)  # `make soak` goes on with others
@given(made=part_rules())
def test_a_thousand_rules_by_parts_have_the_days_of_dateutil(made: tuple[Rule, date]) -> None:
    agrees(made)


@pytest.mark.slow
@given(made=part_rules(), skip=st.integers(0, 20_000), length=st.integers(0, 3000))
def test_a_window_shows_the_same_days_of_a_rule_by_parts(
    made: tuple[Rule, date], skip: int, length: int
) -> None:
    rule, start = made
    first = start + timedelta(days=skip)
    last = first + timedelta(days=length)
    whole = [day for day in days(rule, start, start, last) if day >= first]
    assert list(days(rule, start, first, last)) == whole


def by_parts(frequency: Frequency, interval: int = 1, **parts: Any) -> Rule:
    return Rule(
        pattern=Pattern.BY_PARTS, interval=interval, parts=Parts(frequency=frequency, **parts)
    )


EVERY_DAY = tuple(NumberedDay(day) for day in Weekday)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (  # 29 February, over a century without one
            by_parts(Frequency.YEARLY, months=(2,), month_days=(29,)),
            date(2095, 1, 1),
            [date(2096, 2, 29), date(2104, 2, 29), date(2108, 2, 29)],
        ),
        (
            by_parts(Frequency.YEARLY, year_days=(366,)),
            date(2026, 1, 1),
            [date(2028, 12, 31), date(2032, 12, 31)],
        ),
        (  # the weeks of the year that 1 January belongs to
            by_parts(Frequency.YEARLY, weeks=(53,), weekdays=EVERY_DAY),
            date(2026, 12, 30),
            [date(2026, 12, 30), date(2026, 12, 31), *(date(2027, 1, n) for n in (1, 2, 3))],
        ),
        (
            by_parts(Frequency.YEARLY, weeks=(-53,), weekdays=(NumberedDay(Weekday.MONDAY),)),
            date(2019, 1, 1),
            [date(2019, 12, 30), date(2025, 12, 29)],  # of the years with 53: 2020 and 2026
        ),
        (  # of each day, the first and the last is that day; there is no second
            by_parts(Frequency.DAILY, months=(1,), positions=(-1, 2)),
            date(2027, 1, 30),
            [date(2027, 1, 30), date(2027, 1, 31), date(2028, 1, 1)],
        ),
        (  # a week that lies in two years
            by_parts(Frequency.WEEKLY, 2, weekdays=EVERY_DAY, positions=(-3,)),
            date(2026, 12, 28),
            [date(2027, 1, 1), date(2027, 1, 15)],
        ),
    ],
)
def test_odd_rules_have_the_days_of_the_standard(
    rule: Rule, start: date, expected: list[date]
) -> None:
    check(rule, start)
    assert list(days(rule, start, start, expected[-1])) == expected


@pytest.mark.parametrize("number", [1, 2, 26, 51, 52, 53])
def test_weeks_are_those_of_the_international_standard(number: int) -> None:
    rule = by_parts(Frequency.YEARLY, weeks=(number,), weekdays=EVERY_DAY)
    start, last = date(1990, 1, 1), date(2110, 12, 31)
    whole = (date.fromordinal(n) for n in range(start.toordinal(), last.toordinal() + 1))
    expected = [day for day in whole if day.isocalendar().week == number]
    assert list(days(rule, start, start, last)) == expected


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule(pattern=Pattern.BY_PARTS), "parts"),
        (Rule(pattern=Pattern.DAILY, parts=Parts(frequency=Frequency.DAILY)), "parts"),
        (by_parts(Frequency.MONTHLY), "which days"),
        (by_parts(Frequency.YEARLY, months=(1,)), "which days"),
        (by_parts(Frequency.WEEKLY, weekdays=(NumberedDay(Weekday.MONDAY, 1),)), "weekday"),
        (by_parts(Frequency.YEARLY, weekdays=EVERY_DAY, months=(0,)), "month"),
        (by_parts(Frequency.YEARLY, weekdays=EVERY_DAY, weeks=(54,)), "range"),
        (by_parts(Frequency.MONTHLY, month_days=(3, 2)), "sorted"),
        (by_parts(Frequency.DAILY, months=(2,), month_days=(30,)), "calendar"),
        (by_parts(Frequency.DAILY, months=(2,), month_days=(1,), positions=(2,)), "calendar"),
        (by_parts(Frequency.YEARLY, 2, year_days=(366,)), "calendar"),
    ],
)
def test_impossible_parts_are_refused(rule: Rule, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check(rule, date(2027, 1, 1))


def test_rules_that_never_fit_cost_a_walk_through_the_calendar_at_most() -> None:
    began = time.process_time()
    for frequency in Frequency:
        never = by_parts(frequency, month_days=(31,), months=(2, 4, 6), weekdays=EVERY_DAY)
        for rule in (never, replace(never, count=999), replace(never, until=date.max)):
            with pytest.raises(ValueError, match="calendar"):
                check(rule, date(1900, 1, 1))
            assert list(days(rule, date(1900, 1, 1), date(1900, 1, 1), date.max)) == []
            assert last_day(rule, date(1900, 1, 1)) in (None, date.max)
    assert time.process_time() - began < 3


def test_the_last_days_of_the_calendar_are_found() -> None:
    rule = by_parts(Frequency.WEEKLY, weekdays=EVERY_DAY, positions=(1, 5))
    found = list(days(rule, date(2026, 1, 1), date(9999, 12, 20), date.max))
    assert found == [date(9999, 12, day) for day in (20, 24, 27, 31)]
    first = list(days(rule, date.min, date.min, date(1, 1, 8)))
    assert first == [date(1, 1, 1), date(1, 1, 5), date(1, 1, 8)]
