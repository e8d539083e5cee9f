"""Calendar files as programs of many years have written them; made here, after what they write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.formats.ics import calendar_file
from services.formats.ics_read import read_calendar
from services.model.events import EventContent, ShowAs
from services.model.imports import Reading, Snag
from services.model.recurrence import Pattern, Weekday
from services.model.times import AllDay, Timed
from tests._builders import an_event

BERLIN = ZoneInfo("Europe/Berlin")


def read(*events: tuple[str, ...], version: str = "2.0") -> Reading[EventContent]:
    lines = ["BEGIN:VCALENDAR", f"VERSION:{version}"]
    for event in events:
        lines += ["BEGIN:VEVENT", "UID:u1", *event, "END:VEVENT"]
    return read_calendar("\r\n".join([*lines, "END:VCALENDAR", ""]).encode(), BERLIN)


def one(*lines: str, version: str = "2.0") -> EventContent:
    reading = read(lines, version=version)
    assert not reading.troubles
    [item] = reading.items
    return item.content


def test_a_series_that_is_changed_from_one_date_on_is_parted_there() -> None:
    reading = read(
        (
            *("SUMMARY:Standup", "DTSTART;TZID=Europe/Berlin:20270104T090000"),
            *("DTEND;TZID=Europe/Berlin:20270104T091500", "RRULE:FREQ=WEEKLY;COUNT=10"),
            "EXDATE;TZID=Europe/Berlin:20270111T090000,20270215T090000",
        ),
        (
            *("SUMMARY:Standup, later", "DTSTART;TZID=Europe/Berlin:20270202T100000"),
            *("DTEND;TZID=Europe/Berlin:20270202T103000",),
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270201T090000",
        ),
    )
    first, second = (item.content for item in reading.items)
    assert first.rule is not None and second.rule is not None
    assert (first.rule.until, first.rule.count) == (date(2027, 1, 25), None)
    assert [each.original.day for each in first.exceptions] == [11]
    assert (second.title, second.rule.count) == ("Standup, later", 6)
    assert second.rule.weekdays == (Weekday.TUESDAY,), "it is on another day of the week since"
    assert second.when == Timed(
        datetime(2027, 2, 2, 10, tzinfo=BERLIN), datetime(2027, 2, 2, 10, 30, tzinfo=BERLIN)
    )
    [gone] = second.exceptions
    assert (gone.original, gone.content) == (datetime(2027, 2, 16, 10, tzinfo=BERLIN), None)
    assert not reading.troubles and len({item.uid for item in reading.items}) == 2


def test_a_series_that_is_off_from_one_date_on_ends_before_it() -> None:
    head = ("SUMMARY:x", "DTSTART:20270104T090000Z", "RRULE:FREQ=DAILY")
    off = ("SUMMARY:x", "STATUS:CANCELLED", "DTSTART:20270110T090000Z")
    reading = read(head, (*off, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270110T090000Z"))
    [item] = reading.items
    assert item.content.rule is not None and item.content.rule.until == date(2027, 1, 9)
    all_off = read(head, (*off, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270104T090000Z"))
    assert all_off.items == ()
    never = read(head[:2], (*off, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270110T090000Z"))
    assert [trouble.snag for trouble in never.troubles] == [Snag.UNKNOWN_RULE]
    assert len(never.items) == 1


def test_vcalendar_1_of_an_organizer() -> None:
    content = one(
        "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Besprechung M=FCnchen=2C =",
        " dritter Stock",
        "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:eins=0D=0Azwei; drei",
        "DTSTART:20270104T090000Z",
        "DTEND:20270104T100000Z",
        "RRULE:W1 MO #10",
        "EXDATE:20270111T090000Z;20270118T090000Z",
        "DALARM:20270104T084500Z;;;Besprechung",
        version="1.0",
    )
    assert content.title == "Besprechung München, dritter Stock"
    assert content.text == "eins\nzwei; drei"
    assert content.rule is not None
    assert (content.rule.pattern, content.rule.count) == (Pattern.WEEKLY, 10)
    assert len(content.exceptions) == 2


def test_exchange_says_whole_days_and_absence_in_words_of_its_own() -> None:
    content = one(
        "SUMMARY;LANGUAGE=de-de:Urlaub",
        'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien":20270104T000000',
        "DTEND;TZID=W. Europe Standard Time:20270106T000000",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER;RELATED=START:-P0DT18H0M0S",
        "END:VALARM",
    )
    assert content.when == AllDay(date(2027, 1, 4), date(2027, 1, 6))
    assert (content.show_as, content.reminder_minutes) == (ShowAs.AWAY, 18 * 60)


@pytest.mark.parametrize(
    ("written", "hour", "day"),
    [
        ("DTSTART:2027-01-04T09:00:00Z", 9, 4),
        ("DTSTART:20270104T090000.000Z", 9, 4),
        ("DTSTART:20270104T0900Z", 9, 4),
        ("DTSTART:20270103T240000Z", 0, 4),
    ],
)
def test_times_that_are_written_a_little_otherwise(written: str, hour: int, day: int) -> None:
    assert one("SUMMARY:x", written).when.start == datetime(2027, 1, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("FREQ=WEEKLY;BYDAY=+1MO,2WE;COUNT=4", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"),
        ("FREQ=DAILY;X-NAME=1;COUNT=4", "FREQ=DAILY;COUNT=4"),
        ("FREQ=DAILY;UNTIL=20270106", "FREQ=DAILY;UNTIL=20270106T090000Z"),
    ],
)
def test_rules_that_say_too_much_mean_what_they_can_mean(rule: str, same: str) -> None:
    head = ("SUMMARY:x", "DTSTART:20270104T090000Z")
    assert one(*head, f"RRULE:{rule}").rule == one(*head, f"RRULE:{same}").rule


def test_further_dates_may_be_periods() -> None:
    reading = read(
        (
            *("SUMMARY:x", "DTSTART:20270104T090000Z", "DTEND:20270104T100000Z"),
            "RDATE;VALUE=PERIOD:20270105T090000Z/PT1H,20270106T090000Z/20270106T100000Z",
        )
    )
    assert [item.content.when.start.day for item in reading.items] == [4, 5, 6]
    assert not reading.troubles


def test_a_file_of_two_programs_may_be_in_two_encodings_and_folded_within_a_letter() -> None:
    head, end = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n"
    event = b"BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:%s\r\nDTSTART:20270104\r\nEND:VEVENT\r\n"
    folded = "Łódź".encode()[:1] + b"\r\n " + "Łódź".encode()[1:]
    data = head + event % (1, "München".encode("cp1252")) + event % (2, folded) + end
    titles = [item.content.title for item in read_calendar(data, BERLIN).items]
    assert titles == ["München", "Łódź"]


def test_a_title_is_one_line_and_comes_home() -> None:
    content = one("SUMMARY:Board\\nmeeting", "DTSTART:20270104T090000Z")
    assert content.title == "Board meeting"
    event = an_event(content=content)
    [item] = read_calendar(calendar_file("x", [event]), BERLIN).items
    assert item.content == content
