from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.windows import Window
from services.model.events import SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import bounds
from services.storage.repositories.weeks import labels_between, labels_of
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed

UTC_ZONE = ZoneInfo("UTC")
DAILY = Rule(pattern=Pattern.DAILY)


def test_a_single_event_carries_each_week_that_it_touches() -> None:
    assert labels_of(an_event_content(when=timed("2026-11-20T12:30"))) == ["week 2026-W47"]
    over_sunday = an_event_content(when=timed("2026-11-22T20:00", 600, NEW_YORK))
    assert labels_of(over_sunday) == ["week 2026-W48"]
    assert labels_of(an_event_content(when=all_day("2026-11-20", 5))) == [
        "week 2026-W47",
        "week 2026-W48",
    ]


def test_an_event_of_more_than_eight_weeks_is_long() -> None:
    assert labels_of(an_event_content(when=all_day("2026-11-02", 200))) == ["long"]


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        (Rule(pattern=Pattern.DAILY, until=date(2027, 2, 1)), [2026, 2027]),
        (Rule(pattern=Pattern.DAILY, until=date(2026, 12, 31)), [2026, 2027]),
        (Rule(pattern=Pattern.DAILY, count=10), [2026]),
        (Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.MONDAY,), count=10), [2026, 2027]),
        (Rule(pattern=Pattern.YEARLY_BY_DAY, day=20, month=11, count=2), [2026, 2027, 2028, 2029]),
    ],
)
def test_a_series_with_an_end_carries_its_years(rule: Rule, years: list[int]) -> None:
    assert labels_of(an_event_content(rule=rule)) == [f"year {year}" for year in years]


def test_months_that_lack_a_day_are_counted_out() -> None:
    rule = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(31,), count=12)  # seven in a year
    labels = labels_of(an_event_content(when=timed("2026-10-31T12:30"), rule=rule))
    assert labels == ["year 2026", "year 2027", "year 2028"]
    leap = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(29,), months=(2,), count=3)
    labels = labels_of(an_event_content(when=timed("2028-02-29T12:30"), rule=leap))
    assert labels == [f"year {year}" for year in range(2028, 2037)]


def test_a_series_without_an_end_or_with_a_far_one_is_a_series() -> None:
    for rule in (
        DAILY,
        Rule(pattern=Pattern.DAILY, until=date(2060, 1, 1)),
        Rule(pattern=Pattern.YEARLY_BY_DAY, day=20, month=11, count=999, interval=99),
    ):
        assert labels_of(an_event_content(rule=rule)) == ["series"]


def test_an_occurrence_that_was_moved_far_away_is_found_there() -> None:
    moved = SeriesException(
        timed("2026-11-21T12:30").start, an_event_content(when=timed("2030-06-01T12:30"))
    )
    cancelled = SeriesException(timed("2026-11-22T12:30").start, None)
    rule = Rule(pattern=Pattern.DAILY, count=5)
    content = an_event_content(rule=rule, exceptions=(moved, cancelled))
    assert labels_of(content) == ["year 2026", "year 2030"]


def test_an_interval_asks_for_its_weeks_its_years_and_what_has_no_end() -> None:
    start = datetime(2026, 11, 18, tzinfo=UTC)
    assert labels_between(start, start + timedelta(days=1)) == [
        "week 2026-W47",
        "year 2026",
        "long",
        "series",
    ]
    sunday = datetime(2026, 11, 15, tzinfo=UTC)
    assert labels_between(sunday, sunday)[:2] == ["week 2026-W46", "week 2026-W47"]
    assert labels_between(sunday, sunday, UTC_ZONE)[:2] == ["week 2026-W46", "year 2026"]


@pytest.mark.parametrize(
    ("zone", "weeks"),
    [(BERLIN, [46, 47, 48]), (UTC_ZONE, [47, 48]), (NEW_YORK, [47, 48, 49])],
    ids=str,
)
def test_whole_weeks_of_a_zone_are_asked_for_with_the_hours_that_utc_counts_elsewhere(
    zone: ZoneInfo, weeks: list[int]
) -> None:
    monday = datetime(2026, 11, 16, tzinfo=zone)
    asked = labels_between(monday, monday + timedelta(days=14), zone)
    assert asked[: len(weeks) + 1] == [*(f"week 2026-W{week}" for week in weeks), "year 2026"]


@given(
    start=st.datetimes(timezones=st.just(UTC)),
    hours=st.integers(0, 3_000),
    ask_from=st.integers(-4_000, 4_000),
    ask_for=st.integers(0, 1_000),
    is_all_day=st.booleans(),
)
def test_an_event_that_touches_an_interval_shares_a_label_with_it(
    start: datetime, hours: int, ask_from: int, ask_for: int, is_all_day: bool
) -> None:
    start = start.replace(year=2000 + start.year % 100, day=min(start.day, 28))
    when = timed(start.replace(tzinfo=None).isoformat(), hours * 60, BERLIN)
    content = an_event_content(
        when=all_day(start.date().isoformat(), 1 + hours // 24) if is_all_day else when
    )
    asked = start + timedelta(hours=ask_from)
    until = asked + timedelta(hours=ask_for)
    # An all-day event is where its reader is: try both ends of the world.
    shifts = [timedelta(hours=-12), timedelta(hours=12)] if is_all_day else [timedelta()]
    begin, end = bounds(content.when, BERLIN)
    if any(begin + shift < until and asked < end + shift for shift in shifts):
        assert set(labels_of(content)) & set(labels_between(asked, until))


@given(
    first=st.dates(date(2000, 1, 3), date(2099, 12, 20)),
    days=st.integers(1, 45),
    from_it=st.integers(-5_000, 70_000),
    minutes=st.integers(0, 20_000),
    is_all_day=st.booleans(),
    zone=st.sampled_from([BERLIN, NEW_YORK, UTC_ZONE, ZoneInfo("Pacific/Kiritimati")]),
)
def test_what_days_of_a_zone_show_shares_a_label_with_them(
    first: date, days: int, from_it: int, minutes: int, is_all_day: bool, zone: ZoneInfo
) -> None:
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(first + timedelta(days=days), time(), zone)
    begins = datetime.combine(first, time()) + timedelta(minutes=from_it)
    when = (
        all_day(begins.date().isoformat(), 1 + minutes // 1_440)
        if is_all_day
        else timed(begins.isoformat(), minutes, BERLIN)
    )
    if Window(start, end, zone).holds(when):
        labels = labels_of(an_event_content(when=when))
        assert set(labels) & set(labels_between(start, end, zone))
