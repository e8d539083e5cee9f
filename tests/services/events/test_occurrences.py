from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.events.occurrences import (
    MAX_OCCURRENCES,
    by_start,
    occurrence_at,
    occurrences,
    upcoming,
)
from services.model.events import Event, Occurrence, SeriesException
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import Timed, bounds
from services.model.wall_clocks import moved
from tests._builders import BERLIN, NEW_YORK, all_day, an_event, an_event_content, timed

DAILY = Rule(pattern=Pattern.DAILY)


def week(first: str, days: int = 7, zone: ZoneInfo = BERLIN) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(first).replace(tzinfo=zone)
    return start, start + timedelta(days=days)


def shown(event: Event, first: str, days: int = 7, zone: ZoneInfo = BERLIN) -> list[Occurrence]:
    return by_start(occurrences(event, *week(first, days, zone), zone), zone)


def starts(found: list[Occurrence]) -> list[str]:
    return [f"{one.content.when.start:%d %H:%M}" for one in found]


def instants(found: list[Occurrence]) -> list[datetime]:
    return sorted(bounds(one.content.when, BERLIN)[0] for one in found)


def clock(day: str, start: str, end: str, zone: ZoneInfo = BERLIN) -> Timed:
    at = [datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone) for time in (start, end)]
    return Timed(*at)


def test_a_single_event_is_shown_where_it_touches_the_window() -> None:
    event = an_event(when=timed("2026-11-20T23:30", 60))
    assert len(shown(event, "2026-11-20", 1)) == 1
    assert len(shown(event, "2026-11-21", 1)) == 1
    assert shown(event, "2026-11-22", 1) == []


def test_an_event_that_ends_where_the_window_begins_is_not_in_it() -> None:
    event = an_event(when=timed("2026-11-19T23:00", 60))
    assert shown(event, "2026-11-20", 1) == []


def test_a_moment_without_length_belongs_to_the_window_that_it_begins() -> None:
    event = an_event(when=timed("2026-11-20T00:00", 0))
    assert len(shown(event, "2026-11-20", 1)) == 1
    assert shown(event, "2026-11-19", 1) == []


def test_the_days_of_an_all_day_event_are_those_of_the_reader() -> None:
    event = an_event(when=all_day("2026-11-20"))
    for zone in (BERLIN, NEW_YORK, ZoneInfo("Pacific/Auckland")):
        assert len(shown(event, "2026-11-20", 1, zone)) == 1
        assert shown(event, "2026-11-21", 1, zone) == []
        assert shown(event, "2026-11-19", 1, zone) == []


def test_a_series_keeps_its_wall_clock_over_the_change_of_summer_time() -> None:
    event = an_event(when=timed("2026-10-23T09:00"), rule=DAILY)
    found = shown(event, "2026-10-24", 3)
    assert starts(found) == ["24 09:00", "25 09:00", "26 09:00"]
    assert [instant.hour for instant in instants(found)] == [7, 8, 8]
    assert all(one.content.rule is None for one in found)


def test_a_start_that_the_clocks_skip_moves_forward_by_the_gap() -> None:
    event = an_event(when=timed("2026-03-27T02:30", 45), rule=DAILY)
    found = shown(event, "2026-03-28", 3)
    assert starts(found) == ["28 02:30", "29 03:30", "30 02:30"]
    assert {one.content.when.duration for one in found} == {timedelta(minutes=45)}


def test_an_end_that_the_clocks_skip_moves_forward_and_never_before_the_start() -> None:
    over = an_event(when=clock("2026-03-27", "01:30", "02:30"), rule=DAILY)
    (one,) = shown(over, "2026-03-29", 1)
    assert f"{one.content.when.start:%H:%M}-{one.content.when.end:%H:%M}" == "01:30-03:30"
    inside = an_event(when=clock("2026-03-27", "02:30", "03:00"), rule=DAILY)
    (one,) = shown(inside, "2026-03-29", 1)
    assert f"{one.content.when.start:%H:%M}-{one.content.when.end:%H:%M}" == "03:30-04:00"


def test_the_second_of_two_equal_clock_times_stays_with_the_first_day_alone() -> None:
    start = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    event = an_event(when=Timed(start, start + timedelta(hours=2)), rule=DAILY)
    found = shown(event, "2026-10-25", 2)
    assert [instant.hour for instant in instants(found)] == [1, 1]


def test_a_series_is_shown_to_a_reader_in_another_zone_on_their_own_day() -> None:
    event = an_event(when=timed("2026-11-01T01:00"), rule=DAILY)
    found = shown(event, "2026-11-20", 1, NEW_YORK)
    assert starts(found) == ["21 01:00"]


def test_a_night_that_began_before_the_window_is_still_shown() -> None:
    event = an_event(when=timed("2026-11-01T22:00", 600), rule=DAILY)
    assert starts(shown(event, "2026-11-20", 1)) == ["19 22:00", "20 22:00"]


def test_a_cancelled_occurrence_is_not_shown() -> None:
    gone = SeriesException(datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN), None)
    event = an_event(when=timed("2026-11-18T12:30"), rule=DAILY, exceptions=(gone,))
    assert starts(shown(event, "2026-11-19", 3)) == ["19 12:30", "21 12:30"]


def test_an_exception_is_known_by_its_day_even_when_its_original_is_written_in_utc() -> None:
    gone = SeriesException(datetime(2026, 11, 20, 11, 30, tzinfo=ZoneInfo("UTC")), None)
    event = an_event(when=timed("2026-11-18T12:30"), rule=DAILY, exceptions=(gone,))
    assert starts(shown(event, "2026-11-19", 3)) == ["19 12:30", "21 12:30"]


def test_a_moved_occurrence_is_shown_where_it_went_and_not_where_it_was() -> None:
    original = datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN)
    moved = SeriesException(
        original, an_event_content(title="Later", when=timed("2026-12-01T08:00"))
    )
    event = an_event(when=timed("2026-11-18T12:30"), rule=DAILY, exceptions=(moved,))
    assert shown(event, "2026-11-20", 1) == []
    found = shown(event, "2026-12-01", 1)
    assert [(one.content.title, one.original) for one in found] == [
        ("Later", original),
        ("Lunch with Ines", datetime(2026, 12, 1, 12, 30, tzinfo=BERLIN)),
    ]


def test_before_a_series_begins_only_what_was_moved_there_is_shown() -> None:
    original = datetime(2026, 12, 1, 12, 30, tzinfo=BERLIN)
    early = SeriesException(
        original, an_event_content(title="Rehearsal", when=timed("2026-11-20T08:00"))
    )
    event = an_event(when=timed("2026-12-01T12:30"), rule=DAILY, exceptions=(early,))
    assert [one.content.title for one in shown(event, "2026-11-16")] == ["Rehearsal"]


def test_an_all_day_series_counts_in_days() -> None:
    rule = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))
    gone = SeriesException(date(2026, 11, 27), None)
    event = an_event(when=all_day("2026-11-20", 2), rule=rule, exceptions=(gone,))
    found = shown(event, "2026-11-21", 21)
    assert [one.original for one in found] == [
        date(2026, 11, 20),
        date(2026, 12, 4),
        date(2026, 12, 11),
    ]


def test_one_event_fills_a_page_with_a_thousand_occurrences_at_most() -> None:
    event = an_event(when=timed("2000-01-01T08:00"), rule=DAILY)
    assert len(occurrences(event, *week("2010-01-01", 5000), BERLIN)) == MAX_OCCURRENCES


def test_an_agenda_shows_whole_days_first_and_then_goes_by_time() -> None:
    day = Occurrence.of(an_event(title="fair", when=all_day("2026-11-20")))
    early = Occurrence.of(an_event(title="b", when=timed("2026-11-20T00:00", 30)))
    twin = early._replace(written=replace(early.content, title="A"))
    late = Occurrence.of(an_event(title="c", when=timed("2026-11-20T09:00")))
    assert by_start([late, early, twin, day], BERLIN) == [day, twin, early, late]


def test_where_an_hour_comes_twice_an_agenda_goes_by_instants() -> None:
    first = datetime(2026, 10, 25, 2, 45, tzinfo=BERLIN)
    twice = [first.replace(minute=15, fold=1), first, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
    found = [Occurrence.of(an_event(when=Timed(*2 * (at.astimezone(BERLIN),)))) for at in twice]
    late, early, earliest = found
    assert by_start(found, BERLIN) == [earliest, early, late]
    assert by_start([], BERLIN) == []


def test_an_order_over_many_years_goes_by_instants() -> None:
    found = [Occurrence.of(an_event(when=timed(f"{year}-11-20T09:00"))) for year in (2050, 1950)]
    assert by_start(found, BERLIN) == found[::-1]


@pytest.mark.slow
@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
    minutes=st.integers(1, 3000),
    skip=st.integers(0, 800),
    weekdays=st.sets(st.sampled_from(Weekday), min_size=1),
    interval=st.integers(1, 3),
)
def test_weekly_series_agree_with_recurring_ical_events(
    start: datetime, minutes: int, skip: int, weekdays: set[Weekday], interval: int
) -> None:
    start = start.replace(second=0, microsecond=0, tzinfo=ZoneInfo("America/Regina"))
    start += timedelta(days=min((day - start.weekday()) % 7 for day in weekdays))
    when = Timed(start, start + timedelta(minutes=minutes))
    days = tuple(sorted(weekdays))
    rule = Rule(pattern=Pattern.WEEKLY, weekdays=days, interval=interval)
    first = (start + timedelta(days=skip)).replace(hour=0, minute=0)
    ours = occurrences(an_event(when=when, rule=rule), first, first + timedelta(days=7), BERLIN)
    judge = recurring_ical_events.of(Calendar.from_ical(as_ics(when, days, interval)))
    theirs = judge.between(first, first + timedelta(days=7))
    assert instants(ours) == sorted(item.start.astimezone(UTC) for item in theirs)


def as_ics(when: Timed, weekdays: tuple[Weekday, ...], interval: int) -> str:
    names = ",".join(day.name[:2] for day in weekdays)
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//almanac//tests//EN",
            "BEGIN:VEVENT",
            "UID:1",
            "SUMMARY:x",
            f"DTSTART;TZID=America/Regina:{when.start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=America/Regina:{when.end:%Y%m%dT%H%M%S}",
            f"RRULE:FREQ=WEEKLY;INTERVAL={interval};BYDAY={names}",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_both_sides_of_a_window_may_be_in_any_zone(zone: ZoneInfo) -> None:
    event = an_event(when=timed("2026-11-20T12:30"))
    start = datetime(2026, 11, 20, 11, 0, tzinfo=UTC).astimezone(zone)
    assert len(occurrences(event, start, start + timedelta(hours=1), BERLIN)) == 1


def test_an_occurrence_is_found_by_its_original_start() -> None:
    moved = an_event_content(title="Later", when=timed("2026-12-01T08:00"))
    changes = (
        SeriesException(datetime(2026, 11, 19, 12, 30, tzinfo=BERLIN), None),
        SeriesException(datetime(2026, 11, 20, 12, 30, tzinfo=BERLIN), moved),
    )
    event = an_event(when=timed("2026-11-18T12:30"), rule=DAILY, exceptions=changes)
    for shown_as in shown(event, "2026-11-18", 20):
        assert shown_as.original is not None
        assert occurrence_at(event, shown_as.original.isoformat()) == shown_as
    for nothing in ("2026-11-19T12:30:00+01:00", "2026-11-17T12:30:00+01:00", "x", ""):
        assert occurrence_at(event, nothing) is None
    assert occurrence_at(an_event(), "2026-11-20T12:30:00+01:00") is None


def test_an_occurrence_of_whole_days_is_found_by_its_day() -> None:
    event = an_event(when=all_day("2026-11-20"), rule=DAILY)
    found = occurrence_at(event, "2026-11-25")
    assert found is not None and found.content.when == all_day("2026-11-25")


ZONES = ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "America/Sao_Paulo", "UTC"]


@pytest.mark.slow
@given(
    day=st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    at=st.times(),
    minutes=st.integers(0, 3000),
    zone=st.sampled_from([*ZONES, "Australia/Lord_Howe", "Asia/Beirut"]).map(ZoneInfo),
    skip=st.integers(0, 800),
)
def test_days_without_a_change_of_clocks_are_as_days_that_are_looked_at(
    day: date, at: time, minutes: int, zone: ZoneInfo, skip: int
) -> None:
    moment = datetime.combine(day, at, UTC)
    begin = moment.astimezone(zone)
    when = Timed(begin, (moment + timedelta(minutes=minutes)).astimezone(zone))
    event = an_event(when=when, rule=DAILY)
    window = begin + timedelta(days=skip), begin + timedelta(days=skip + 220)
    for one in occurrences(event, *window, zone):
        shown = one.content.when
        assert isinstance(shown, Timed)
        days = (shown.start.date(), shown.start.date() - timedelta(days=1))
        assert shown in [moved(when, day) for day in days]
        assert one.content == replace(event.content, when=shown, rule=None)


def test_the_next_dates_are_found_however_far_away() -> None:
    now = datetime(2026, 11, 25, 9, 30, tzinfo=BERLIN)
    daily = an_event(when=timed("2026-11-20T09:00"), rule=DAILY)
    assert starts(upcoming(daily, now, BERLIN, 3)) == ["25 09:00", "26 09:00", "27 09:00"]
    leap = Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(29,), months=(2,))
    rare = an_event(when=timed("2024-02-29T09:00"), rule=leap)
    found = upcoming(rare, now, BERLIN, 2)
    assert [one.content.when.start.year for one in found] == [2028, 2032]
    over = an_event(when=timed("2026-11-20T09:00"), rule=replace(DAILY, count=3))
    assert upcoming(over, now, BERLIN, 3) == []
