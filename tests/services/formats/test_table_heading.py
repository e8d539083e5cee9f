"""Where the headings of a table are, and which rows are none."""

from __future__ import annotations

import pytest

from services.formats.contact_columns import naming
from services.formats.contact_table import contacts_in
from services.formats.table_heading import heading_in
from services.formats.tables import Row, csv_file, read_table
from services.formats.workbooks import workbook_file
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.imports import BadFile, FileWrong, Snag
from tests.services._contacts import whole

HEADING = ("Name", "E-mail", "Company")
ADA = ("Ada", "ada@x.example", "Engines")


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([HEADING, ADA], 1),
        ([("Staff list 2026",), (), HEADING, ADA], 3),
        ([("Contact",), HEADING, ADA], 2),
        ([("Staff",), ("Name",), ("Ada",)], 2),
        ([("Name",), ("Ada",), ("Company",)], 1),
        ([*[("x",)] * 9, HEADING, ADA], 10),
        ([*[("x",)] * 10, HEADING, ADA], 1),
        ([("a", "b"), ("Name", "c")], 1),
        ([], 0),
    ],
)
def test_headings_are_found_among_the_first_rows(rows: list[Row], at: int) -> None:
    assert heading_in(rows, naming) == (at, rows[at - 1] if at else [])


@pytest.mark.parametrize("ending", ["csv", "csv;", "xlsx"])
def test_a_title_above_a_table_is_left_out_and_the_rows_keep_their_numbers(ending: str) -> None:
    rows: list[Row] = [("Staff list, 2026",), (), HEADING, ADA, ("", "", ""), ("", "", "")]
    rows[4] = ("Eve", "", "")
    data = csv_file(rows, ending[3:] or ",") if "csv" in ending else workbook_file("Staff", rows)
    reading = whole(contacts_in(read_table(data), "en"))
    assert [(item.row, item.content.name) for item in reading.items] == [(4, "Ada"), (5, "Eve")]
    assert reading.notes == ("heading:3",)
    assert not reading.troubles


def test_a_title_that_a_spreadsheet_has_filled_up_with_delimiters() -> None:
    data = b"Staff list, 2026;;\r\n;;\r\nName;E-mail;Company\r\nAda;ada@x.example;Engines, Ltd\r\n"
    [item] = whole(contacts_in(read_table(data), "en")).items
    assert item.content.company == "Engines, Ltd"


def test_headings_on_two_lines_within_quotes_tell_the_delimiter() -> None:
    data = b'Name;"Note,\r\nif any";"E-mail"\r\nAda;"a, b, c, d";ada@x.example\r\n'
    [item] = whole(contacts_in(read_table(data), "en")).items
    assert item.content.emails == ("ada@x.example",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
@pytest.mark.parametrize("name", ["Łukasz", "王小明", "Ada"])
def test_a_table_in_two_bytes_a_letter_needs_no_mark(encoding: str, name: str) -> None:
    data = f"Name\tCompany\r\n{name}\t{name * 40}\r\n".encode(encoding)
    [item] = whole(contacts_in(read_table(data), "en")).items
    assert (item.content.name, item.content.company) == (name, name * 40)


@pytest.mark.parametrize(
    "data", [b"a,b\nc\0", b"a,b\n\0\0", b"Name,Notes\nAda,x\0\0\n", b"a,b\n\0"]
)
def test_zeros_that_leave_doubt_are_no_text(data: bytes) -> None:
    with pytest.raises(BadFile) as refused:
        read_table(data)
    assert refused.value.why is FileWrong.UNKNOWN_KIND


def test_columns_that_nothing_reads_are_named_if_anything_stands_in_them() -> None:
    heading = ("Name", "Shoe size", "Priority", "Telex", "Region of sales")
    rows: list[Row] = [heading, ("Ada", "", "Normal", ""), ("Ben", 38, "", "", "North")]
    assert whole(contacts_in(rows, "en")).notes == ("unread:Shoe size, Region of sales",)
    shape = ListShape(fields=(CustomField(FieldId("f1"), "Shoe size", FieldKind.NUMBER),))
    reading = whole(contacts_in(rows, "en", shape))
    assert reading.notes == ("unread:Region of sales",)
    assert reading.items[1].own == {"shoe size": "38"}


def test_a_second_company_is_a_note_with_what_the_table_calls_it() -> None:
    rows: list[Row] = [
        (
            "Name",
            "File as",
            "Company",
            "Organisation",
            "Notes",
            "Comments",
            "Birthday",
            "Geburtstag",
        ),
        ("Ada", "Byron, Ada", "Engines", "Mills", "one", "two", "1985-12-10", "1985-12-11"),
        ("Ben", "", "Engines", "Engines", "one", "", "", ""),
    ]
    reading = whole(contacts_in(rows, "en"))
    ada, ben = (item.content for item in reading.items)
    assert ada.company == "Engines" and ben.notes == "one"
    assert ada.notes == "one\ntwo\nOrganisation: Mills\nGeburtstag: 1985-12-11"
    assert [(t.row, t.snag, t.skipped) for t in reading.troubles] == [(2, Snag.IN_NOTES, False)]
