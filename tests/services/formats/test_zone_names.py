"""Names of zones as programs show them to people, and those that say too little."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from services.formats.ics_read import read_calendar
from services.formats.zone_names import shown_zone
from services.model.imports import Snag

SHOWN = {
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Amsterdam",
    "(UTC+01:00) Sarajevo, Skopje, Warschau, Zagreb": "Europe/Sarajevo",
    "(GMT-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC-08:00) Pacific Time (US & Canada)": "America/Los_Angeles",
    "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata",
    "(UTC) Coordinated Universal Time": "UTC",
    "Pacific Time": "America/Los_Angeles",
    "Central European Time": "CET",
    "Mitteleuropäische Zeit": "CET",
    "MESZ": "CET",
    "America-New_York": "America/New_York",
    "Hong Kong": "Asia/Hong_Kong",
    "GMT+0100": "Etc/GMT-1",
    "UTC-05": "Etc/GMT+5",
    "+0530": "Asia/Kolkata",
    "GMT+00:00": "UTC",
}


@pytest.mark.parametrize(("name", "key"), SHOWN.items())
def test_a_name_that_says_it_is_understood(name: str, key: str) -> None:
    assert shown_zone(name) == ZoneInfo(key)


@pytest.mark.parametrize(
    "name",
    [
        *("CST", "BST", "Customized Time Zone", "West", "North", "GMT+15", "UTC-13", "-0330"),
        *("", "(UTC+09:00) Berlin", "Customised, Nowhere", "Etc/Unknown"),
    ],
)
def test_what_says_too_little_or_another_thing_is_not_guessed(name: str) -> None:
    assert shown_zone(name) is None


def the_start(zone: str, *definition: str) -> object:
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", *definition, "BEGIN:VEVENT", "UID:1", "SUMMARY:x"),
        *(f'DTSTART;TZID="{zone}":20270115T090000', "END:VEVENT", "END:VCALENDAR"),
    ]
    reading = read_calendar("\r\n".join(lines).encode(), ZoneInfo("Europe/Berlin"))
    if not reading.items:
        return reading.troubles[0].snag
    return getattr(reading.items[0].content.when.start, "tzinfo", None)


@pytest.mark.parametrize(
    ("zone", "key"),
    [
        ("W. Europe Daylight Time", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("/softwarestudio.org/Tzfile/America/New_York", "America/New_York"),
        *SHOWN.items(),
    ],
)
def test_an_event_is_in_the_zone_that_is_shown(zone: str, key: str) -> None:
    assert the_start(zone) == ZoneInfo(key)
    assert the_start("tzone://Microsoft/Custom") is Snag.UNKNOWN_ZONE


def test_what_a_file_defines_goes_before_what_a_name_may_mean() -> None:
    definition = (
        *("BEGIN:VTIMEZONE", "TZID:GMT+0100", "BEGIN:STANDARD", "DTSTART:19701101T020000"),
        *("TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
        *("END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:19700308T020000", "TZOFFSETFROM:-0500"),
        *("TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT"),
        "END:VTIMEZONE",
    )
    assert the_start("GMT+0100", *definition) == ZoneInfo("America/New_York")
