"""Contacts out of a table: the template that we offer, what Outlook and Google export, and others.

:func:`contacts_in` reads rows under any headings of :mod:`services.formats.contact_columns`, a
portion at a time, so that a long table is never there twice. Whatever is wrong with one row is told
with its number, as a spreadsheet shows it, and the others are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from services.formats.contact_cells import DAYS, RowCells, labelled, putting, text_of
from services.formats.contact_columns import Columns, Numbered, columns_of, folded_name
from services.formats.contact_names import Namer
from services.formats.table_values import Days, day_order, read_day
from services.formats.tables import Cell, Row
from services.model.contact_lists import FieldKind, ListShape
from services.model.contacts import ContactContent
from services.model.imports import BadFile, FileWrong, Incoming, Reading, Snag, Trouble

__all__ = ["contacts_in"]

PORTION = 500
"""Rows that are read at once."""
_QUOTED = 100


class _Table:
    """How the rows of this one table are to be read, and whom it has named so far."""

    def __init__(self, columns: Columns, order: Days, own_days: Collection[str]) -> None:
        self._order = order
        self._own_days = own_days
        """Which of the list's own fields hold days, by their names."""
        self._places = [(column, putting(place)) for column, place in columns.places]
        self._ways = [way for each in columns.numbered for way in labelled(each)]
        self._own = columns.own
        self._namer = Namer()

    def read(self, rows: Iterable[tuple[int, Row]]) -> Reading[ContactContent]:
        """Return the contacts of some rows, each with its number."""
        items: list[Incoming[ContactContent]] = []
        troubles: list[Trouble] = []
        for number, row in rows:
            said = self._said(row)
            content = said.content()
            about = content.name[:_QUOTED]
            if not about:
                troubles.append(Trouble(number, "", Snag.NO_NAME))
                continue
            if said.has_bad_day:
                troubles.append(Trouble(number, about, Snag.NOT_A_DATE, skipped=False))
            uid = self._namer.uid(said.uid, content)
            if uid is None:
                troubles.append(Trouble(number, about, Snag.TWICE))
            else:
                items.append(Incoming(number, uid, content, own=self._own_fields(row)))
        return Reading(tuple(items), tuple(troubles))

    def _said(self, row: Row) -> RowCells:
        cells, width = RowCells(self._order), len(row)
        for column, put in self._places:
            if column < width and _is_there(cell := row[column]):
                put(cells, cell)
        for way in self._ways:
            way(cells, row)
        return cells

    def _own_fields(self, row: Row) -> dict[str, str]:
        """Return what a row says in fields of the list's own, by their names."""
        said = ((name, row[column]) for column, name in self._own if column < len(row))
        return {name: text for name, cell in said if (text := self._own_text(name, cell))}

    def _own_text(self, name: str, cell: Cell) -> str:
        day = read_day(cell, self._order) if name in self._own_days else None
        return text_of(cell) if day is None else day.isoformat()


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
    own = {folded_name(field.name): field.kind for field in shape.fields} if shape else {}
    columns = columns_of(heading, own)
    if not columns.can_name:
        raise BadFile(FileWrong.NO_CONTACT_COLUMNS)
    own_days = {name for name, kind in own.items() if kind is FieldKind.DATE}
    order, is_guess = day_order(_days(rows, columns, own_days), language)
    table = _Table(columns, order, own_days)
    yield Reading((), notes=(order.value,) if is_guess else ())
    filled = ((number, row) for number, row in _below_heading(rows) if any(map(_is_there, row)))
    while portion := list(islice(filled, PORTION)):
        yield table.read(portion)


def _below_heading(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    return islice(enumerate(rows, start=1), 1, None)


def _is_there(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _days(rows: Iterable[Row], columns: Columns, own: Collection[str]) -> Iterator[Cell]:
    at = [column for column, place in columns.places if place in DAYS]
    at += [column for column, name in columns.own if name in own]
    at += [each.parts["value"] for each in columns.numbered if _is_day(each)]
    for _, row in _below_heading(rows):
        yield from (row[column] for column in at if column < len(row))


def _is_day(each: Numbered) -> bool:
    return each.what == "event" and "value" in each.parts
