from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from services.formats.ics import calendar_file
from services.model.events import Event, Importance, Sensitivity, SeriesException, ShowAs
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.model.times import Start
from services.occurrences import occurrences
from tests._builders import BERLIN, all_day, an_event, an_event_content, timed

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 6, 1, tzinfo=UTC)
LATE = timed("2026-01-31T23:30", 90)
MO, TU, FR = Weekday.MONDAY, Weekday.TUESDAY, Weekday.FRIDAY
RULES = {
    "daily": Rule(pattern=Pattern.DAILY, interval=3, count=50),
    "weekly": Rule(pattern=Pattern.WEEKLY, weekdays=(MO, FR), interval=2, until=date(2026, 9, 4)),
    "on the 31st": Rule(pattern=Pattern.MONTHLY_BY_DAY, day=31, count=20),
    "on the 24th": Rule(pattern=Pattern.MONTHLY_BY_DAY, day=24, count=20),
    "1st, 15th and last": Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1, 1, 15), count=20),
    "quarters": Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(1, 31), months=(1, 4, 7), count=9),
    "third Friday": Rule(
        pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(FR,), week=Week.THIRD, count=9
    ),
    "last of two": Rule(
        pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(MO, TU), week=Week.LAST, count=9
    ),
    "29 February": Rule(pattern=Pattern.YEARLY_BY_DAY, day=29, month=2, count=2),
    "first Monday in May": Rule(
        pattern=Pattern.YEARLY_BY_WEEKDAY, weekdays=(MO,), week=Week.FIRST, month=5, count=2
    ),
}


def read(*events: Event) -> Any:
    return Calendar.from_ical(calendar_file("Harbour", events))


def theirs(*events: Event) -> list[Start]:
    """When another reader of the format says that the events are."""
    found = recurring_ical_events.of(read(*events)).between(START, END)
    return sorted(at(component["DTSTART"].dt) for component in found)


def ours(event: Event) -> list[Start]:
    found = occurrences(event, START, END, ZoneInfo("UTC"))
    return sorted(at(one.content.when.start) for one in found)


def at(start: Start) -> Start:
    return start.astimezone(UTC) if isinstance(start, datetime) else start


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
@pytest.mark.parametrize("when", [LATE, all_day("2026-01-31")], ids=["timed", "all day"])
def test_another_reader_sees_the_same_occurrences(rule: Rule, when: Any) -> None:
    begin = min(ours(an_event(when=when, rule=rule)))
    day = begin.astimezone(BERLIN).date() if isinstance(begin, datetime) else begin
    first = timed(f"{day}T23:30", 90) if when is LATE else all_day(str(day))
    event = an_event(when=first, rule=rule)
    assert theirs(event) == ours(event)


def test_cancelled_and_changed_occurrences_are_seen() -> None:
    content = an_event_content(when=timed("2026-01-02T09:00"), rule=RULES["weekly"])
    cancelled = SeriesException(datetime(2026, 1, 16, 9, tzinfo=BERLIN), None)
    moved = SeriesException(
        datetime(2026, 1, 30, 9, tzinfo=BERLIN),
        an_event_content(title="Later", when=timed("2026-01-31T15:00")),
    )
    event = an_event(content, exceptions=(cancelled, moved))
    assert theirs(event) == ours(event)
    assert {str(part["SUMMARY"]) for part in read(event).events} == {"Lunch with Ines", "Later"}


def test_all_that_an_event_says_is_there() -> None:
    event = an_event(
        title="Zeichnen; mit, Tusche",
        place="Café am Hafen",
        text="**One** line\nanother",
        importance=Importance.HIGH,
        tags=("trade fair", "print, A3"),
        show_as=ShowAs.FREE,
        sensitivity=Sensitivity.CONFIDENTIAL,
        reminder_minutes=15,
    )
    (part,) = read(event).events
    said = {name: str(part[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CLASS")}
    assert said == {
        "SUMMARY": "Zeichnen; mit, Tusche",
        "LOCATION": "Café am Hafen",
        "DESCRIPTION": "One line\nanother",
        "CLASS": "CONFIDENTIAL",
    }
    assert (part["TRANSP"], part["UID"]) == ("TRANSPARENT", "event-1")
    assert (part["PRIORITY"], part.categories) == (1, ["trade fair", "print, A3"])
    (alarm,) = part.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)


def test_a_tentative_event_is_tentative_and_says_nothing_that_is_empty() -> None:
    (part,) = read(an_event(show_as=ShowAs.TENTATIVE)).events
    assert part["STATUS"] == "TENTATIVE"
    assert not {"LOCATION", "DESCRIPTION", "CLASS", "RRULE", "PRIORITY", "CATEGORIES"} & set(part)


def test_a_zone_comes_with_its_definition() -> None:
    calendar = read(an_event())
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert calendar["X-WR-CALNAME"] == "Harbour"


def test_a_calendar_may_be_empty() -> None:
    assert read().events == []
