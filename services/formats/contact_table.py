"""Contacts out of a table: the template that we offer, what Outlook and Google export, and others.

:func:`contacts_in` reads rows under any headings of :mod:`services.formats.contact_columns`, a
portion at a time, so that a long table is never there twice. Whatever is wrong with one row is told
with its number, as a spreadsheet shows it, and the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from services.formats.contact_columns import Columns, Numbered, columns_of
from services.formats.contact_names import name_in, row_uid
from services.formats.table_values import Days, day_order, read_day
from services.formats.tables import Cell, Row
from services.formats.vcard_values import day_in
from services.model.contact_lists import ListShape
from services.model.contacts import Address, ContactContent, Phone, PhoneKind
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble

__all__ = ["contacts_in"]

DAYS = ("birthday", "anniversary")
SPLIT = {
    "emails": re.compile(r"\s*(?::::|[;,\n])\s*"),
    "tags": re.compile(r"\s*(?::::|[;,\n])\s*"),
    "groups": re.compile(r"\s*(?::::|[;,\n])\s*"),
    "children": re.compile(r"\s*(?::::|[;,\n])\s*"),
    "links": re.compile(r"\s*(?::::|[;\n]|\s)\s*"),
    "chats": re.compile(r"\s*(?::::|[;\n])\s*"),
}
"""What stands between the entries of a cell that holds several; Google writes `` ::: ``."""
PHONES = re.compile(r"\s*(?::::|[;\n])\s*")
LABELLED = (
    ("fax", PhoneKind.FAX),
    ("mobil", PhoneKind.MOBILE),
    ("cell", PhoneKind.MOBILE),
    ("work", PhoneKind.BUSINESS),
    ("home", PhoneKind.HOME),
)
ADDRESS_PARTS = {
    "street": "street",
    "extended address": "street",
    "po box": "street",
    "city": "city",
    "region": "region",
    "postal code": "postal_code",
    "country": "country",
}
NOT_GROUPS = frozenset({"mycontacts", "starred"})
"""What Google counts as a label of nearly everybody."""
PORTION = 500
"""Rows that are read at once."""
_QUOTED = 100


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How the cells of this one table are to be read, and whom it has named so far."""

    columns: Columns
    order: Days
    seen: set[str] = field(default_factory=set)
    """By their UIDs."""

    def read(self, rows: Iterable[tuple[int, Row]]) -> Reading[ContactContent]:
        """Return the contacts of some rows, each with its number."""
        items: list[Incoming[ContactContent]] = []
        troubles: list[Trouble] = []
        for number, row in rows:
            item, bad_day = _incoming(number, row, self)
            about = item.content.name[:_QUOTED]
            if not about:
                troubles.append(Trouble(number, "", Snag.NO_NAME))
                continue
            if bad_day:
                troubles.append(Trouble(number, about, Snag.NOT_A_DATE, skipped=False))
            if item.uid in self.seen:
                troubles.append(Trouble(number, about, Snag.TWICE))
            else:
                self.seen.add(item.uid)
                items.append(item)
        return Reading(tuple(items), tuple(troubles))


def contacts_in(
    rows: Iterable[Row], language: str, shape: ListShape | None = None
) -> Iterator[Reading[ContactContent]]:
    """Yield the contacts of a table in portions.

    Args:
        rows: the table, which is gone through twice; its first row names the columns.
        language: of whoever sent it, for dates such as 3/4/1987 that say nothing themselves.
        shape: the fields of the list into which they shall go.

    Raises:
        BadFile: there is no column that could name anybody.
    """
    heading = next(iter(rows), None)
    if heading is None:
        raise BadFile(FileWrong.EMPTY)
    columns = columns_of(heading, [each.name for each in shape.fields] if shape else ())
    if not columns.can_name:
        raise BadFile(FileWrong.NO_CONTACT_COLUMNS)
    order, is_guess = day_order(_days(rows, columns), language)
    sheet = _Sheet(columns, order)
    yield Reading((), notes=(order.value,) if is_guess else ())
    filled = ((number, row) for number, row in _below_heading(rows) if any(map(_is_there, row)))
    while portion := list(islice(filled, PORTION)):
        yield sheet.read(portion)


def _below_heading(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    return islice(enumerate(rows, start=1), 1, None)


def _is_there(cell: Cell) -> bool:
    return cell not in (None, "")


def _days(rows: Iterable[Row], columns: Columns) -> Iterator[Cell]:
    at = [column for column, place in columns.places if place in DAYS]
    at += [each.parts["value"] for each in columns.numbered if _is_day(each)]
    for _, row in _below_heading(rows):
        yield from (row[column] for column in at if column < len(row))


def _is_day(each: Numbered) -> bool:
    return each.what == "event" and "value" in each.parts


def _incoming(number: int, row: Row, sheet: _Sheet) -> tuple[Incoming[ContactContent], bool]:
    """Return the contact of a row, and whether a day in it is none."""
    found = _Cells(sheet.order)
    for column, place in sheet.columns.places:
        if column < len(row):
            found.take(place, row[column])
    for each in sheet.columns.numbered:
        found.take_labelled(each, row)
    own = {
        name: text
        for column, name in sheet.columns.own
        if column < len(row) and (text := _text(row[column]))
    }
    content = found.content()
    item = Incoming(number, found.uid or row_uid(content), content, own=own)
    return item, found.has_bad_day


class _Cells:
    """What the cells of one row say."""

    __slots__ = ("_fields", "_lists", "_order", "_parts", "has_bad_day", "uid")

    def __init__(self, order: Days) -> None:
        self._order = order
        self._fields: dict[str, Any] = {}
        self._lists: dict[str, dict[Any, None]] = {}
        self._parts: dict[str, dict[str, str]] = {}
        self.uid = ""
        self.has_bad_day = False

    def take(self, place: str, cell: Cell) -> None:
        """Put a cell where its column leads."""
        if cell is None or cell == "":
            return
        if place in DAYS:
            self._take_day(place, cell)
            return
        text = _text(cell)
        where, _, part = place.partition(".")
        if not text:
            return
        if where == "uid":
            self.uid = text[:500]
        elif where == "phones":
            self._also("phones", (Phone(PhoneKind(part), each) for each in PHONES.split(text)))
        elif part:
            self._add_part(where, part, text)
        elif where in SPLIT:
            self._also(where, SPLIT[where].split(text))
        else:
            self._fields.setdefault(where, text)

    def take_labelled(self, each: Numbered, row: Row) -> None:
        """Put one of Google's numbered things where its label says."""
        label = _text(_cell(row, each.label)).casefold().lstrip("* ")
        value = _cell(row, each.parts.get("value"))
        match each.what:
            case "e-mail":
                self.take("emails", value)
            case "phone":
                kind = next((kind for word, kind in LABELLED if word in label), PhoneKind.OTHER)
                self.take(f"phones.{kind}", value)
            case "website":
                self.take("links" if "website" in self._fields else "website", value)
            case "im":
                self.take("chats", value)
            case "event":
                self.take("anniversary" if "anniversary" in label else "birthday", value)
            case "relation":
                names = {"child": "children", "spouse": "spouse", "assistant": "assistant"}
                self.take(names.get(label, "") or "relation", value)
            case "address":
                self._take_address(label, each, row)
            case _:  # an organisation
                for part, place in (
                    *(("name", "company"), ("title", "job")),
                    *(("department", "department"), ("location", "office")),
                ):
                    self.take(place, _cell(row, each.parts.get(part)))

    def content(self) -> ContactContent:
        """Return the contact; without a name where nothing in the row could be one."""
        given: dict[str, Any] = dict(self._fields)
        given.pop("relation", None)
        given |= {name: tuple(entries) for name, entries in self._lists.items()}
        given |= {name: Address(**parts) for name, parts in self._parts.items()}
        if "groups" in given:
            given["groups"] = tuple(_groups(given["groups"]))
        name = given.pop("name", "") or name_in(given)
        return ContactContent(name=name, **given)

    def _take_day(self, place: str, cell: Cell) -> None:
        text = cell.strip() if isinstance(cell, str) else ""
        if isinstance(cell, str) and text in NO_DAYS:
            return
        day = (day_in(text) if text else None) or read_day(cell, self._order)
        if day is None or not 1600 <= day.year <= 2200:
            self.has_bad_day = True
        else:
            self._fields.setdefault(place, date(day.year, day.month, day.day))

    def _take_address(self, label: str, each: Numbered, row: Row) -> None:
        where = "business" if "work" in label else "home" if "home" in label else "other"
        for part, place in ADDRESS_PARTS.items():
            text = _text(_cell(row, each.parts.get(part)))
            if text:
                self._add_part(f"{where}_address", place, text)

    def _add_part(self, where: str, part: str, text: str) -> None:
        parts = self._parts.setdefault(where, {})
        parts[part] = f"{parts[part]}\n{text}" if part in parts else text

    def _also(self, name: str, entries: Iterable[Any]) -> None:
        there = self._lists.setdefault(name, {})
        for each in entries:
            if each and getattr(each, "number", each):
                there.setdefault(each)


NO_DAYS = frozenset({"", "0/0/00", "0.0.00", "00/00/0000"})
"""What Outlook writes for a day that nobody has entered."""


def _cell(row: Row, column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a phone number that a spreadsheet has taken for an amount
    return "" if cell is None else str(cell).strip()


def _groups(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        bare = name.lstrip("* ")
        if bare and bare.casefold() not in NOT_GROUPS:
            yield bare
