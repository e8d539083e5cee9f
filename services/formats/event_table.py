"""Events out of a table: our own (:mod:`services.formats.event_rows`), Outlook's and Google's.

:func:`events_in` reads rows under any headings it knows, in five languages. A row is an event;
whatever is wrong with one is told with the number of the row, as a spreadsheet shows it, and the
others are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.formats.event_columns import FIELDS
from services.formats.rrule import read_rrule
from services.formats.table_heading import AT, heading_in
from services.formats.table_values import Days, day_order, number_of, read_day, read_time, said_yes
from services.formats.tables import Cell, Row
from services.ids import id_of
from services.model.emoji import is_emoji
from services.model.errors import InvalidInput, UnknownZone
from services.model.event_links import read_link
from services.model.events import (
    EventContent,
    Importance,
    Participant,
    Sensitivity,
    ShowAs,
    WebLink,
)
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble
from services.model.settings import Color
from services.model.times import AllDay, Timed, When, zone_named

__all__ = ["dating", "event_columns", "events_in"]

SHOWN = {
    **{each.value: each for each in ShowAs},
    **{"0": ShowAs.TENTATIVE, "1": ShowAs.TENTATIVE, "2": ShowAs.BUSY, "3": ShowAs.FREE},
    **{"4": ShowAs.AWAY, "out of office": ShowAs.AWAY, "oof": ShowAs.AWAY},
    "working elsewhere": ShowAs.ELSEWHERE,
}
"""Outlook exports numbers."""
_QUOTED = 100
MOST_REMINDER = 28 * 24 * 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How the cells of this one table are to be read."""

    columns: Mapping[str, int]
    order: Days
    home: ZoneInfo

    def cell(self, row: Row, field: str) -> Cell:
        column = self.columns.get(field)
        value = row[column] if column is not None and column < len(row) else None
        return value.strip() if isinstance(value, str) else value

    def text(self, row: Row, field: str) -> str:
        value = self.cell(row, field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value)


class _Bad(ValueError):
    def __init__(self, snag: Snag) -> None:
        super().__init__(snag.value)
        self.snag = snag


def events_in(rows: Sequence[Row], home: ZoneInfo, language: str) -> Reading[EventContent]:
    """Return the events of a table.

    Args:
        rows: the table; one of its first rows names the columns.
        home: the zone of times whose row names none.
        language: of whoever sent it, for dates such as 3/4/2027 that say nothing themselves.

    Raises:
        BadFile: there is no column for a title or none for a start.
    """
    if not rows:
        raise BadFile(FileWrong.EMPTY)
    at, heading = heading_in(rows, dating)
    columns = event_columns(heading)
    if not {"title", "start_day"} <= columns.keys():
        raise BadFile(FileWrong.NO_COLUMNS)
    days = [row[columns["start_day"]] for row in rows[at:] if columns["start_day"] < len(row)]
    order, is_guess = day_order(days, language)
    sheet = _Sheet(columns, order, home)
    items: list[Incoming[EventContent]] = []
    troubles: list[Trouble] = []
    for number, row in enumerate(rows[at:], start=at + 1):
        if not any(cell not in (None, "") for cell in row):
            continue
        try:
            items.append(_incoming(number, row, sheet))
        except _Bad as err:
            troubles.append(Trouble(number, sheet.text(row, "title")[:_QUOTED], err.snag))
    told = (order.value,) if is_guess else ()
    notes = told if at == 1 else (f"{AT}{at}", *told)
    return Reading(*_once(items, troubles), notes=notes)


def event_columns(heading: Row) -> Mapping[str, int]:
    """Return which column holds which field, as far as the first row of a table names any."""
    found: dict[str, int] = {}
    for number, cell in enumerate(heading):
        name = " ".join(str(cell or "").replace("_", " ").casefold().split())
        field = FIELDS.get(name)
        if field is not None:
            found.setdefault(field, number)
    return found


def dating(heading: Row) -> int:
    """Return how many columns a row names; 0 = it lacks one that an event must have."""
    columns = event_columns(heading)
    return len(columns) if {"title", "start_day"} <= columns.keys() else 0


def _once(
    items: Iterable[Incoming[EventContent]], troubles: list[Trouble]
) -> tuple[tuple[Incoming[EventContent], ...], tuple[Trouble, ...]]:
    """Leave out rows that say again what an earlier one has said."""
    seen: dict[str, Incoming[EventContent]] = {}
    for item in items:
        if item.uid in seen:
            troubles.append(Trouble(item.row, item.content.title[:_QUOTED], Snag.TWICE))
        seen.setdefault(item.uid, item)
    return tuple(seen.values()), tuple(troubles)


def _incoming(number: int, row: Row, sheet: _Sheet) -> Incoming[EventContent]:
    title = sheet.text(row, "title")
    if not title:
        raise _Bad(Snag.NO_TITLE)
    when = _when(row, sheet)
    repeats = sheet.text(row, "repeats")
    try:
        rule = read_rrule(repeats, when.start) if repeats else None
    except InvalidInput:
        raise _Bad(Snag.UNKNOWN_RULE) from None
    content = EventContent(
        title=title,
        when=when,
        place=sheet.text(row, "place"),
        text=sheet.text(row, "text"),
        rule=rule,
        show_as=SHOWN.get(sheet.text(row, "show_as").casefold(), ShowAs.BUSY),
        sensitivity=_sensitivity(row, sheet),
        reminder_minutes=_reminder(row, sheet),
        importance=_importance(row, sheet),
        tags=_tags(sheet.text(row, "tags")),
        **_extras(row, sheet),
    )
    uid = sheet.text(row, "uid") or id_of("row", title.casefold(), when.start.isoformat())
    return Incoming(number, uid, content)


def _when(row: Row, sheet: _Sheet) -> When:
    given = sheet.cell(row, "start_day")
    start_day = _day(given, sheet.order)
    if start_day is None:
        raise _Bad(Snag.NO_START)
    end_day = _day(sheet.cell(row, "end_day"), sheet.order)
    start_at = _clock(sheet.cell(row, "start_time")) or _clock_in(given)
    end_at = _clock(sheet.cell(row, "end_time")) or _clock_in(sheet.cell(row, "end_day"))
    said = sheet.cell(row, "all_day")
    if said_yes(said) or start_at is None:
        last = end_day or start_day
        if last < start_day:
            raise _Bad(Snag.ENDS_BEFORE_START)
        return AllDay(start_day, last + timedelta(days=1))
    zone = _zone(sheet.text(row, "zone"), sheet.home)
    start = datetime.combine(start_day, start_at, zone)
    end = datetime.combine(end_day or start_day, end_at or start_at, zone)
    if end_at is None and end_day is None:
        end = start + timedelta(hours=1)
    elif end < start and end_day is None:  # from 22:00 to 02:00
        end += timedelta(days=1)
    if end < start:
        raise _Bad(Snag.ENDS_BEFORE_START)
    return Timed(start, end)


def _day(cell: Cell, order: Days) -> date | None:
    if cell in (None, ""):
        return None
    day = read_day(cell, order)
    if day is None:
        raise _Bad(Snag.NOT_A_DATE)
    if not 1900 <= day.year <= 2200:
        raise _Bad(Snag.OUT_OF_RANGE)
    return day


def _clock(cell: Cell) -> time | None:
    if cell in (None, ""):
        return None
    at = read_time(cell)
    if at is None:
        raise _Bad(Snag.NOT_A_TIME)
    return at


def _clock_in(cell: Cell) -> time | None:
    """Return the time of day of a cell that holds day and time at once."""
    if isinstance(cell, datetime):
        return cell.time() if cell.time() != time() else None
    if isinstance(cell, str) and ":" in cell:
        return read_time(cell.replace("T", " ").partition(" ")[2])
    return None


def _zone(name: str, home: ZoneInfo) -> ZoneInfo:
    try:
        return zone_named(name) if name else home
    except UnknownZone:
        raise _Bad(Snag.UNKNOWN_ZONE) from None


def _tags(text: str) -> tuple[str, ...]:
    parts = text.replace(";", ",").split(",")
    return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))


def _sensitivity(row: Row, sheet: _Sheet) -> Sensitivity:
    said = sheet.cell(row, "private")
    return Sensitivity.PRIVATE if said_yes(said) else Sensitivity.NORMAL


def _extras(row: Row, sheet: _Sheet) -> dict[str, Any]:
    color, emoji = sheet.text(row, "color").casefold(), sheet.text(row, "emoji")
    join = _links(sheet.text(row, "meeting_url"))
    names = sheet.text(row, "people").replace("\n", ";").split(";")
    return {
        "color": Color(color) if color in set(Color) else Color.NONE,
        "emoji": emoji if is_emoji(emoji) else "",
        "meeting_url": join[0].url if join else "",
        "links": _links(sheet.text(row, "links")),
        "people": tuple(map(Participant, dict.fromkeys(filter(None, map(str.strip, names))))),
    }


def _links(text: str) -> tuple[WebLink, ...]:
    """Return the links of a cell, one in each line."""
    found = [read_link(line) for line in text.splitlines() if line.strip()]
    if None in found:
        raise _Bad(Snag.NOT_A_LINK)
    return tuple(dict.fromkeys(filter(None, found)))


def _importance(row: Row, sheet: _Sheet) -> Importance:
    said = sheet.text(row, "importance").casefold()
    return Importance(said) if said in {each.value for each in Importance} else Importance.NORMAL


def _reminder(row: Row, sheet: _Sheet) -> int | None:
    minutes = number_of(sheet.cell(row, "reminder"))
    return minutes if minutes is not None and 0 <= minutes <= MOST_REMINDER else None
