"""Contacts out of tables as Google, Outlook and people write them, and back into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.contacts.contact_merge import over
from services.formats.contact_rows import CONTACT_TEMPLATE, rows_of
from services.formats.contact_table import contacts_in
from services.formats.tables import Row, csv_file, read_table
from services.formats.workbooks import workbook_file
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.contacts import (
    Address,
    ContactContent,
    ContactId,
    CustomValue,
    Phone,
    PhoneKind,
)
from services.model.imports import BadFile, FileWrong, Snag
from tests._builders import a_contact
from tests.services._contacts import FULL, whole

BEN = replace(a_contact(name="+45 Ben"), id=ContactId("contact-2"))
SHAPE = ListShape(fields=(CustomField(FieldId("f1"), "Customer since"),))


def read(*rows: Row, language: str = "en") -> tuple[ContactContent, ...]:
    return tuple(item.content for item in whole(contacts_in(rows, language)).items)


def test_googles_columns_are_understood() -> None:
    heading = (
        *("First Name", "Last Name", "Name Prefix", "Labels", "Organization Name"),
        *("Organization Title", "Event 3 - Label", "Event 3 - Value", "E-mail 1 - Label"),
        "E-mail 1 - Value",
        *("Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Label", "Phone 2 - Value"),
        *("Address 1 - Label", "Address 1 - Street", "Address 1 - City", "Website 1 - Value"),
        *("Website 2 - Value", "Event 2 - Label", "Event 2 - Value"),
        *("Event 1 - Label", "Event 1 - Value", "Relation 1 - Label"),
        *("Relation 1 - Value", "IM 1 - Value", "Custom Field 1 - Value"),
    )
    row = (
        *(
            "Ada",
            "Byron",
            "Dr",
            "* myContacts ::: Sea",
            "Engines",
            "Engineer",
            "Birthday",
            "--12-10",
        ),
        *(
            "* Work",
            "a@x.example ::: b@x.example",
            "Mobile",
            "+44 1 ::: +44 2",
            "Work Fax",
            "+44 3",
        ),
        *("Home", "Main St 1", "London", "https://x.example", "https://y.example"),
        *("First engine", "1822-06-14"),
        *("Anniversary", "2011-06-11", "Spouse", "William", "ada@chat", "zzz"),
    )
    [ada] = read(heading, row)
    assert (ada.name, ada.title, ada.company, ada.job) == ("Ada Byron", "Dr", "Engines", "Engineer")
    assert ada.groups == ("Sea",) and ada.emails == ("a@x.example", "b@x.example")
    assert ada.birthday == date(1604, 12, 10) and ada.anniversary == date(2011, 6, 11)
    assert [(phone.kind, phone.number) for phone in ada.phones] == [
        (PhoneKind.MOBILE, "+44 1"),
        (PhoneKind.MOBILE, "+44 2"),
        (PhoneKind.FAX, "+44 3"),
    ]
    assert ada.home_address == Address(street="Main St 1", city="London")
    assert (ada.website, ada.links) == ("https://x.example", ("https://y.example",))
    assert (ada.spouse, ada.chats) == ("William", ("ada@chat",))
    assert ada.notes == "First engine: 1822-06-14\nzzz"


def test_what_google_has_and_we_have_not_is_a_note_or_a_field_of_the_lists_own() -> None:
    heading = (
        *("First Name", "Relation 1 - Label", "Relation 1 - Value"),
        *("Relation 2 - Label", "Relation 2 - Value", "Website 1 - Value"),
        *("Custom Field 1 - Label", "Custom Field 1 - Value"),
        *("Custom Field 2 - Label", "Custom Field 2 - Value", "Organization 1 - Name"),
        *("Organization 2 - Name", "Address 1 - Label", "Address 1 - Formatted"),
    )
    row = (
        *(
            "Ada",
            "Brother",
            "Ralph",
            "Spouse",
            "William",
            "https://x.example ::: https://y.example",
        ),
        *(
            "Customer since",
            "31.05.2020",
            "Shoe size",
            "38",
            "Engines",
            "Mills",
            "* Privat",
            "Quay 3",
        ),
    )
    shape = ListShape(fields=(CustomField(FieldId("f1"), "Customer since", FieldKind.DATE),))
    [item] = whole(contacts_in([heading, row], "en", shape)).items
    ada = item.content
    assert (ada.spouse, ada.company) == ("William", "Engines")
    assert ada.notes == "Brother: Ralph\nShoe size: 38\nCompany: Mills"
    assert item.own == {"customer since": "2020-05-31"}
    assert (ada.website, ada.links) == ("https://x.example", ("https://y.example",))
    assert ada.home_address == Address(street="Quay 3")


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        (("First Name", "Last Name", "Title", "Job Title", "E-mail Address"), "en"),
        (("Vorname", "Nachname", "Anrede", "Position", "E-Mail-Adresse"), "de"),
        (("Prénom", "Nom", "Titre de civilité", "Fonction", "Adresse de messagerie"), "fr"),
        (("Nombre", "Apellidos", "Tratamiento", "Cargo", "Correo electrónico"), "es"),
        (("Fornavn", "Efternavn", "Præfiks", "Stilling", "E-mailadresse"), "da"),
    ],
)
def test_outlooks_columns_are_understood_in_five_languages(
    heading: tuple[str, ...], language: str
) -> None:
    [ada] = read(heading, ("Ada", "Byron", "Dr", "Engineer", "a@x.example"), language=language)
    assert (ada.name, ada.title, ada.job) == ("Ada Byron", "Dr", "Engineer")
    assert ada.emails == ("a@x.example",)


def test_a_title_without_a_job_beside_it_is_the_job() -> None:
    [ada] = read(("Name", "Title"), ("Ada", "Engineer"))
    assert ada.job == "Engineer"


def test_numbers_days_and_empty_days_of_a_spreadsheet() -> None:
    heading = ("Name", "Mobile", "Birthday", "Anniversary")
    [ada, ben] = read(
        heading,
        ("Ada", 4520304050.0, datetime(1985, 12, 10, tzinfo=UTC), "0/0/00"),
        ("Ben", 12345678, "13/4/1987", ""),
    )
    assert ada.phones == (Phone(PhoneKind.MOBILE, "4520304050"),)
    assert (ada.birthday, ada.anniversary) == (date(1985, 12, 10), None)
    assert ben.birthday == date(1987, 4, 13)
    reading = whole(contacts_in([heading, ("Eve", "", "3/4/1990", "")], "en-US"))
    assert reading.items[0].content.birthday == date(1990, 3, 4)
    assert reading.notes == ("month_first",)


def test_rows_that_say_nothing_or_twice_are_told_by_their_number() -> None:
    rows: list[Row] = [
        ("Name", "E-mail", "Birthday"),
        ("Ada", "a@x.example", "31/31/1999"),
        ("", "", ""),
        ("", "", "1/1/1990"),
        ("Ada", "a@x.example", ""),
    ]
    reading = whole(contacts_in(rows, "en"))
    assert [item.content.name for item in reading.items] == ["Ada"]
    assert [(t.row, t.snag, t.skipped) for t in reading.troubles] == [
        (2, Snag.NOT_A_DATE, False),
        (4, Snag.NO_NAME, True),
        (5, Snag.TWICE, True),
    ]


@pytest.mark.parametrize("rows", [[("a", "b")], [("Birthday", "Notes"), ("1", "2")]])
def test_a_table_without_anything_to_call_somebody_by_is_refused(rows: list[Row]) -> None:
    with pytest.raises(BadFile) as refused:
        next(contacts_in(rows, "en"))
    assert refused.value.why is FileWrong.NO_CONTACT_COLUMNS
    with pytest.raises(BadFile):
        next(contacts_in([], "en"))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_home_as_it_was(ending: str) -> None:
    custom = (CustomValue(FieldId("f1"), "=1+1"),)
    rows = rows_of([a_contact(FULL, custom=custom), BEN], SHAPE)
    data = csv_file(rows) if ending == "csv" else workbook_file("Contacts", rows)
    reading = whole(contacts_in(read_table(data), "en", SHAPE))
    ada, ben = reading.items
    assert over(FULL, ada.content) == FULL and ada.uid == "contact-1"
    assert ada.own == {"customer since": "=1+1"}
    assert ben.content.name == "+45 Ben" and reading.troubles == ()


def test_a_second_address_of_a_kind_is_another_and_no_mixture() -> None:
    heading = ["Name"]
    for number in (1, 2, 3):
        heading += [f"Address {number} - {part}" for part in ("Label", "Street", "City")]
    homes = (
        "Home",
        "Quay 3",
        "Aarhus",
        "Home",
        "Dorset Street",
        "London",
        "* Home",
        "Rue 1",
        "Paris",
    )
    reading = whole(contacts_in([heading, ("Ada", *homes)], "en"))
    ada = reading.items[0].content
    assert ada.notes == "Address (Home): Rue 1, Paris"
    assert [(t.row, t.snag, t.skipped) for t in reading.troubles] == [(2, Snag.IN_NOTES, False)]
    assert ada.home_address == Address(street="Quay 3", city="Aarhus")
    assert ada.other_address == Address(street="Dorset Street", city="London")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_would_part_an_entry_comes_home_in_one_piece(ending: str) -> None:
    said = replace(
        a_contact().content,
        groups=("Press, radio", "Sea; land", 'The "old" ones', "*** VIP"),
        nickname="_x0041_",
        tags=("a:::b", "plain"),
        children=("Byron, Ada",),
        links=("https://x.example/a;b=1", "https://y.example"),
        chats=("xmpp:a;b",),
    )
    rows = rows_of([replace(a_contact(), content=said)], SHAPE)
    data = csv_file(rows) if ending == "csv" else workbook_file("Contacts", rows)
    [item] = whole(contacts_in(read_table(data), "en", SHAPE)).items
    assert over(said, item.content) == said


def test_fields_of_the_lists_own_hold_days_and_may_be_called_as_ours_are() -> None:
    fields = (
        CustomField(FieldId("f1"), "Company"),
        CustomField(FieldId("f2"), "Member_since *", FieldKind.DATE),
        CustomField(FieldId("f3"), "Paid"),
    )
    heading = ("Name", "Company", "Company", "Member since", "Paid")
    rows: list[Row] = [
        heading,
        ("Ada", "Engines", "", datetime(2020, 5, 31, tzinfo=UTC), True),
        ("Ben", "Crane", "of the year", "31.05.2020", 12.0),
    ]
    ada, ben = whole(contacts_in(rows, "en", ListShape(fields=fields))).items
    assert (ada.content.company, ben.content.company) == ("Engines", "Crane")
    assert ada.own == {"member since": "2020-05-31", "paid": "yes"}
    assert ben.own == {"company": "of the year", "member since": "2020-05-31", "paid": "12"}


def test_titles_in_front_of_names_and_jobs_are_both_called_titre_in_french_outlook() -> None:
    heading = ("Titre", "Prénom", "Nom", "Société", "Titre")
    [ada] = read(heading, ("Mme", "Ada", "Byron", "Engines", "Ingénieure"))
    assert (ada.title, ada.job) == ("Mme", "Ingénieure")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("29.02.", date(1604, 2, 29)),
        ("29. Februar", date(1604, 2, 29)),
        ("25/12", date(1604, 12, 25)),
        ("10.12.85", date(1985, 12, 10)),
        ("10.12.24", date(2024, 12, 10)),
        ("10.12.2085", date(2085, 12, 10)),
        ("12/85", None),
    ],
)
def test_a_birthday_without_its_year_or_with_half_of_it(written: str, day: date | None) -> None:
    [ada] = read(("Name", "Birthday"), ("Ada", written), language="de")
    assert ada.birthday == day


def test_a_table_that_excel_is_told_how_to_part_and_marks_of_what_must_be_filled() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        data = mark + "sep=;\r\nName *;Note, if any\r\nJörg, sen.;x\r\n".encode()
        [item] = whole(contacts_in(read_table(data), "de")).items
        assert item.content.name == "Jörg, sen."


def test_nothing_that_goes_out_is_a_formula() -> None:
    rows = rows_of([a_contact(name="=cmd()", notes="@x", phones=())], ListShape())
    assert "'=cmd()" in csv_file(rows).decode() and "'@x" in csv_file(rows).decode()
    assert b"<f>" not in workbook_file("x", rows)


def test_the_template_is_read_without_a_word_of_trouble() -> None:
    reading = whole(contacts_in(CONTACT_TEMPLATE, "en"))
    assert len(reading.items) == 2 and not reading.troubles
