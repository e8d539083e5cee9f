"""Where something goes that somebody moves; in Berlin, in the autumn of 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.errors import InvalidInput
from services.model.new_time import MOST_MINUTES, NewTime, moved_to, rule_moved
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import When
from tests._builders import BERLIN, NEW_YORK, all_day, timed

LUNCH = timed("2026-11-20T12:30", 45)
DAY, MONDAY = date(2026, 11, 23), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("to", "when"),
    [
        (NewTime(), LUNCH),
        (NewTime(start=840), timed("2026-11-20T14:00", 45)),
        (NewTime(start=840, lasts=10), timed("2026-11-20T14:00", 10)),
        (NewTime(start=750, end=840), timed("2026-11-20T12:30", 90)),
        (NewTime(start=1380, end=60), timed("2026-11-20T23:00", 120)),
        (NewTime(start=1440), timed("2026-11-21T00:00", 45)),
        (NewTime(day=DAY), timed("2026-11-23T12:30", 45)),
        (NewTime(week=MONDAY), timed("2026-12-04T12:30", 45)),
        (NewTime(later=90), timed("2026-11-20T14:00", 45)),
        (NewTime(later=-1440), timed("2026-11-19T12:30", 45)),
    ],
)
def test_what_is_said_is_new_and_the_rest_as_it_was(to: NewTime, when: When) -> None:
    assert moved_to(LUNCH, to, BERLIN) == when


@pytest.mark.parametrize(
    ("to", "when"),
    [
        (NewTime(day=DAY), all_day("2026-11-23", 2)),
        (NewTime(week=MONDAY), all_day("2026-12-04", 2)),
        (NewTime(later=2880), all_day("2026-11-22", 2)),
        (NewTime(start=840), timed("2026-11-20T14:00", 60)),
    ],
)
def test_whole_days_are_moved_as_days_until_an_hour_is_named(to: NewTime, when: When) -> None:
    assert moved_to(all_day("2026-11-20", 2), to, BERLIN) == when


def test_an_hour_is_said_in_the_zone_of_who_says_it_and_the_event_keeps_its_own() -> None:
    far = timed("2026-11-20T06:30", 45, NEW_YORK)
    assert moved_to(far, NewTime(start=840), BERLIN) == timed("2026-11-20T08:00", 45, NEW_YORK)


@pytest.mark.parametrize(
    ("when", "to"),
    [
        (LUNCH, NewTime(day=date(2027, 3, 28), start=150)),
        (all_day(), NewTime(later=30)),
        (timed("9999-12-31T12:00"), NewTime(later=2880)),
    ],
)
def test_what_no_clock_shows_is_refused(when: When, to: NewTime) -> None:
    with pytest.raises(InvalidInput):
        moved_to(when, to, BERLIN)


@pytest.mark.parametrize(
    ("pattern", "weekdays", "by", "moved"),
    [
        (Pattern.DAILY, (), 3, ()),
        (Pattern.WEEKLY, (0, 4), 3, (0, 3)),
        (Pattern.WEEKLY, (0,), -1, (6,)),
    ],
)
def test_a_rule_goes_along(
    pattern: Pattern, weekdays: tuple[int, ...], by: int, moved: tuple[int, ...]
) -> None:
    rule = Rule(pattern=pattern, weekdays=tuple(map(Weekday, weekdays)))
    found = rule_moved(rule, by)
    assert found is not None and found.weekdays == moved


def test_a_rule_of_months_goes_along_by_no_day() -> None:
    rule = Rule(pattern=Pattern.MONTHLY_BY_DAY, day=20)
    assert rule_moved(rule, 0) == rule
    assert rule_moved(rule, 1) is None


@pytest.mark.parametrize(
    "text", ["day=tomorrow", "start=1441", "lasts=-1", f"later={MOST_MINUTES + 1}", "x=1", "start"]
)
def test_a_text_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        NewTime.of(text)


@pytest.mark.slow
@given(st.integers(0, 1439), st.integers(-400, 400))
@settings(max_examples=60)
def test_what_is_moved_there_and_back_is_as_it_was(start: int, days: int) -> None:
    there = moved_to(LUNCH, NewTime(later=days * 1440), BERLIN)
    assert there.start == timed("2026-11-20T12:30").start + timedelta(days=days)
    assert moved_to(there, NewTime(later=-days * 1440), BERLIN) == LUNCH
    assert moved_to(LUNCH, NewTime(start=start), BERLIN).duration == LUNCH.duration
