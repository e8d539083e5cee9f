"""Workbooks: read as a library reads them, whoever wrote them; and those that are none."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook as Writer
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from services.formats.workbook_cells import column_of
from services.formats.workbook_reading import Workbook
from services.model.imports import BadFile, FileWrong

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOMENT = datetime.fromisoformat("2026-11-20T09:30:15")
CELLS: tuple[tuple[Any, ...], ...] = (
    ("Name", "Ærø", " kept  as it is ", "two\nlines", "<&>", ""),
    (1, 1.5, -3, 1e20, 10**14, 0),
    (True, False, None, "after a gap"),
    (date(2026, 11, 20), MOMENT, time(9, 30), date(1900, 1, 31), date(1900, 3, 1)),
    (),
    ("=1+1", None, "end"),
)
FORMATS = ("0.00", "0%", "dd/mm/yy;@", '"day" 0', "[Red]0.0", "yyyy\\-mm", "0.00E+00", "h:mm AM/PM")


def a_workbook(*rows: tuple[Any, ...], since_1904: bool = False) -> bytes:
    book = Writer()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Writer) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return a workbook with other parts; its cells may point to texts."""
    source, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    relations = source.read(RELATIONS).decode()
    shared = '<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Rel'
    parts = {RELATIONS: relations.replace("</Rel", shared), **parts}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys([*source.namelist(), *parts]):
            archive.writestr(name, parts[name] if name in parts else source.read(name))
    return file.getvalue()


def a_sheet(rows: str) -> bytes:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(a_workbook(("a", "b")), {SHEET: sheet})


def read(data: bytes) -> list[list[Any]]:
    return [list(row) for row in Workbook(data, rows=100, columns=10)]


def as_openpyxl_reads(data: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


@pytest.mark.parametrize("since_1904", [False, True])
def test_cells_are_read_as_a_library_reads_them(since_1904: bool) -> None:
    data = a_workbook(*CELLS, since_1904=since_1904)
    found = read(data)
    assert found == as_openpyxl_reads(data)
    assert found[2] == [True, False, None, "after a gap"] and found[4] == []
    assert found[3][1] == MOMENT
    assert list(Workbook(data, 100, 10)) == list(Workbook(data, 100, 10))


def test_the_first_sheet_that_is_shown_and_holds_something_is_read() -> None:
    book = Writer()
    book.active.title = "Lists"
    book.active.append(("hidden",))
    book.active.sheet_state = "hidden"
    book.create_sheet("Cover")
    book.create_sheet("People").append(("Name", "E-mail"))
    book.create_sheet("More").append(("left",))
    assert read(saved(book)) == [["Name", "E-mail"]]


def test_the_format_of_a_cell_tells_whether_it_is_a_day() -> None:
    book = Writer()
    for number, code in enumerate(FORMATS, start=1):
        book.active.cell(1, number, 46346.25).number_format = code
    data = saved(book)
    assert read(data) == as_openpyxl_reads(data)
    assert [isinstance(cell, datetime) for cell in read(data)[0]] == [
        *(False, False, True, False),
        *(False, True, False, True),
    ]


def test_texts_are_read_whoever_wrote_them() -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
        '<x:c t="s"><x:v>1</x:v></x:c><x:c t="str"><x:f>"no"</x:f><x:v>came to</x:v></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>in </x:t></x:r><x:r><x:t>runs</x:t></x:r></x:is></x:c>'
        '<x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="d"><x:v>2026-11-20T09:30:15</x:v></x:c>'
        '<x:c t="d"><x:v>soon</x:v></x:c><x:c><x:v>1e999</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>王小明</t><rPh sb="0" eb="1"><t>ワン</t></rPh></si>'
        "<si><r><t>A</t></r><r><t>da_x000D_&#10;_xD800_</t></r></si></sst>"
    )
    strange = with_parts(a_workbook(("a",)), {SHEET: prefixed, STRINGS: strings})
    assert read(strange) == [
        ["王小明", "Ada\r\n_xD800_", "came to", "in runs", None, MOMENT, "soon", "1e999"]
    ]


def test_rows_and_cells_stand_where_they_say() -> None:
    rows = (
        '<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c><c r="AA2" s="1"/></row>'
        '<row r="9" hidden="1"><c r="B9"/></row><row r="4"><c r="B4"><v>4</v></c></row>'
        '<row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    assert read(a_sheet(rows)) == [[], [1, None, 3], *[[]] * 7, [None, 4]]
    assert [column_of(each) for each in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16_383]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ('<row r="101"><c r="A101"><v>1</v></c></row>', FileWrong.TOO_LARGE),
        ('<row><c r="K1"><v>1</v></c></row>', FileWrong.TOO_COMPLEX),
        (
            f'<row><c t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>',
            FileWrong.TOO_COMPLEX,
        ),
        ('<row><c r="AAAA1"><v>1</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row><c r="é1"><v>1</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row><c t="s"><v>99</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row><c t="q"><v>1</v></c></row>', FileWrong.NOT_A_TABLE),
        ("<row><c><v>one</v></c></row>", FileWrong.NOT_A_TABLE),
        ('<row r="first"/>', FileWrong.NOT_A_TABLE),
        ("<row>", FileWrong.NOT_A_TABLE),
    ],
    ids=["rows", "columns", "cell", "far", "letters", "text", "kind", "number", "row", "open"],
)
def test_a_sheet_that_is_none_is_refused(rows: str, why: FileWrong) -> None:
    with pytest.raises(BadFile) as raised:
        read(a_sheet(rows))
    assert raised.value.why is why


@pytest.mark.parametrize(
    "parts",
    [
        {SHEET: f'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet xmlns="{MAIN}"/>'},
        {STRINGS: '<!DOCTYPE x [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>'},
        {RELATIONS: "<Relationships/>"},
        {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'},
        {"xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"},
    ],
    ids=["document type", "entity", "no parts", "no sheets", "styles"],
)
def test_a_workbook_whose_parts_are_none_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(BadFile) as raised:
        read(with_parts(a_workbook(("a",), (date(2026, 1, 1),)), parts))
    assert raised.value.why is FileWrong.NOT_A_TABLE


FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
"""Expat hears this one; those behind it may be read at a glance."""


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2" spans="1:3" x14ac:dyDescent="0.3"><c r="A2" s="1" t="str"><v>a</v></c></row>',
        '\n  <row r="4"><c r="B4" s="0"/><c r="C4" s="0"></c><c r="D4"><v>1.5</v></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> æ\n</t></is></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><t>R &amp; D</t></is></c></row>',
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="b"><v>1</v></c></row>',
        '<row r="2"><c t="inlineStr" r="B2"><is><r><t>in </t></r><r><t>runs</t></r></is></c></row>',
        "<row r='2'><c r='A2'><v>2</v></c></row>",
        '<row r="2"/><row r="3"><c r="A3"><v>3</v></c></row>',
        '<!-- <row r="2"><c r="A2"><v>2</v></c></row> -->',
        '<!-- </row> --><!-- </row><row r="2"><c r="A2"><v>2</v></c></row> -->',
        '<row r="2"><c r="A2" t="str"><v><![CDATA[</row><row r="5">]]></v></c></row>',
    ],
)
def test_a_row_is_the_same_whether_it_is_plain_or_not(row: str) -> None:
    last = '<row r="7"><c r="A7"><v>7</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:x14ac="x"><sheetData>{FIRST}{row}{last}</sheetData>'
    data = with_parts(a_workbook(("a",)), {SHEET: f"{sheet}</worksheet>"})
    rows = read(data)
    assert rows == as_openpyxl_reads(data) and rows[0] == [1] and rows[6] == [7]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('<row r="101"><c r="A101"><v>1</v></c></row>', FileWrong.TOO_LARGE),
        ('<row r="2"><c r="K2"><v>1</v></c></row>', FileWrong.TOO_COMPLEX),
        (f'<row r="2"><c r="A2" t="str"><v>{"x" * 40_000}</v></c></row>', FileWrong.TOO_COMPLEX),
        (f'<row r="2"><c r="A2" t="str"><v>{"x" * 400_000}</v></c></row>', FileWrong.TOO_COMPLEX),
        ('<row r="2"><c r="A2" t="s"><v>99</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row r="2"><c r="A2" t="q"><v>1</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row r="2"><c r="A2"><v>one</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row r="2"><c r="A2" t="str"><v>a\0</v></c></row>', FileWrong.NOT_A_TABLE),
        ('<row r="2"><c r="A2"><v>1</is></c></row>', FileWrong.NOT_A_TABLE),
        ('</sheetData><row r="2"><c r="A2"><v>1</v></c></row>', FileWrong.NOT_A_TABLE),
        (f"<!DOCTYPE x>{FIRST}", FileWrong.NOT_A_TABLE),
    ],
)
def test_a_row_behind_plain_ones_is_refused_as_the_first_is(row: str, why: FileWrong) -> None:
    with pytest.raises(BadFile) as raised:
        read(a_sheet(FIRST + row))
    assert raised.value.why is why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_sheet_is_read_in_its_own_encoding(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    rows = FIRST + '<row r="2"><c r="A2" t="str"><v>Ærø</v></c></row>'
    text = f'<?xml version="1.0" encoding="{name}"?>'
    text += f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    assert read(with_parts(a_workbook(("a",)), {SHEET: text.encode(encoding)})) == [[1], ["Ærø"]]


def test_a_text_too_long_is_refused_even_where_no_cell_points_to_it() -> None:
    strings = f"<sst><si><t>{'x' * 40_000}</t></si></sst>"
    with pytest.raises(BadFile) as raised:
        read(with_parts(a_workbook((1,)), {STRINGS: strings}))
    assert raised.value.why is FileWrong.TOO_COMPLEX


def test_a_part_that_is_longer_than_its_directory_says_is_not_unpacked() -> None:
    rows = '<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 50
    data = bytearray(a_sheet(rows))
    size = struct.pack("<L", len(zipfile.ZipFile(io.BytesIO(data)).read(SHEET)))
    assert data.count(size) == 2, "before the part, and in the directory"
    lying = bytes(data).replace(size, struct.pack("<L", 300))
    with pytest.raises(BadFile) as raised:
        read(lying)
    assert raised.value.why is FileWrong.NOT_A_TABLE
