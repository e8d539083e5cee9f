"""When somebody is to be reminded, told or left in peace, over all clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import cycle, repeat
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.occurrences import occurrences
from services.events.reminders import LATE, due_between, next_after, next_digest, quiet_end
from services.model.events import Event, Occurrence
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import Timed
from services.model.watching import Digest, Wishes
from tests._builders import BERLIN, all_day, an_event, timed

ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOURS = st.integers(0, 23)


def shown(event: Event) -> Occurrence:
    return Occurrence.of(event)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


LUNCH = shown(an_event(when=timed("2026-11-20T12:30", 60), reminder_minutes=15))


def test_an_event_reminds_as_it_says_and_as_somebody_wishes() -> None:
    wishes = Wishes(reminders=(60,))
    assert next_after([LUNCH], wishes, at("2026-11-20T09:00"), BERLIN) == at("2026-11-20T10:30")
    assert next_after([LUNCH], wishes, at("2026-11-20T10:30"), BERLIN) == at("2026-11-20T11:15")
    assert next_after([LUNCH], wishes, at("2026-11-20T11:15"), BERLIN) is None
    without = Wishes(as_event_says=False)
    assert next_after([LUNCH], without, at("2026-11-20T09:00"), BERLIN) is None


def test_two_reminders_that_came_due_meanwhile_are_one() -> None:
    due = due_between(
        [LUNCH], Wishes(reminders=(60,)), at("2026-11-20T09:00"), at("2026-11-20T11:20"), BERLIN
    )
    assert due == (LUNCH,)


@pytest.mark.parametrize(("late", "due"), [(LATE / 2, (LUNCH,)), (LATE, ())])
def test_what_is_over_needs_no_reminder(late: timedelta, due: tuple[Occurrence, ...]) -> None:
    now = at("2026-11-20T12:30") + late
    assert due_between([LUNCH], Wishes(), at("2026-11-20T11:00"), now, BERLIN) == due


def test_a_day_begins_at_midnight_where_somebody_is() -> None:
    fair = shown(an_event(when=all_day("2026-11-20", 1), reminder_minutes=0))
    assert next_after([fair], Wishes(), at("2026-11-19T12:00"), BERLIN) == at("2026-11-19T23:00")


@pytest.mark.slow
@given(ZONES, st.dates(date(2026, 1, 1), date(2027, 12, 1)), HOURS, st.integers(0, 40_320))
def test_a_reminder_is_so_many_minutes_before_the_start_whatever_the_clocks_do(
    zone: str, day: date, hour: int, minutes: int
) -> None:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    one = shown(
        an_event(when=Timed(start, start + timedelta(minutes=30)), reminder_minutes=minutes)
    )
    found = next_after([one], Wishes(), datetime(2020, 1, 1, tzinfo=UTC), BERLIN)
    assert found == start.astimezone(UTC) - timedelta(minutes=minutes)


@pytest.mark.slow
@given(st.lists(st.integers(1, 2400), min_size=1, max_size=30))
def test_however_often_somebody_looks_each_date_is_reminded_of_once(gaps: list[int]) -> None:
    """A series over a clock change, looked at after any number of seconds."""
    rule = Rule(pattern=Pattern.DAILY, count=5)
    series = an_event(when=timed("2026-03-27T09:00", 30), rule=rule, reminder_minutes=10)
    begin, end = at("2026-03-27T00:00"), at("2026-04-01T00:00")
    found = occurrences(series, begin, end, BERLIN)
    told: list[Occurrence] = []
    looked = begin
    for gap in cycle(gaps) if sum(gaps) > 600 else repeat(600):
        following = looked + timedelta(seconds=gap)
        told += due_between(found, Wishes(), looked, following, BERLIN)
        looked = following
        if looked > end:
            break
    assert [one.original for one in told] == [one.original for one in found]
    assert len(told) == 5


@given(ZONES, MOMENTS, HOURS, st.sampled_from(list(Digest)), st.sampled_from(list(Weekday)))
def test_a_digest_comes_at_its_hour_on_its_days(
    zone: str, now: datetime, hour: int, digest: Digest, weekday: Weekday
) -> None:
    here = ZoneInfo(zone)
    wishes = Wishes(digest=digest, digest_hour=hour, digest_day=weekday)
    following = next_digest(wishes, now, here)
    if digest is Digest.NEVER:
        assert following is None
        return
    assert following is not None and now < following <= now + timedelta(days=7, hours=1)
    local = following.astimezone(here)
    assert (
        local.hour == hour
        or local.utcoffset() != (following - timedelta(days=1)).astimezone(here).utcoffset()
    )
    if digest is Digest.WEEKLY:
        assert local.weekday() == weekday
    if digest is Digest.WORKDAYS:
        assert local.weekday() < Weekday.SATURDAY


@given(ZONES, MOMENTS, HOURS, HOURS)
def test_quiet_hours_end_and_only_hold_within(
    zone: str, now: datetime, begin: int, end: int
) -> None:
    here = ZoneInfo(zone)
    over = quiet_end(Wishes(quiet_from=begin, quiet_until=end), now, here)
    hour = now.astimezone(here).hour
    is_within = (hour - begin) % 24 < (end - begin) % 24
    assert (over is not None) == is_within
    if over is not None:
        assert now < over <= now + timedelta(hours=26)
        assert quiet_end(Wishes(quiet_from=begin, quiet_until=end), over, here) is None or (
            over.astimezone(here).hour != end  # the clocks have skipped it
        )


def test_nobody_is_quiet_unasked() -> None:
    assert quiet_end(Wishes(), at("2026-11-20T02:00"), BERLIN) is None
