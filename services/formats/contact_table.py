"""Contacts out of a table: the template that we offer, what Outlook and Google export, and others.

:func:`contacts_in` reads rows under any headings of :mod:`services.formats.contact_columns`, a
portion at a time, so that a long table is never there twice. Whatever is wrong with one row is told
with its number, as a spreadsheet shows it, and the others are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from services.formats.contact_cells import DAYS, RowCells, putting, text_of
from services.formats.contact_columns import Columns, Numbered, columns_of, folded_name, naming
from services.formats.contact_names import Namer
from services.formats.contact_numbered import labelled
from services.formats.table_heading import AT, UNREAD, heading_in
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

    def __init__(self, columns: Columns, order: Days, own: Mapping[str, FieldKind]) -> None:
        self._order = order
        self._kinds = own
        self._places = [
            (column, putting(place, label))
            for (column, place), label in zip(columns.places, columns.labels, strict=True)
        ]
        self._ways = [way for each in columns.numbered for way in labelled(each, own)]
        self._own = columns.own
        self._unread = dict(columns.unread)
        self._lost: dict[int, str] = {}
        self._namer = Namer()

    def read(self, rows: Iterable[tuple[int, Row]]) -> Reading[ContactContent]:
        """Return the contacts of some rows, each with its number."""
        items: list[Incoming[ContactContent]] = []
        troubles: list[Trouble] = []
        for number, row in rows:
            said = self._said(row)
            content, has_more = said.content()
            about = content.name[:_QUOTED]
            if not about:
                troubles.append(Trouble(number, "", Snag.NO_NAME))
                continue
            if said.has_bad_day:
                troubles.append(Trouble(number, about, Snag.NOT_A_DATE, skipped=False))
            if has_more:
                troubles.append(Trouble(number, about, Snag.IN_NOTES, skipped=False))
            uid = self._namer.uid(said.uid, content)
            if uid is None:
                troubles.append(Trouble(number, about, Snag.TWICE))
            else:
                items.append(Incoming(number, uid, content, own=self._own_fields(row, said)))
        return Reading(tuple(items), tuple(troubles))

    def _said(self, row: Row) -> RowCells:
        cells, width = RowCells(self._order), len(row)
        for column, put in self._places:
            if column < width and _is_there(cell := row[column]):
                put(cells, cell)
        for way in self._ways:
            way(cells, row)
        if self._unread:
            for column in [c for c in self._unread if c < width and _is_there(row[c])]:
                self._lost[column] = self._unread.pop(column)
        return cells

    def _own_fields(self, row: Row, said: RowCells) -> dict[str, str]:
        """Return what a row says in fields of the list's own, by their names."""
        found = [(name, row[column]) for column, name in self._own if column < len(row)]
        found += said.own.items()
        return {name: text for name, cell in found if (text := self._own_text(name, cell))}

    def _own_text(self, name: str, cell: Cell) -> str:
        is_day = self._kinds.get(name) is FieldKind.DATE
        day = read_day(cell, self._order) if is_day else None
        return text_of(cell) if day is None else day.isoformat()

    def unread(self) -> tuple[str, ...]:
        """Return which columns say something that nobody understands, as a remark."""
        names = [self._lost[column] for column in sorted(self._lost)]
        return (UNREAD + ", ".join(names),) if names else ()


def contacts_in(
    rows: Iterable[Row], language: str, shape: ListShape | None = None
) -> Iterator[Reading[ContactContent]]:
    """Yield the contacts of a table in portions.

    Args:
        rows: the table, which is gone through twice; one of its first rows names the columns.
        language: of whoever sent it, for dates such as 3/4/1987 that say nothing themselves.
        shape: the fields of the list into which they shall go.

    Raises:
        BadFile: there is no column that could name anybody.
    """
    own = {folded_name(field.name): field.kind for field in shape.fields} if shape else {}
    at, heading = heading_in(rows, lambda row: naming(row, own))
    if not at:
        raise BadFile(FileWrong.EMPTY)
    columns = columns_of(heading, own)
    if not columns.can_name:
        raise BadFile(FileWrong.NO_CONTACT_COLUMNS)
    own_days = {name for name, kind in own.items() if kind is FieldKind.DATE}
    order, is_guess = day_order(_days(_below(rows, at), columns, own_days), language)
    table = _Table(columns, order, own)
    told = (order.value,) if is_guess else ()
    yield Reading((), notes=told if at == 1 else (f"{AT}{at}", *told))
    filled = ((number, row) for number, row in _below(rows, at) if any(map(_is_there, row)))
    while portion := list(islice(filled, PORTION)):
        yield table.read(portion)
    if unread := table.unread():
        yield Reading((), notes=unread)


def _below(rows: Iterable[Row], heading: int) -> Iterator[tuple[int, Row]]:
    return islice(enumerate(rows, start=1), heading, None)


def _is_there(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _days(
    rows: Iterable[tuple[int, Row]], columns: Columns, own: Collection[str]
) -> Iterator[Cell]:
    at = [column for column, place in columns.places if place in DAYS]
    at += [column for column, name in columns.own if name in own]
    at += [each.parts["value"] for each in columns.numbered if _is_day(each)]
    for _, row in rows:
        yield from (row[column] for column in at if column < len(row))


def _is_day(each: Numbered) -> bool:
    return each.what == "event" and "value" in each.parts
