"""Contacts as a table: what we export, and the template that we offer to be filled in.

What :func:`rows_of` writes is what :mod:`services.formats.contact_table` reads, field by field, so
a list that goes out and comes home is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from services.formats.tables import Cell, Row
from services.model.contact_lists import CustomField, ListShape
from services.model.contacts import Address, Contact, ContactContent, PhoneKind

__all__ = ["CONTACT_TEMPLATE", "rows_of"]

BETWEEN = "; "
"""Between the entries of a cell that holds several."""
PARTS_IT = re.compile('[,;"]|:::')
OLDEST = 1900
"""The first year that a spreadsheet knows."""
SOME_YEAR = 1604
"""Stands for a year that nobody knows."""

CONTACT_TEMPLATE: tuple[Row, ...] = (
    (
        *("Name", "Company", "Job title", "Department", "E-mail", "Work phone", "Mobile"),
        *("Work street", "Work city", "Work postal code", "Work country"),
        *("Website", "Birthday", "Groups", "Tags", "Notes"),
    ),
    (
        *("Ada Byron", "Analytical Engines", "Engineer", "Mills", "ada@engines.example"),
        *("+44 20 7946 0101", "+44 7700 900105", "12 Dorset Street", "London", "W1U 4EG", "UK"),
        *("https://engines.example", date(1985, 12, 10), "Customers", "sea", "Likes music"),
    ),
    (
        *("Harbour Crane Ltd", "Harbour Crane Ltd", "", "", "info@crane.example"),
        *("+45 70 12 34 56", "", "Quay 3", "Aarhus", "8000", "Denmark"),
        *("https://crane.example", "", "Suppliers", "", ""),
    ),
)
"""What an empty one looks like, with two rows to be written over."""

Write = Callable[[ContactContent], Cell]


def rows_of(contacts: Iterable[Contact], shape: ListShape) -> list[Row]:
    """Return contacts as rows under headings; the list's own fields stand behind ours."""
    own = shape.fields
    heading = (*COLUMNS, *(field.name for field in own), "UID")
    return [heading, *(_row(contact, own) for contact in contacts)]


def _row(contact: Contact, own: Sequence[CustomField]) -> Row:
    content = contact.content
    given = {value.field: value.value for value in content.custom}
    ours = (write(content) for write in COLUMNS.values())
    return (*ours, *(given.get(field.id, "") for field in own), contact.id)


def _text(name: str) -> Write:
    return lambda content: str(getattr(content, name))


def _list(name: str) -> Write:
    return lambda content: _joined(getattr(content, name))


def _email(number: int) -> Write:
    """Return the writer of one address; the last column holds all that are left."""
    end = None if number == LAST_EMAIL else number + 1
    return lambda content: _joined(content.emails[number:end])


def _phones(kind: PhoneKind) -> Write:
    return lambda content: _joined(p.number for p in content.phones if p.kind is kind)


def _joined(entries: Iterable[str]) -> str:
    """Return entries as a cell; one in which something would part it stands between quotes."""
    return BETWEEN.join(
        '"{}"'.format(each.replace('"', '""')) if PARTS_IT.search(each) else each
        for each in entries
    )


def _address(name: str, part: str) -> Write:
    def write(content: ContactContent) -> Cell:
        address: Address = getattr(content, name)
        return str(getattr(address, part))

    return write


def _day(name: str) -> Write:
    def write(content: ContactContent) -> Cell:
        day: date | None = getattr(content, name)
        if day is None or day.year >= OLDEST:
            return day
        return f"--{day:%m-%d}" if day.year == SOME_YEAR else day.isoformat()

    return write


LAST_EMAIL = 2
PHONES = {
    "Work phone": PhoneKind.BUSINESS,
    "Mobile": PhoneKind.MOBILE,
    "Home phone": PhoneKind.HOME,
    "Fax": PhoneKind.FAX,
    "Other phone": PhoneKind.OTHER,
}
PARTS = {
    "street": "street",
    "city": "city",
    "region": "region",
    "postal code": "postal_code",
    "country": "country",
}
COLUMNS: dict[str, Write] = {
    "Name": _text("name"),
    "Name prefix": _text("title"),
    "Given name": _text("given_name"),
    "Middle name": _text("middle_name"),
    "Family name": _text("family_name"),
    "Name suffix": _text("suffix"),
    "Company": _text("company"),
    "Job title": _text("job"),
    "Department": _text("department"),
    "E-mail": _email(0),
    "E-mail 2": _email(1),
    "E-mail 3": _email(LAST_EMAIL),
    **{heading: _phones(kind) for heading, kind in PHONES.items()},
    **{
        f"{where} {heading}": _address(f"{name}_address", part)
        for where, name in (("Work", "business"), ("Home", "home"), ("Other", "other"))
        for heading, part in PARTS.items()
    },
    "Website": _text("website"),
    "Links": _list("links"),
    "Chats": _list("chats"),
    "Birthday": _day("birthday"),
    "Anniversary": _day("anniversary"),
    "Groups": _list("groups"),
    "Tags": _list("tags"),
    "Notes": _text("notes"),
    "Initials": _text("initials"),
    "Nickname": _text("nickname"),
    "Phonetic first name": _text("phonetic_given_name"),
    "Phonetic last name": _text("phonetic_family_name"),
    "Phonetic company": _text("phonetic_company"),
    "Office": _text("office"),
    "Profession": _text("profession"),
    "Manager": _text("manager"),
    "Assistant": _text("assistant"),
    "Spouse": _text("spouse"),
    "Children": _list("children"),
}
"""What stands in which column, in the order of a table."""
