from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar
from PIL import ImageColor

from services.events.occurrences import occurrences
from services.formats.css_colors import color_named
from services.formats.ics import calendar_file
from services.formats.ics_read import read_calendar
from services.model.events import (
    Event,
    Importance,
    Participant,
    Sensitivity,
    SeriesException,
    ShowAs,
    WebLink,
)
from services.model.recurrence import Pattern, Rule, Week, Weekday
from services.model.settings import Color
from services.model.team_fields import with_unsaid
from services.model.times import Start
from tests._builders import BERLIN, a_person, all_day, an_event, an_event_content, timed

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


def test_what_few_programs_know_goes_out_and_comes_back_and_nobody_can_be_mailed() -> None:
    later = SeriesException(
        datetime(2026, 12, 4, 12, 30, tzinfo=BERLIN),
        an_event_content(color=Color.BLUE, when=timed("2026-12-05T12:30")),
    )
    content = an_event_content(
        when=timed("2026-11-20T12:30"),
        rule=Rule(pattern=Pattern.WEEKLY, weekdays=(FR,)),
        exceptions=(later,),
        color=Color.RED,
        emoji="\N{PARTY POPPER}",
        meeting_url="https://meet.example/1?a=b,c",
        links=(WebLink("https://a.example/x", 'Plan "B"; ^ or C'), WebLink("https://b.example")),
        people=(Participant("Ines, of Kiel", a_person("ines")), Participant("Mr Ortega")),
    )
    file = calendar_file("Harbour", [an_event(content)])
    assert b"\nCOLOR:red" in file and b"mailto" not in file.lower()
    assert b"ATTENDEE" not in file and b"ORGANIZER" not in file
    [item] = read_calendar(file, BERLIN).items
    names = tuple(Participant(each.name) for each in content.people)
    assert item.content == replace(content, people=names)
    of_fields = [line for line in item.lines if line.startswith(("CREATED", "RECURRENCE-ID"))]
    assert list(item.lines) == of_fields, "nothing is kept twice"
    assert with_unsaid(item.content, content) == content, "who was meant by a name is meant again"


def test_what_others_write_otherwise_is_read_and_goes_out_once_as_it_came() -> None:
    theirs = (
        "ATTACH;FMTTYPE=text/plain;FILENAME=Plan:https://a.example/x",
        "ATTACH;VALUE=BINARY;ENCODING=BASE64:AAAA",
        "ATTACH:ftp://a.example/y",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO:tel:+4912345",
        "CONFERENCE;VALUE=URI;LABEL=Join:https://meet.example/1",
        "COLOR:tomato",
    )
    said = ("UID:1", "DTSTART:20261120T113000Z", "SUMMARY:Fair", *theirs)
    file = "\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *said, "END:VEVENT", "END:VCALENDAR"))
    [item] = read_calendar(file.encode(), BERLIN).items
    assert item.content.links == (WebLink("https://a.example/x", "Plan"),)
    assert item.content.meeting_url == "https://meet.example/1"
    assert item.lines == theirs, "nothing is lost"
    assert item.content.color is Color.RED, "the nearest of ours"
    again = calendar_file("x", [replace(an_event(item.content), lines=item.lines)]).decode()
    written = again.replace("\r\n ", "").split("\r\n")
    assert [line for line in written if line.startswith(("ATT", "CONF", "COL"))] == [*theirs]
    for color, line in ((Color.BLUE, b"COLOR:blue"), (Color.NONE, b"")):
        anew = replace(item.content, color=color)
        told = calendar_file("x", [replace(an_event(anew), lines=item.lines)])
        assert line in told and b"tomato" not in told


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("DarkSlateGrey", Color.BLUE),
        ("rebeccapurple", Color.PURPLE),
        ("gray", Color.BLACK),
        ("WHITE", Color.NONE),
        ("#ff0000", None),
        ("", None),
    ],
)
def test_a_colour_of_css_is_the_nearest_of_ours(name: str, color: Color | None) -> None:
    assert color_named(name) is color


def test_each_name_of_a_colour_means_one_and_ours_mean_themselves() -> None:
    assert [name for name in ImageColor.colormap if color_named(name) is None] == []
    assert [each for each in Color if color_named(each.value) is not each] == []


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
