"""What the cells of one row say about a contact, put together cell by cell.

Where a column leads is worked out once for a table: :func:`putting` returns what puts the cells of
a column in their place, and :func:`labelled` what does so for one of Google's numbered things,
whose label stands in another column. :class:`RowCells` is what a row has said so far.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from services.formats import tables
from services.formats.contact_columns import Numbered
from services.formats.contact_names import EVERYBODYS, name_in
from services.formats.table_values import Days, read_day_of_life
from services.formats.tables import Cell, Row
from services.formats.vcard_values import day_in
from services.model.contacts import Address, ContactContent, Phone, PhoneKind

__all__ = ["DAYS", "Put", "RowCells", "Way", "labelled", "putting", "text_of"]

DAYS = ("birthday", "anniversary")
SPLIT = {
    **dict.fromkeys(("emails", "tags", "groups", "children"), re.compile(":::|[;,\n]")),
    "links": re.compile(r":::|[;\s]"),
    **dict.fromkeys(("chats", "phones"), re.compile(":::|[;\n]")),
}
"""What stands between the entries of a cell that holds several; Google writes `` ::: ``."""
QUOTED = re.compile(r'(?:^|;)\s*"')
"""How a cell looks in which an entry stands between quotation marks, as we write it."""
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
OTHER_ADDRESS = "other_address"
ORGANIZATION_PARTS = {
    "name": "company",
    "title": "job",
    "department": "department",
    "location": "office",
}
RELATIONS = {
    **{"child": "children", "spouse": "spouse", "partner": "spouse"},
    **{"assistant": "assistant", "manager": "manager"},
}
NO_DAYS = frozenset({"", "0/0/00", "0.0.00", "00/00/0000"})
"""What Outlook writes for a day that nobody has entered."""
LONGEST_UID = 500
LABELS = 256
"""So many different ones of a table are understood once, and others each time."""


class RowCells:
    """What a row has said so far.

    Args:
        order: which way round its days are.
    """

    __slots__ = ("_lists", "_order", "_parts", "fields", "has_bad_day", "uid")

    def __init__(self, order: Days) -> None:
        self._order = order
        self.fields: dict[str, Any] = {}
        """Those of one text or day; the first cell to say it is right."""
        self._lists: dict[str, dict[Any, None]] = {}
        self._parts: dict[str, dict[str, str]] = {}
        self.uid = ""
        self.has_bad_day = False

    def content(self) -> ContactContent:
        """Return the contact; without a name where nothing in the row could be one."""
        given = dict(self.fields)
        for name, entries in self._lists.items():
            given[name] = tuple(entries)
        for name, parts in self._parts.items():
            given[name] = Address(**parts)
        name = given.pop("name", "") or name_in(given)
        return ContactContent(name=name, **given)

    def put_day(self, name: str, cell: Cell) -> None:
        """Take a cell for a day; what is none is noted."""
        text = cell.strip() if isinstance(cell, str) else ""
        if isinstance(cell, str) and text in NO_DAYS:
            return
        day = (day_in(text) if text else None) or read_day_of_life(cell, self._order)
        if day is None or not 1600 <= day.year <= 2200:
            self.has_bad_day = True
        else:
            self.fields.setdefault(name, date(day.year, day.month, day.day))

    def room_for(self, where: str) -> str:
        """Return where an address goes: a second one of its kind is another; empty = nowhere."""
        return next((each for each in (where, OTHER_ADDRESS) if each not in self._parts), "")

    def add_part(self, where: str, part: str, text: str) -> None:
        """Put a text into a part of an address, below what is there."""
        parts = self._parts.setdefault(where, {})
        parts[part] = f"{parts[part]}\n{text}" if part in parts else text

    def add(self, name: str, entries: Iterable[Any]) -> None:
        """Put entries into a list, each once."""
        there = self._lists.setdefault(name, {})
        for each in entries:
            there.setdefault(each)


Put = Callable[[RowCells, Cell], None]
"""Puts a cell, which is not empty, in its place."""
Way = Callable[[RowCells, Row], None]
"""Puts what several cells of a row say in its place."""


def putting(place: str) -> Put:
    """Return what puts the cells of a column where it leads."""
    if place in DAYS:
        return lambda cells, cell: cells.put_day(place, cell)
    where, _, part = place.partition(".")
    if where == "uid":
        return _texts(lambda cells, text: setattr(cells, "uid", text[:LONGEST_UID]))
    if where == "phones":
        return _phones(PhoneKind(part))
    if part:
        return _texts(lambda cells, text: cells.add_part(where, part, text))
    if where == "labels":
        return _texts(lambda cells, text: cells.add("groups", _groups(_entries("groups", text))))
    if where in SPLIT:
        return _texts(lambda cells, text: cells.add(where, _entries(where, text)))
    return _texts(lambda cells, text: cells.fields.setdefault(where, text))


def labelled(each: Numbered) -> Iterator[Way]:
    """Yield what puts one of Google's numbered things where its label says."""
    match each.what:
        case "e-mail":
            yield _from(each, lambda _: putting("emails"))
        case "phone":
            yield _from(each, lambda label: _phones(_phone_kind(label)))
        case "website":
            yield _from(each, lambda _: _texts(_put_page))
        case "im":
            yield _from(each, lambda _: putting("chats"))
        case "event":
            yield _from(each, _event)
        case "relation":
            yield _from(each, _relation)
        case "address":
            yield _address(each)
        case _:  # an organisation
            for part, place in ORGANIZATION_PARTS.items():
                yield _plain(each.parts.get(part), putting(place))


def text_of(cell: Cell) -> str:
    """Return a cell as a text without blanks around it."""
    return cell.strip() if type(cell) is str else tables.text_of(cell)  # nearly all are texts


def _texts(put: Callable[[RowCells, str], Any]) -> Put:
    def put_cell(cells: RowCells, cell: Cell) -> None:
        if text := text_of(cell):
            put(cells, text)

    return put_cell


def _phones(kind: PhoneKind) -> Put:
    return _texts(
        lambda cells, text: cells.add("phones", [Phone(kind, n) for n in _entries("phones", text)])
    )


def _put_page(cells: RowCells, url: str) -> None:
    """Put a page of the web: the first is the website, the others are links."""
    if "website" in cells.fields:
        cells.add("links", _entries("links", url))
    else:
        cells.fields["website"] = url


def _entries(name: str, text: str) -> list[str]:
    """Return what a cell holds; an entry in quotation marks is one, whatever is in it."""
    if '"' in text and QUOTED.search(text):
        line = text.replace("\n", ";").replace("\r", " ")
        [parts] = csv.reader([line], delimiter=";", skipinitialspace=True)
    else:
        parts = SPLIT[name].split(text)
    return [entry for each in parts if (entry := each.strip())]


def _plain(column: int | None, put: Put) -> Way:
    def way(cells: RowCells, row: Row) -> None:
        cell = _cell(row, column)
        if cell is not None and cell != "":
            put(cells, cell)

    return way


def _from(each: Numbered, put_by: Callable[[str], Put]) -> Way:
    """Return what puts a value as ``put_by`` says for its label, in small letters."""
    value, label = each.parts.get("value"), each.label
    put_as = lru_cache(LABELS)(lambda written: put_by(_folded(written)))

    def way(cells: RowCells, row: Row) -> None:
        cell = _cell(row, value)
        if cell is not None and cell != "":
            put_as(text_of(_cell(row, label)))(cells, cell)

    return way


def _address(each: Numbered) -> Way:
    parts = [(each.parts.get(part), place) for part, place in ADDRESS_PARTS.items()]
    columns = [(column, place) for column, place in parts if column is not None]
    label = each.label
    where_by = lru_cache(LABELS)(lambda written: _where(_folded(written)))

    def way(cells: RowCells, row: Row) -> None:
        said = [(place, text) for at, place in columns if (text := text_of(_cell(row, at)))]
        if said and (where := cells.room_for(where_by(text_of(_cell(row, label))))):
            for place, text in said:
                cells.add_part(where, place, text)

    return way


def _cell(row: Row, column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _folded(label: str) -> str:
    return label.casefold().lstrip("* ")


def _phone_kind(label: str) -> PhoneKind:
    return next((kind for word, kind in LABELLED if word in label), PhoneKind.OTHER)


def _where(label: str) -> str:
    where = "business" if "work" in label else "home" if "home" in label else "other"
    return f"{where}_address"


def _relation(label: str) -> Put:
    place = RELATIONS.get(label)
    return putting(place) if place else _nothing


def _event(label: str) -> Put:
    """Return what puts a day that is one of ours; any other is nobody's birthday."""
    day = next((day for day in DAYS if day in label), None)
    return putting(day) if day else _nothing


def _nothing(cells: RowCells, cell: Cell) -> None:
    """Put a cell nowhere."""


def _groups(labels: Iterable[str]) -> Iterator[str]:
    """Yield groups by Google's labels: a star stands before those that it has made itself."""
    for name in labels:
        bare = name.lstrip("* ")
        if bare and bare.casefold() not in EVERYBODYS:
            yield bare
