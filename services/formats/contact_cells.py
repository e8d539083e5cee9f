"""What the cells of one row say about a contact, put together cell by cell.

Where a column leads is worked out once for a table: :func:`putting` returns what puts the cells of
a column in their place (:mod:`services.formats.contact_numbered` does so for Google's numbered
things). :class:`RowCells` is what a row has said so far; what has no place stands below its notes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from services.formats import tables
from services.formats.beside import Placed, addresses_placed, below, line_of
from services.formats.contact_columns import BESIDE
from services.formats.contact_names import EVERYBODYS, name_in
from services.formats.table_values import Days, read_day_of_life
from services.formats.tables import Cell
from services.formats.vcard_values import day_in
from services.model.contacts import Address, ContactContent, Phone, PhoneKind

__all__ = ["DAYS", "Put", "RowCells", "phones", "put_page", "putting", "text_of", "texts"]

DAYS = ("birthday", "anniversary")
SPLIT = {
    **dict.fromkeys(("emails", "tags", "groups", "children"), re.compile(":::|[;,\n]")),
    "links": re.compile(r":::|[;\s]"),
    **dict.fromkeys(("chats", "phones"), re.compile(":::|[;\n]")),
}
"""What stands between the entries of a cell that holds several; Google writes `` ::: ``."""
QUOTED = re.compile(r'(?:^|;)\s*"')
"""How a cell looks in which an entry stands between quotation marks, as we write it."""
NO_DAYS = frozenset({"", "0/0/00", "0.0.00", "00/00/0000"})
"""What Outlook writes for a day that nobody has entered."""
BESIDE_NAME = re.compile(r"<\s*([^<>@\s]+@[^<>@\s]+)\s*>")
"""An address as mail programs copy it; a comma may stand in the name before it."""
LONGEST_UID = 500
NAMES = frozenset({"name", "title", "given_name", "middle_name", "family_name", "suffix"})
"""Two columns may say a name in two ways, as *File as* does: the first is the one that is meant."""


class RowCells:
    """What a row has said so far.

    Args:
        order: which way round its days are.
    """

    __slots__ = (
        "_lists",
        "_more",
        "_order",
        "_parts",
        "_placed",
        "fields",
        "has_bad_day",
        "own",
        "uid",
    )

    def __init__(self, order: Days) -> None:
        self._order = order
        self.fields: dict[str, Any] = {}
        """Those of one text or day; the first cell to say it is right."""
        self.own: dict[str, str] = {}
        """What it says in fields of the list's own, by their names in small letters."""
        self._lists: dict[str, dict[Any, None]] = {}
        self._parts: dict[str, dict[str, str]] = {}
        self._placed: list[Placed] = []
        self._more: list[str] = []
        self.uid = ""
        self.has_bad_day = False

    def content(self) -> tuple[ContactContent, bool]:
        """Return the contact, and whether its notes hold what no field has room for.

        It is without a name where nothing in the row could be one.
        """
        given = dict(self.fields)
        for name, entries in self._lists.items():
            given[name] = tuple(entries)
        more: Sequence[str] = self._more
        for name, parts in self._parts.items():
            given[name] = Address(**parts)
        if len(self._placed) == 1 and not self._parts:  # as of most
            given[self._placed[0].where] = self._placed[0].address
        elif self._placed:
            ours = [Placed(name, "", given[name]) for name in self._parts]
            addresses, lines = addresses_placed([*ours, *self._placed])
            given |= addresses
            more = [*more, *lines]
        if more:
            given["notes"] = below(given.get("notes", ""), more)
        name = given.pop("name", "") or name_in(given)
        return ContactContent(name=name, **given), bool(more)

    def say(self, name: str, text: str, label: str) -> None:
        """Take a text for a field; where there is another already, it is a note."""
        there = self.fields.setdefault(name, text)
        if there == text or name in NAMES:
            return
        if name == "notes":
            self.fields[name] = below(there, [text])
        else:
            self.beside(label, text)

    def beside(self, label: str, text: str) -> None:
        """Note what there is no field for."""
        self._more.append(line_of(label, text))

    def place(self, placed: Placed) -> None:
        """Take an address, of whatever kind it is."""
        self._placed.append(placed)

    def put_day(self, name: str, cell: Cell, label: str) -> None:
        """Take a cell for a day; what is none is noted."""
        text = cell.strip() if isinstance(cell, str) else ""
        if isinstance(cell, str) and text in NO_DAYS:
            return
        day = (day_in(text) if text else None) or read_day_of_life(cell, self._order)
        if day is None or not 1600 <= day.year <= 2200:
            self.has_bad_day = True
            return
        day = date(day.year, day.month, day.day)
        if self.fields.setdefault(name, day) != day:
            self.beside(label, text_of(cell))

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


def putting(place: str, label: str = "") -> Put:
    """Return what puts the cells of a column where it leads.

    Args:
        place: of :mod:`services.formats.contact_columns`.
        label: what the table calls it.
    """
    if place in DAYS:
        return lambda cells, cell: cells.put_day(place, cell, label)
    where, _, part = place.partition(".")
    if where == "uid":
        return texts(lambda cells, text: setattr(cells, "uid", text[:LONGEST_UID]))
    if where == "phones":
        return phones(PhoneKind(part))
    if part:
        return texts(lambda cells, text: cells.add_part(where, part, text))
    if where == BESIDE:
        return texts(lambda cells, text: cells.beside(label, text))
    if where == "website":
        return texts(put_page)
    if where == "labels":
        return texts(lambda cells, text: cells.add("groups", _groups(_entries("groups", text))))
    if where in SPLIT:
        return texts(lambda cells, text: cells.add(where, _entries(where, text)))
    return texts(lambda cells, text: cells.say(where, text, label))


def text_of(cell: Cell) -> str:
    """Return a cell as a text without blanks around it."""
    return cell.strip() if type(cell) is str else tables.text_of(cell)  # nearly all are texts


def texts(put: Callable[[RowCells, str], Any]) -> Put:
    """Return what puts a cell as a text."""

    def put_cell(cells: RowCells, cell: Cell) -> None:
        if text := text_of(cell):
            put(cells, text)

    return put_cell


def phones(kind: PhoneKind) -> Put:
    """Return what puts a cell as numbers of a kind."""
    return texts(
        lambda cells, text: cells.add("phones", [Phone(kind, n) for n in _entries("phones", text)])
    )


def put_page(cells: RowCells, url: str) -> None:
    """Put a page of the web: the first is the website, the others are links."""
    first, *others = _entries("links", url) if "://" in url else [url]
    if cells.fields.setdefault("website", first) != first:
        cells.add("links", [first])
    cells.add("links", others)


def _entries(name: str, text: str) -> list[str]:
    """Return what a cell holds; an entry in quotation marks is one, whatever is in it."""
    if name == "emails" and "<" in text and (named := BESIDE_NAME.findall(text)):
        return list(named) if len(named) == text.count("@") else [text]
    if '"' in text and QUOTED.search(text):
        line = text.replace("\n", ";").replace("\r", " ")
        [parts] = csv.reader([line], delimiter=";", skipinitialspace=True)
    else:
        parts = SPLIT[name].split(text)
    return [entry for each in parts if (entry := each.strip())]


def _groups(labels: Iterable[str]) -> Iterator[str]:
    """Yield groups by Google's labels: a star stands before those that it has made itself."""
    for name in labels:
        bare = name.lstrip("* ")
        if bare and bare.casefold() not in EVERYBODYS:
            yield bare
