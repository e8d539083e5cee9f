"""A file of any kind becomes a reading: what it is, is told by its first bytes, not by its name."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from services.formats.event_table import events_in
from services.formats.ics_read import read_calendar
from services.formats.tables import read_table
from services.model.events import EventContent
from services.model.imports import BadFile, FileWrong, Reading

__all__ = ["read_events"]

_LOOKED_AT = 4_000


def read_events(data: bytes, home: ZoneInfo, language: str) -> Reading[EventContent]:
    """Return the events of a calendar file or of a table.

    Args:
        data: the file.
        home: the zone of the calendar that reads it.
        language: of whoever sent it: it tells how a table's dates are meant.

    Raises:
        BadFile: it holds no events, or cannot be read.
    """
    if not data.strip():
        raise BadFile(FileWrong.EMPTY)
    if _begins(data, b"BEGIN:VCALENDAR"):
        reading = read_calendar(data, home)
    elif _begins(data, b"BEGIN:VCARD"):
        raise BadFile(FileWrong.NOT_A_CALENDAR)
    else:
        reading = events_in(read_table(data), home, language)
    if not (reading.items or reading.troubles or reading.cancelled):
        raise BadFile(FileWrong.EMPTY)
    return reading


def _begins(data: bytes, word: bytes) -> bool:
    head = data[:_LOOKED_AT]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return word in head.upper()
