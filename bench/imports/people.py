"""Contacts to import: always the same ones, as Google exports them, some of them said twice."""

from __future__ import annotations

from random import Random

from services.formats.tables import Row, csv_file
from services.formats.workbooks import workbook_file

__all__ = ["TWICE", "people_as_csv", "people_as_xlsx"]

HEADING = (
    *("First Name", "Last Name", "Organization Name", "Organization Title", "Labels"),
    *("E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
    *("Phone 2 - Label", "Phone 2 - Value", "Address 1 - Label", "Address 1 - Street"),
    *("Address 1 - City", "Address 1 - Postal Code", "Address 1 - Country", "Birthday", "Notes"),
)
TWICE = 20
"""One in so many rows says somebody again, by another spelling or another number."""
SOUNDS = ("an", "ber", "da", "el", "fri", "go", "han", "il", "jo", "ka", "li", "mar", "ne", "os")
TITLES = ("Engineer", "Buyer", "Head of sales", "Designer", "Clerk")


def people_as_csv(rows: int) -> bytes:
    """Return a CSV file of so many contacts."""
    return csv_file(_rows(rows))


def people_as_xlsx(rows: int) -> bytes:
    """Return an xlsx file of so many contacts."""
    return workbook_file("Contacts", _rows(rows))


def _rows(rows: int) -> list[Row]:
    return [HEADING, *(_row(number) for number in range(rows))]


def _row(number: int) -> Row:
    is_again = number % TWICE == TWICE - 1
    chance = Random(number - 1 if is_again else number)
    first, last = _word(chance, 2), _word(chance, 3)
    company = f"{_word(chance, 2)} {chance.choice(('Ltd', 'GmbH', 'AS'))}"
    mail = f"{first}.{last}{number}@{company.split()[0]}.example".lower()
    phone = f"+45 {chance.randrange(20, 99)} {chance.randrange(10**6):06}"
    if is_again:  # a slip of the pen, another address, the same telephone
        last = last[:-1] + ("x" if last[-1] != "x" else "y")
    return (
        *(first, last, company, chance.choice(TITLES), "* myContacts ::: Customers"),
        *("* Work", mail, "Mobile", phone, "Work", f"+45 33 {chance.randrange(10**6):06}"),
        *("Work", f"{_word(chance, 3)} street {number % 200}", _word(chance, 2), "8000"),
        *("Denmark", f"19{chance.randrange(50, 99)}-05-{number % 28 + 1:02}", "Met at the fair"),
    )


def _word(chance: Random, sounds: int) -> str:
    return "".join(chance.choice(SOUNDS) for _ in range(sounds)).title()
