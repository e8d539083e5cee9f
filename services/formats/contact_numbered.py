"""Google's numbered things: ``Phone 1 - Value`` is of the kind that ``Phone 1 - Label`` says.

:func:`labelled` returns what puts them in their place; labels are words that people write, so each
is worked out once and known again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from services.formats.beside import OTHER, Placed
from services.formats.contact_cells import Put, RowCells, phones, put_page, putting, text_of, texts
from services.formats.contact_columns import Numbered, folded_name
from services.formats.tables import Cell, Row
from services.model.contacts import Address, PhoneKind

__all__ = ["Way", "labelled"]

LABELLED = (
    ("fax", PhoneKind.FAX),
    ("mobil", PhoneKind.MOBILE),
    ("cell", PhoneKind.MOBILE),
    *((word, PhoneKind.BUSINESS) for word in ("work", "arbeit", "travail", "trabajo", "arbejde")),
    *((word, PhoneKind.HOME) for word in ("home", "privat", "domicile", "casa", "hjem")),
)
WHERE = {PhoneKind.BUSINESS: "business_address", PhoneKind.HOME: "home_address"}
ADDRESS_PARTS = {
    "street": "street",
    "extended address": "street",
    "po box": "street",
    "city": "city",
    "region": "region",
    "postal code": "postal_code",
    "country": "country",
}
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
DAYS = ("birthday", "anniversary")
LABELS = 256
"""So many different ones of a table are understood once, and others each time."""

Way = Callable[[RowCells, Row], None]
"""Puts what several cells of a row say in its place."""


def labelled(each: Numbered, own: Collection[str]) -> Iterator[Way]:
    """Yield what puts one of Google's numbered things where its label says.

    Args:
        each: its columns.
        own: names of the list's own fields, in small letters.
    """
    match each.what:
        case "e-mail":
            yield _from(each, lambda _: putting("emails"))
        case "phone":
            yield _from(each, lambda label: phones(_kind(label)))
        case "website":
            yield _from(each, lambda _: texts(put_page))
        case "im":
            yield _from(each, lambda _: putting("chats"))
        case "event":
            yield _from(each, _event)
        case "relation":
            yield _from(each, _relation)
        case "custom field":
            yield _from(each, lambda label: _own(label, own))
        case "address":
            yield _address(each)
        case _:  # an organisation
            for part, place in ORGANIZATION_PARTS.items():
                yield _plain(each.parts.get(part), putting(place, place.capitalize()))


def _plain(column: int | None, put: Put) -> Way:
    def way(cells: RowCells, row: Row) -> None:
        cell = _cell(row, column)
        if cell is not None and cell != "":
            put(cells, cell)

    return way


def _from(each: Numbered, put_by: Callable[[str], Put]) -> Way:
    """Return what puts a value as ``put_by`` says for its label, as it is written."""
    value, label = each.parts.get("value"), each.label
    put_as = lru_cache(LABELS)(lambda written: put_by(written.lstrip("* ")))

    def way(cells: RowCells, row: Row) -> None:
        cell = _cell(row, value)
        if cell is not None and cell != "":
            put_as(text_of(_cell(row, label)))(cells, cell)

    return way


def _address(each: Numbered) -> Way:
    parts = [(each.parts.get(part), place) for part, place in ADDRESS_PARTS.items()]
    columns = [(column, place) for column, place in parts if column is not None]
    whole, label = each.parts.get("formatted"), each.label
    where_by = lru_cache(LABELS)(lambda written: WHERE.get(_kind(written), OTHER))

    def way(cells: RowCells, row: Row) -> None:
        said: dict[str, str] = {}
        for at, place in columns:
            if text := text_of(_cell(row, at)):
                said[place] = f"{said[place]}\n{text}" if place in said else text
        if not said and (text := text_of(_cell(row, whole))):
            said = {"street": text}
        if said:
            written = text_of(_cell(row, label)).lstrip("* ")
            called = f"Address ({written})" if written else "Address"
            cells.place(Placed(where_by(written), called, Address(**said)))

    return way


def _cell(row: Row, column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _kind(label: str) -> PhoneKind:
    folded = label.casefold()
    return next((kind for word, kind in LABELLED if word in folded), PhoneKind.OTHER)


def _relation(label: str) -> Put:
    place = RELATIONS.get(label.casefold())
    return putting(place, label) if place else _beside(label or "Relation")


def _event(label: str) -> Put:
    """Return what puts a day that is one of ours; any other is a note, and nobody's birthday."""
    folded = label.casefold()
    day = next((day for day in DAYS if day in folded), None)
    return putting(day, label) if day else _beside(label or "Event")


def _own(label: str, own: Collection[str]) -> Put:
    name = folded_name(label)
    if name not in own:
        return _beside(label)
    return texts(lambda cells, text: cells.own.setdefault(name, text))


def _beside(label: str) -> Put:
    return texts(lambda cells, text: cells.beside(label, text))
