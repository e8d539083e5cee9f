"""The days of a series."""

from __future__ import annotations

from datetime import date, timedelta

from services.graph.series import day_of, is_same, occurrence_of, start_on
from services.model.recurrence import Pattern, Rule
from services.model.times import Timed
from tests._builders import BERLIN, NEW_YORK, all_day, an_event_content, timed

DAILY = Rule(pattern=Pattern.DAILY)


def test_an_occurrence_keeps_the_wall_clock_over_a_clock_change() -> None:
    night = an_event_content(when=timed("2027-03-20T23:30", 120), rule=DAILY)
    moved = occurrence_of(night, date(2027, 3, 27)).when
    assert isinstance(moved, Timed)
    assert moved.start.isoformat() == "2027-03-27T23:30:00+01:00"
    assert moved.end.replace(tzinfo=None) - moved.start.replace(tzinfo=None) == timedelta(hours=2)


def test_an_exception_stands_for_a_day_of_its_series() -> None:
    late = timed("2026-11-20T23:30", zone=BERLIN)
    assert day_of(late.start.astimezone(NEW_YORK), late) == date(2026, 11, 20)
    assert day_of(date(2026, 11, 20), all_day()) == date(2026, 11, 20)


def test_an_occurrence_starts_where_the_rule_puts_it() -> None:
    assert start_on(date(2027, 7, 1), timed("2026-11-20T12:30")) == timed("2027-07-01T12:30").start
    assert start_on(date(2027, 7, 1), all_day()) == date(2027, 7, 1)


def test_a_skipped_hour_leaves_an_occurrence_its_length() -> None:
    night = an_event_content(when=timed("2027-03-27T02:50", 20), rule=DAILY)
    moved = occurrence_of(night, date(2027, 3, 28)).when
    assert isinstance(moved, Timed)
    assert moved.duration == timedelta(minutes=20)
    assert moved.start.isoformat() == "2027-03-28T03:50:00+02:00"  # as Outlook shows it


def test_what_is_cancelled_is_only_like_what_is_cancelled() -> None:
    assert is_same(None, None)
    assert not is_same(None, an_event_content())
    assert not is_same(an_event_content(), an_event_content(title="Other"))
