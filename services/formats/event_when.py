"""When an event of a table happens: day and hour, in two cells or in one, as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.formats.event_sheet import BadRow, Sheet
from services.formats.table_values import Days, read_day, read_time, said_yes
from services.formats.tables import Cell, Row
from services.model.errors import UnknownZone
from services.model.imports import Snag
from services.model.times import AllDay, Timed, When, zone_named

__all__ = ["minutes_before", "when_in"]

_HOUR = re.compile(
    r"[ T,]\s*(\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?"
    r"|\d{1,2}(?:[.h]\d{2})?\s*(?:uhr|h|[ap]\.?m\.?))\s*",
    re.I,
)
"""An hour behind a day: with minutes, or with a word that says so."""
MIDNIGHT = time()


def when_in(row: Row, sheet: Sheet) -> When:
    """Return when the event of a row happens.

    Raises:
        BadRow: it has no start, or one that cannot be.
    """
    given, until = (_moment(sheet.cell(row, each), sheet.home) for each in ("start_day", "end_day"))
    start_day = _day(given, sheet.order)
    if start_day is None:
        raise BadRow(Snag.NO_START)
    end_day = _day(until, sheet.order)
    start_at = _clock(sheet.cell(row, "start_time")) or _clock_in(given)
    end_at = _clock(sheet.cell(row, "end_time")) or _clock_in(until)
    said = said_yes(sheet.cell(row, "all_day"))
    if said or start_at is None:
        last = end_day or start_day
        if said and end_at == MIDNIGHT and last > start_day:
            last -= timedelta(days=1)  # Outlook says where it ends: the midnight after the last day
        if last < start_day:
            raise BadRow(Snag.ENDS_BEFORE_START)
        return AllDay(start_day, last + timedelta(days=1))
    zone = _zone(sheet.text(row, "zone"), sheet.home)
    start = datetime.combine(start_day, start_at, zone)
    end = datetime.combine(end_day or start_day, end_at or start_at, zone)
    if end_at is None and end_day is None:
        end = start + timedelta(hours=1)
    elif end < start and end_day is None:  # from 22:00 to 02:00
        end += timedelta(days=1)
    if end < start:
        raise BadRow(Snag.ENDS_BEFORE_START)
    return Timed(start, end)


def minutes_before(row: Row, sheet: Sheet, when: When) -> int | None:
    """Return how long before an event somebody is reminded, where a row says when that is."""
    day = read_day(sheet.cell(row, "reminder_day"), sheet.order)
    at = read_time(sheet.cell(row, "reminder_time"))
    if day is None or at is None:
        return None
    start = when.start if isinstance(when.start, datetime) else datetime.combine(when.start, time())
    before = start.replace(tzinfo=None) - datetime.combine(day, at)
    return before // timedelta(minutes=1)


def _moment(cell: Cell, home: ZoneInfo) -> Cell:
    """Return a moment that a program has spelled out as one of the calendar's own clock."""
    if not isinstance(cell, str) or "T" not in cell:
        return cell
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        return cell
    return moment if moment.tzinfo is None else moment.astimezone(home).replace(tzinfo=None)


def _day(cell: Cell, order: Days) -> date | None:
    if cell in (None, ""):
        return None
    day = read_day(cell, order)
    if day is None:
        raise BadRow(Snag.NOT_A_DATE)
    if not 1900 <= day.year <= 2200:
        raise BadRow(Snag.OUT_OF_RANGE)
    return day


def _clock(cell: Cell) -> time | None:
    if cell in (None, ""):
        return None
    at = read_time(cell)
    if at is None:
        raise BadRow(Snag.NOT_A_TIME)
    return at


def _clock_in(cell: Cell) -> time | None:
    """Return the time of day of a cell that holds day and time at once."""
    if isinstance(cell, datetime):
        return cell.time() if cell.time() != MIDNIGHT else None
    if isinstance(cell, float) and cell % 1:
        return read_time(cell)
    if not isinstance(cell, str):
        return None
    found = [each for each in _HOUR.finditer(f"{cell} ") if each.end() >= len(cell)]
    return read_time(found[-1][1]) if found else None


def _zone(name: str, home: ZoneInfo) -> ZoneInfo:
    try:
        return zone_named(name) if name else home
    except UnknownZone:
        raise BadRow(Snag.UNKNOWN_ZONE) from None
