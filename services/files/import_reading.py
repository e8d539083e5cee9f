"""A file of any kind becomes a reading: what it is, is told by what it holds, not by its name.

A calendar file or a vCard says so itself; a table is one of events where its columns are, and one
of contacts where it has more columns of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from zoneinfo import ZoneInfo

from services.contacts.pictures import portrait
from services.formats.contact_columns import columns_of, folded_name, naming
from services.formats.contact_table import contacts_in
from services.formats.event_table import dating, event_columns, events_in
from services.formats.ics_read import read_calendar
from services.formats.table_heading import heading_in, table_for
from services.formats.tables import tables_in
from services.formats.vcard_read import read_vcards
from services.formats.wide_text import wide_encoding
from services.model.books import BookKind
from services.model.contact_lists import ListShape
from services.model.contacts import ContactContent
from services.model.errors import BadPicture
from services.model.events import EventContent
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble

__all__ = ["kind_of", "kind_said", "read_contacts", "read_events"]

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
        rows, told = table_for(tables_in(data), dating)
        reading = events_in(list(rows), home, language)
        reading = replace(reading, notes=(*told, *reading.notes))
    if not (reading.items or reading.troubles or reading.cancelled):
        raise BadFile(FileWrong.EMPTY)
    return reading


def read_contacts(
    data: bytes, language: str, shape: ListShape
) -> Iterator[Reading[ContactContent]]:
    """Yield the contacts of vCards or of a table in portions, as many at a time as are handy.

    Args:
        data: the file.
        language: of whoever sent it: it tells how a table's dates are meant.
        shape: the fields of the list into which they shall go.

    Raises:
        BadFile: it holds no contacts, or cannot be read.
    """
    if not data.strip():
        raise BadFile(FileWrong.EMPTY)
    if _begins(data, b"BEGIN:VCARD"):
        own = {folded_name(field.name): field.kind for field in shape.fields}
        portions = _with_portraits(read_vcards(data, own))
    elif _begins(data, b"BEGIN:VCALENDAR"):
        raise BadFile(FileWrong.NOT_CONTACTS)
    else:
        rows, told = table_for(tables_in(data), naming)
        portions = chain([Reading((), notes=told)], contacts_in(rows, language, shape))
    is_empty = True
    for reading in portions:
        is_empty = is_empty and not (reading.items or reading.troubles)
        yield reading
    if is_empty:
        raise BadFile(FileWrong.EMPTY)


def _with_portraits(reading: Reading[ContactContent]) -> Iterator[Reading[ContactContent]]:
    """Yield contacts with their pictures as we keep them; what is none is left out and told."""
    yield Reading((), reading.troubles)
    for start in range(0, len(reading.items), PORTION):
        troubles: list[Trouble] = []
        items = [_portrayed(item, troubles) for item in reading.items[start : start + PORTION]]
        yield Reading(tuple(items), tuple(troubles))


def _portrayed(item: Incoming[ContactContent], troubles: list[Trouble]) -> Incoming[ContactContent]:
    if not item.photo:
        return item
    try:
        return replace(item, photo=portrait(item.photo))
    except BadPicture:
        about = item.content.name[:_QUOTED]
        troubles.append(Trouble(item.row, about, Snag.BAD_PHOTO, skipped=False))
        return replace(item, photo=b"")


PORTION = 100
"""vCards that are handed on at once, with their pictures."""
_QUOTED = 100


def kind_said(data: bytes) -> BookKind | None:
    """Return what a file says itself that it holds; ``None`` for a table, which says nothing."""
    if _begins(data, b"BEGIN:VCALENDAR") or not data.strip():
        return BookKind.CALENDAR
    return BookKind.CONTACTS if _begins(data, b"BEGIN:VCARD") else None


def kind_of(data: bytes) -> BookKind:
    """Return what a file holds.

    Raises:
        BadFile: it is no file that can be imported, or a table whose columns do not tell.
    """
    said = kind_said(data)
    if said is not None:
        return said
    rows, _ = table_for(tables_in(data), lambda row: dating(row) or naming(row))
    events = event_columns(heading_in(rows, dating)[1])
    contacts = columns_of(heading_in(rows, naming)[1])
    if {"title", "start_day"} <= events.keys() and len(events) >= contacts.known:
        return BookKind.CALENDAR
    if contacts.can_name:
        return BookKind.CONTACTS
    if events.keys().isdisjoint({"title", "start_day"}):
        raise BadFile(FileWrong.NO_KNOWN_COLUMNS)
    return BookKind.CALENDAR  # which tells what is missing


def _begins(data: bytes, word: bytes) -> bool:
    """Whether a line of a file begins so; what stands in the cell of a table does not count."""
    head = data[:_LOOKED_AT]
    if wide := wide_encoding(head):
        head = head.decode(wide, "replace").encode()
    lines = head.upper().splitlines()
    return any(line.lstrip(b"\xef\xbb\xbf \t").startswith(word) for line in lines)
