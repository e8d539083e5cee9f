"""Calendar files of several producers, read, written again, and read by somebody else's library.

The samples are our own, in the shapes that Google Calendar, Outlook and Apple's Calendar document
and write: names of zones, folding, quoting, words of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from services.events.occurrences import occurrences
from services.files.import_plan import plan_import
from services.formats.ics import calendar_file
from services.formats.ics_read import read_calendar
from services.model.books import BookId
from services.model.events import Author, Event, EventContent, Importance, Sensitivity, ShowAs
from services.model.imports import BadFile, FileWrong, Reading, Snag
from services.model.times import AllDay, Timed
from tests._builders import BERLIN

SAMPLES = Path(__file__).parent / "samples"
NAMES = ("google", "outlook", "apple")
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 6, 1, tzinfo=UTC)
LOST = frozenset({"DTSTAMP", "LAST-MODIFIED", "DURATION", "DTEND", "X-MICROSOFT-CDO-ALLDAYEVENT"})
"""What is said otherwise: when a copy was made, an end instead of a duration."""
SAID_OTHERWISE = frozenset(
    {"RRULE", "PRIORITY", "X-MICROSOFT-CDO-IMPORTANCE", "X-MICROSOFT-CDO-BUSYSTATUS", "CLASS"}
)
"""What has a value that means nothing (BUSY, PUBLIC, 5), or two words for one thing."""
FLOATING = frozenset({"DTSTART", "EXDATE", "RECURRENCE-ID"})


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.ics").read_bytes()


def read(data: bytes) -> Reading[EventContent]:
    return read_calendar(data, BERLIN)


def events_of(data: bytes) -> tuple[Event, ...]:
    plan = plan_import(
        read(data),
        BookId("b"),
        {},
        author=Author(None, "Mara"),
        now=datetime(2026, 11, 20, tzinfo=UTC),
        may_change=lambda event: True,
    )
    assert not plan.troubles
    return tuple(plan.new)


def event(*lines: str) -> bytes:
    body = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join(body).encode() + b"\r\n"


def of(data: bytes, title: str) -> EventContent:
    [found] = [item.content for item in read(data).items if item.content.title == title]
    return found


def properties(data: bytes) -> Iterator[tuple[str, str, str]]:
    part: Any
    for part in Calendar.from_ical(data).walk("VEVENT"):
        key = f"{part['UID']} {part.get('RECURRENCE-ID') and part['RECURRENCE-ID'].dt}"
        for name, value in part.property_items(recursive=False):
            if name not in LOST | SAID_OTHERWISE | FLOATING | {"BEGIN", "END"}:
                text = value.to_ical().decode().removesuffix("\\n")
                if name == "LOCATION":  # a place is one line
                    text = text.replace("\\n", "\\, ")
                yield key.replace("None", ""), name, text


def starts(data: bytes) -> list[Any]:
    found = recurring_ical_events.of(Calendar.from_ical(data)).between(START, END)
    return sorted((str(one["SUMMARY"]), instant(one["DTSTART"].dt)) for one in found)


def instant(moment: Any) -> str:
    if not isinstance(moment, datetime):
        return str(moment)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)
    return aware.astimezone(UTC).isoformat()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_with_every_property_it_had(name: str) -> None:
    ours = calendar_file("x", events_of(sample(name)))
    theirs = {each for each in properties(sample(name)) if each[1] != "X-ALT-DESC"}  # other HTML
    assert theirs <= set(properties(ours))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_on_the_same_days(name: str) -> None:
    assert starts(calendar_file("x", events_of(sample(name)))) == starts(sample(name))


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read_as_it_was(name: str) -> None:
    first = events_of(sample(name))
    again = events_of(calendar_file("x", first))
    assert [(e.uid, e.content) for e in again] == [(e.uid, e.content) for e in first]
    for one, other in zip(first, again, strict=True):
        assert set(other.lines) - set(one.lines) <= {"CREATED:20261120T000000Z"}
        assert set(one.lines) <= set(other.lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_imported_twice_changes_nothing(name: str) -> None:
    known: dict[str, Event] = {each.id: each for each in events_of(sample(name))}
    plan = plan_import(
        read(sample(name)),
        BookId("b"),
        known,
        author=Author(None, "Ines"),
        now=datetime(2026, 11, 21, tzinfo=UTC),
        may_change=lambda event: True,
    )
    assert plan.same == len(known) and not plan.number


@pytest.mark.parametrize("name", NAMES)
def test_our_expansion_is_that_of_another_reader(name: str) -> None:
    found = [
        (one.content.title, instant(one.content.when.start))
        for each in events_of(sample(name))
        for one in occurrences(each, START, END, BERLIN)
    ]
    assert sorted(found) == starts(sample(name))


def test_outlooks_words_are_understood() -> None:
    review = of(sample("outlook"), "Monthly review")
    assert review.when.start == datetime(2026, 11, 5, 9, 30, tzinfo=BERLIN)
    assert review.importance is Importance.HIGH and review.tags == ("Blue Category", "Harbour")
    assert review.text == "Please read the **plan**." and review.reminder_minutes == 15
    call = of(sample("outlook"), "Call with New York")
    assert isinstance(call.when, Timed) and call.when.start.tzinfo == ZoneInfo("America/New_York")
    assert call.show_as is ShowAs.ELSEWHERE and call.sensitivity is Sensitivity.CONFIDENTIAL
    leave = of(sample("outlook"), "Leave")
    assert leave.when == AllDay(date(2026, 11, 9), date(2026, 11, 14))
    assert leave.show_as is ShowAs.AWAY and leave.importance is Importance.LOW


def test_googles_words_are_understood() -> None:
    meeting = of(sample("google"), "Stage meeting 🎪")
    assert meeting.place == "Havnegade 1, 1058 København" and meeting.reminder_minutes == 10
    cancelled = [each for each in meeting.exceptions if each.content is None]
    [moved] = [each.content for each in meeting.exceptions if each.content is not None]
    assert len(cancelled) == 2 and moved.title == "Stage meeting, moved"
    assert of(sample("google"), "Lunch with the band").show_as is ShowAs.TENTATIVE


def test_apples_words_are_understood() -> None:
    breakfast = of(sample("apple"), "Floating breakfast")
    start = datetime(2026, 11, 12, 7, 30, tzinfo=BERLIN)
    assert breakfast.when == Timed(start, start + timedelta(minutes=90))
    assert of(sample("apple"), "Leap day party").when == AllDay(date(2028, 2, 29), date(2028, 3, 1))


def test_a_fold_in_the_middle_of_a_letter_is_undone() -> None:
    data = event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Übung")
    cut = data.index("Ü".encode()) + 1
    assert of(data[:cut] + b"\r\n " + data[cut:], "Übung")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    text = event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Übung für Ærø").decode()
    assert of(text.encode(encoding), "Übung für Ærø")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_any_line_end_is_read(end: str) -> None:
    text = event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Lunch").decode()
    assert of(text.replace("\r\n", end).encode(), "Lunch")


def test_a_description_with_bare_line_ends_keeps_its_lines() -> None:
    data = event("UID:1", "DTSTART:20261120", "SUMMARY:Lunch", "DESCRIPTION:one", "two", "three")
    assert of(data, "Lunch").text == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("lines", "snag"),
    [
        (["SUMMARY:x"], Snag.NO_START),
        (["DTSTART:soon"], Snag.NOT_A_DATE),
        (["DTSTART:20260231T100000Z"], Snag.NOT_A_DATE),
        (["DTSTART:00010101T000000Z"], Snag.OUT_OF_RANGE),
        (["DTSTART:99991231T235959Z"], Snag.OUT_OF_RANGE),
        (["DTSTART;VALUE=DATE:99991231"], Snag.OUT_OF_RANGE),
        (["DTSTART:20261120T110000Z", "DTEND:20261120T100000Z"], Snag.ENDS_BEFORE_START),
        (["DTSTART:20261120T110000Z", "DTEND:20401120T100000Z"], Snag.OUT_OF_RANGE),
        (["DTSTART:20261120T110000Z", "DURATION:P999999D"], Snag.OUT_OF_RANGE),
        (["DTSTART;TZID=Mars/Olympus:20261120T110000"], Snag.UNKNOWN_ZONE),
        (["DTSTART:20261120T110000Z", "RRULE:FREQ=SECONDLY"], Snag.TOO_OFTEN),
        (["DTSTART:20261120T110000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"], Snag.TOO_OFTEN),
        (["DTSTART:20261120T110000Z", "RRULE:FREQ=SOMETIMES"], Snag.UNKNOWN_RULE),
        (["DTSTART:20261120T110000Z", "RRULE:FREQ=MONTHLY;INTERVAL=0"], Snag.UNKNOWN_RULE),
        (["DTSTART:20261120T110000Z", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"], Snag.UNKNOWN_RULE),
    ],
)
def test_an_event_that_cannot_be_is_told_and_the_others_are_read(
    lines: list[str], snag: Snag
) -> None:
    good = event("UID:2", "DTSTART:20261120T110000Z", "SUMMARY:Lunch")
    reading = read(event("UID:1", *lines) + good)
    assert [(each.row, each.snag) for each in reading.troubles] == [(1, snag)]
    assert [item.content.title for item in reading.items] == ["Lunch"]


def test_a_file_that_is_cut_off_gives_what_is_whole() -> None:
    whole = event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Lunch")
    half = event("UID:2", "DTSTART:20261121T110000Z", "SUMMARY:Dinner")
    reading = read(whole + half[: half.index(b"END:VEVENT")])
    assert [item.content.title for item in reading.items] == ["Lunch"]
    assert [each.snag for each in reading.troubles] == [Snag.CUT_OFF]


def test_ten_thousand_people_are_too_many_and_the_event_is_read() -> None:
    people = [f"ATTENDEE;CN=P{n}:mailto:p{n}@harbour.example" for n in range(10_000)]
    reading = read(event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Fair", *people))
    assert [item.content.title for item in reading.items] == ["Fair"]
    assert [(each.snag, each.skipped) for each in reading.troubles] == [
        (Snag.TOO_MANY_PEOPLE, False)
    ]
    assert len(reading.items[0].lines) == 1000


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", FileWrong.NOT_A_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", FileWrong.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\n" * 9, FileWrong.TOO_COMPLEX),
        (
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 60_001,
            FileWrong.TOO_COMPLEX,
        ),
        (event("DESCRIPTION:" + "x" * 70_000), FileWrong.TOO_COMPLEX),
        (event("DESCRIPTION:x", *["y" * 1000] * 70), FileWrong.TOO_COMPLEX),
        (event(*["X-A:1"] * 12_001), FileWrong.TOO_COMPLEX),
        (b"\0" * 50_000_000, FileWrong.TOO_LARGE),
    ],
    ids=["empty", "card", "nested", "many", "long", "longer", "lines", "50 MB"],
)
def test_a_hostile_file_is_refused_before_it_costs_much(data: bytes, why: FileWrong) -> None:
    with pytest.raises(BadFile) as raised:
        read(data)
    assert raised.value.why is why


def test_a_rule_without_an_end_costs_nothing_to_read_or_to_show() -> None:
    data = event("UID:1", "DTSTART:19700101T000000Z", "SUMMARY:x", "RRULE:FREQ=DAILY")
    [found] = events_of(data)
    assert len(occurrences(found, END, END + timedelta(days=7), BERLIN)) == 7


def test_dates_that_no_rule_says_are_events_of_their_own() -> None:
    timely = event(
        *("UID:1", "DTSTART;TZID=Europe/Berlin:20261120T110000", "DURATION:PT1H", "SUMMARY:Lunch"),
        "RDATE;TZID=Europe/Berlin:20261120T110000,20261125T120000",
        *("RDATE:20261126T110000Z", "URL:https://example.org"),
    )
    items = read(timely).items
    starts = [datetime(2026, 11, d, h, tzinfo=BERLIN) for d, h in ((20, 11), (25, 12), (26, 12))]
    assert [item.content.when for item in items] == [
        Timed(start, start + timedelta(hours=1)) for start in starts
    ]
    assert len({item.uid for item in items}) == 3 and items[1].lines == items[0].lines
    daily = event("UID:1", "DTSTART;VALUE=DATE:20261120", "RDATE;VALUE=DATE:20261201")
    assert read(daily).items[1].content.when == AllDay(date(2026, 12, 1), date(2026, 12, 2))
    bad = read(event("UID:1", "DTSTART:20261120T110000Z", "RDATE;VALUE=PERIOD:x/PT1H"))
    assert len(bad.items) == 1 and not bad.troubles[0].skipped


def test_an_event_that_is_called_off_is_named() -> None:
    reading = read(event("UID:1", "DTSTART:20261120T110000Z", "STATUS:CANCELLED"))
    assert reading.cancelled == ("1",) and not reading.items


@pytest.mark.parametrize("changed", [(), ("RECURRENCE-ID:20261120T110000Z",)])
def test_a_file_that_calls_off_holds_nothing_that_is_on(changed: tuple[str, ...]) -> None:
    data = event("UID:1", "DTSTART:20261120T110000Z", *changed)
    reading = read(data.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:CANCEL"))
    assert not reading.items and reading.cancelled == (() if changed else ("1",))


@pytest.mark.parametrize(
    ("start", "end", "flag", "is_whole"),
    [
        ("20261203T000000", "20261205T000000", "TRUE", True),
        ("20261203T000000", "20261205T000000", "FALSE", False),
        ("20261203T000000", "20261205T120000", "TRUE", False),
        ("20261203T000000", "20261203T000000", "TRUE", False),
    ],
)
def test_outlook_may_mark_whole_days_that_it_writes_as_midnights(
    start: str, end: str, flag: str, *, is_whole: bool
) -> None:
    zone = "TZID=W. Europe Standard Time"
    times = (f"DTSTART;{zone}:{start}", f"DTEND;{zone}:{end}")
    [item] = read(event("UID:1", *times, f"X-MICROSOFT-CDO-ALLDAYEVENT:{flag}")).items
    assert (item.content.when == AllDay(date(2026, 12, 3), date(2026, 12, 5))) is is_whole


def test_of_the_history_of_a_zone_its_latest_rules_count() -> None:
    rules = (
        ("DAYLIGHT", "20070311T020000", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
        ("STANDARD", "20071104T020000", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        ("STANDARD", "18831118T120358", "-0600", "TZNAME:LMT"),
    )
    zone = "\r\n".join(
        f"BEGIN:{name}\r\nDTSTART:{start}\r\nTZOFFSETTO:{offset}\r\n{more}\r\nEND:{name}"
        for name, start, offset, more in rules
    )
    defined = f"BEGIN:VTIMEZONE\r\nTZID:Ours\r\n{zone}\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    data = event("UID:1", "DTSTART;TZID=Ours:20261203T090000")
    [item] = read(data.replace(b"BEGIN:VEVENT", defined.encode())).items
    assert str(item.content.when.start) == "2026-12-03 09:00:00-05:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<p>Hello <b>you</b></p>", "Hello **you**"),
        (
            'See <a href="https://x.example/">here</a>\\nplease',
            "See [here](https://x.example/)\nplease",
        ),
        ("one<br>two", "one\ntwo"),
        ("if a <b then c> d", "if a <b then c> d"),
    ],
)
def test_a_description_that_google_writes_as_html_is_read_as_such(written: str, meant: str) -> None:
    [item] = read(event("UID:1", "DTSTART:20261203T090000Z", f"DESCRIPTION:{written}")).items
    assert item.content.text == meant


def test_one_without_a_uid_is_known_by_what_it_says() -> None:
    data = event("DTSTART:20261120T110000Z", "SUMMARY:Lunch")
    other = event("DTSTART:20261120T110000Z", "SUMMARY:Dinner")
    assert read(data).items[0].uid == read(data).items[0].uid != read(other).items[0].uid


def test_a_changed_occurrence_without_its_series_is_an_event_of_its_own() -> None:
    one = event("UID:1", "RECURRENCE-ID:20261120T110000Z", "DTSTART:20261120T120000Z", "SUMMARY:a")
    two = event("UID:1", "RECURRENCE-ID:20261121T110000Z", "DTSTART:20261121T120000Z", "SUMMARY:b")
    items = read(one.replace(b"END:VCALENDAR\r\n", b"") + two.split(b"2.0\r\n")[1]).items
    assert [item.content.title for item in items] == ["a", "b"]
    assert len({item.uid for item in items}) == 2


def test_what_is_too_long_is_cut_and_kept_in_the_text() -> None:
    reading = read(event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:" + "a" * 1000))
    plan = plan_import(
        reading,
        BookId("b"),
        {},
        author=Author(None, "Mara"),
        now=START,
        may_change=lambda event: True,
    )
    [made] = plan.new
    assert len(made.content.title) <= 255 and "a" * 1000 in made.content.text
    assert [(each.snag, each.skipped) for each in plan.troubles] == [(Snag.TOO_LONG, False)]


def test_what_somebody_may_not_change_is_left_and_told() -> None:
    [known] = events_of(event("UID:1", "DTSTART:20261120T110000Z", "SUMMARY:Lunch"))
    newer = read(event("UID:1", "DTSTART:20261120T120000Z", "SUMMARY:Dinner"))
    for there, may in ((known, False), (replace(known, feed="f"), True)):
        plan = plan_import(
            newer,
            BookId("b"),
            {there.id: there},
            author=Author(None, "Ines"),
            now=START,
            may_change=lambda event, may=may: may,  # type: ignore[misc]
        )
        assert not plan.number and plan.troubles[0].snag is Snag.READ_ONLY
