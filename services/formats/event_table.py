"""Events out of a table: our own (:mod:`services.formats.event_rows`), Outlook's and Google's.

:func:`events_in` reads rows under any headings it knows, in five languages. A row is an event;
whatever is wrong with one is told with the number of the row, as a spreadsheet shows it, and the
others are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from services.formats.event_columns import FIELDS
from services.formats.event_sheet import BadRow, Sheet
from services.formats.event_when import minutes_before, when_in
from services.formats.rrule import read_rrule
from services.formats.table_heading import AT, heading_in
from services.formats.table_values import day_order, number_of, said_yes
from services.formats.tables import Row
from services.ids import id_of
from services.model.emoji import is_emoji
from services.model.errors import InvalidInput
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
from services.model.times import When

__all__ = ["dating", "event_columns", "events_in"]

HOURS = {"start_day": "start_time", "end_day": "end_time"}
SHOWN = {
    **{each.value: each for each in ShowAs},
    **{"0": ShowAs.TENTATIVE, "1": ShowAs.TENTATIVE, "2": ShowAs.BUSY, "3": ShowAs.FREE},
    **{"4": ShowAs.AWAY, "out of office": ShowAs.AWAY, "oof": ShowAs.AWAY},
    "working elsewhere": ShowAs.ELSEWHERE,
    **dict.fromkeys(("frei", "libre", "disponible", "fri", "ledig"), ShowAs.FREE),
    **dict.fromkeys(("mit vorbehalt", "provisoire", "provisional", "foreløbig"), ShowAs.TENTATIVE),
    **dict.fromkeys(("abwesend", "absent", "absent(e)", "fuera de la oficina"), ShowAs.AWAY),
    "ikke til stede": ShowAs.AWAY,
    "an einem anderen ort tätig": ShowAs.ELSEWHERE,
}
"""Outlook exports numbers."""
SENSITIVE = {
    **dict.fromkeys(("private", "privat", "privé", "privado"), Sensitivity.PRIVATE),
    **dict.fromkeys(("personal", "persönlich", "personnel", "personlig"), Sensitivity.PERSONAL),
    **dict.fromkeys(("confidential", "vertraulich", "confidentiel"), Sensitivity.CONFIDENTIAL),
    **dict.fromkeys(("confidencial", "fortrolig"), Sensitivity.CONFIDENTIAL),
}
IMPORTANT = {
    **dict.fromkeys(("high", "hoch", "haute", "élevée", "alta", "høj"), Importance.HIGH),
    **dict.fromkeys(("low", "niedrig", "basse", "faible", "baja", "lav"), Importance.LOW),
}
_QUOTED = 100
MOST_REMINDER = 28 * 24 * 60


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
    sheet = Sheet(columns, order, home)
    items: list[Incoming[EventContent]] = []
    troubles: list[Trouble] = []
    for number, row in enumerate(rows[at:], start=at + 1):
        if not any(cell not in (None, "") for cell in row):
            continue
        try:
            items.append(_incoming(number, row, sheet))
        except BadRow as err:
            troubles.append(Trouble(number, sheet.text(row, "title")[:_QUOTED], err.snag))
    told = (order.value,) if is_guess else ()
    notes = told if at == 1 else (f"{AT}{at}", *told)
    return Reading(*_once(items, troubles), notes=notes)


def event_columns(heading: Row) -> Mapping[str, int]:
    """Return which column holds which field, as far as a row names any.

    Outlook in French calls both the day and the hour of a start *Début*: the second is the hour.
    """
    found: dict[str, int] = {}
    for number, cell in enumerate(heading):
        name = " ".join(str(cell or "").replace("_", " ").casefold().split())
        field = FIELDS.get(name)
        if field in found:
            field = HOURS.get(field)
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


def _incoming(number: int, row: Row, sheet: Sheet) -> Incoming[EventContent]:
    title = sheet.text(row, "title")
    if not title:
        raise BadRow(Snag.NO_TITLE)
    when = when_in(row, sheet)
    repeats = sheet.text(row, "repeats")
    try:
        rule = read_rrule(repeats, when.start) if repeats else None
    except InvalidInput:
        raise BadRow(Snag.UNKNOWN_RULE) from None
    content = EventContent(
        title=title,
        when=when,
        place=sheet.text(row, "place"),
        text=sheet.text(row, "text"),
        rule=rule,
        show_as=SHOWN.get(sheet.text(row, "show_as").casefold(), ShowAs.BUSY),
        sensitivity=_sensitivity(row, sheet),
        reminder_minutes=_reminder(row, sheet, when),
        importance=_importance(row, sheet),
        tags=_tags(sheet.text(row, "tags")),
        **_extras(row, sheet),
    )
    uid = sheet.text(row, "uid") or id_of("row", title.casefold(), when.start.isoformat())
    return Incoming(number, uid, content)


def _tags(text: str) -> tuple[str, ...]:
    parts = text.replace(";", ",").split(",")
    return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))


def _sensitivity(row: Row, sheet: Sheet) -> Sensitivity:
    said = SENSITIVE.get(sheet.text(row, "sensitivity").casefold(), Sensitivity.NORMAL)
    if said is Sensitivity.NORMAL and said_yes(sheet.cell(row, "private")):
        return Sensitivity.PRIVATE
    return said


def _extras(row: Row, sheet: Sheet) -> dict[str, Any]:
    color, emoji = sheet.text(row, "color").casefold(), sheet.text(row, "emoji")
    join = _links(sheet.text(row, "meeting_url"))
    named = ";".join(sheet.text(row, each) for each in ("people", "required", "optional"))
    names = named.replace("\n", ";").split(";")
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
        raise BadRow(Snag.NOT_A_LINK)
    return tuple(dict.fromkeys(filter(None, found)))


def _importance(row: Row, sheet: Sheet) -> Importance:
    return IMPORTANT.get(sheet.text(row, "importance").casefold(), Importance.NORMAL)


def _reminder(row: Row, sheet: Sheet, when: When) -> int | None:
    minutes = number_of(sheet.cell(row, "reminder"))
    if minutes is None and said_yes(sheet.cell(row, "is_reminded")):
        minutes = minutes_before(row, sheet, when)
    return minutes if minutes is not None and 0 <= minutes <= MOST_REMINDER else None
