"""Files to import: always the same ones, in the shape in which Google Calendar writes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from services.formats.tables import csv_file
from services.formats.workbooks import workbook_file

__all__ = ["a_calendar", "a_spreadsheet", "a_table"]

BEGIN = datetime(2026, 1, 5, 8, tzinfo=ZoneInfo("Europe/Berlin"))
WORDS = ("Budget", "Review", "Lunch", "Planning", "Interview", "Release", "Workshop", "Fitting")
TEXT = "We go through what is open\\, what is late\\nand what comes next. Bring your numbers."
HEADING = ("Subject", "Start Date", "Start Time", "End Date", "End Time", "Location", "UID")
EVENT = """BEGIN:VEVENT\r
DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}\r
DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}\r
{rule}DTSTAMP:20261101T081500Z\r
ORGANIZER;CN=Mara Lindqvist:mailto:mara@harbour.example\r
UID:{number}@google.com\r
CREATED:20261001T101112Z\r
DESCRIPTION:{text}\r
LAST-MODIFIED:20261030T070809Z\r
LOCATION:Room {room}\r
SEQUENCE:0\r
STATUS:CONFIRMED\r
SUMMARY:{title} {number}\r
TRANSP:OPAQUE\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
DESCRIPTION:This is an event reminder\r
TRIGGER:-P0DT0H10M0S\r
END:VALARM\r
END:VEVENT\r
"""


def a_calendar(events: int, word: str = "") -> bytes:
    """Return an ICS file; one event in ten repeats. Another ``word`` makes other titles."""
    body = "".join(_event(number, word) for number in range(events))
    head = "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n"
    return f"{head}{body}END:VCALENDAR\r\n".encode()


def a_table(events: int) -> bytes:
    """Return a CSV file."""
    return csv_file(_rows(events))


def a_spreadsheet(events: int) -> bytes:
    """Return an xlsx file."""
    return workbook_file("Events", _rows(events))


def _rows(events: int) -> list[tuple[str, ...]]:
    return [HEADING, *(_row(number) for number in range(events))]


def _row(number: int) -> tuple[str, ...]:
    start, chance = _start(number), Random(number)
    end = start + timedelta(minutes=45)
    title = f"{chance.choice(WORDS)} {number}"
    day, at, until = f"{start:%d.%m.%Y}", f"{start:%H:%M}", f"{end:%H:%M}"
    return title, day, at, day, until, f"Room {chance.randrange(400)}", f"{number}@club"


def _start(number: int) -> datetime:
    return BEGIN + timedelta(days=number % 1000, minutes=15 * (number % 32))


def _event(number: int, word: str) -> str:
    start, chance = _start(number), Random(number)
    return EVENT.format(
        start=start,
        end=start + timedelta(minutes=45),
        rule="RRULE:FREQ=WEEKLY;COUNT=30;BYDAY=MO,TU,WE,TH,FR,SA,SU\r\n"
        if number % 10 == 0
        else "",
        number=number,
        text=TEXT,
        room=chance.randrange(400),
        title=f"{word}{chance.choice(WORDS)}",
    )
