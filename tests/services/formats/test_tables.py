"""Tables: any flavour of CSV, workbooks, bombs, formulas; and events out of them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.formats.event_rows import HEADINGS, TEMPLATE, table_of
from services.formats.event_table import events_in
from services.formats.table_values import Days, day_order, number_of, read_day, read_time, said_yes
from services.formats.tables import Row, csv_file, read_table
from services.formats.workbooks import workbook_file
from services.model.events import (
    EventContent,
    Importance,
    Participant,
    Sensitivity,
    ShowAs,
    WebLink,
)
from services.model.imports import BadFile, FileWrong, Reading, Snag
from services.model.settings import Color
from services.model.times import AllDay, Timed
from tests._builders import BERLIN, an_event, timed

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30)
OUTLOOK = (
    '"Subject","Start Date","Start Time","End Date","End Time","All day event",'
    '"Reminder on/off","Categories","Description","Location","Priority","Private","Show time as"\n'
    '"Stage meeting","11/20/2026","9:00:00 AM","11/20/2026","9:45:00 AM","False","False",'
    '"Harbour;Stage","Bring\nnumbers","Room 3","High","True","2"\n'
    '"Leave","12/24/2026","12:00:00 AM","12/26/2026","12:00:00 AM","True","False","","","",'
    '"Normal","False","4"\n'
)
GERMAN = (
    "Betreff;Beginnt am;Beginnt um;Endet am;Endet um;Ganztägiges Ereignis;Ort;Privat\r\n"
    "Bühne;20.11.2026;09:00;20.11.2026;09:45;Aus;Raum 3;Ein\r\n"
)


def read(data: bytes | str, language: str = "en-GB") -> Reading[EventContent]:
    raw = data.encode() if isinstance(data, str) else data
    return events_in(list(read_table(raw)), BERLIN, language)


def contents(data: bytes | str, language: str = "en-GB") -> list[EventContent]:
    return [item.content for item in read(data, language).items]


def a_workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=2, max_size=5))
def test_what_was_written_as_csv_is_read_as_it_was(rows: list[list[str]]) -> None:
    head = ["a"] * max(map(len, rows))
    table = [head, *(row + [""] * (len(head) - len(row)) for row in rows), ["end"] * len(head)]
    assert list(read_table(csv_file(table))) == table


@pytest.mark.parametrize("text", ["=1+1", "+45 12 34", "-x", "@x", "\tx", "\uff1d1", "'=1", "''+1"])
def test_no_cell_of_a_csv_is_a_formula_and_it_comes_back(text: str) -> None:
    written = csv_file([["a", "b"], [text, "x"]]).decode("utf-8-sig").splitlines()[1]
    assert written.lstrip('"').startswith("'")
    assert list(read_table(csv_file([["a", "b"], [text, "x"]])))[1][0] == text


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+45", "@x", "\x07bell"])
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    file = workbook_file("x", [["a"], [text]])
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert list(read_table(file))[1][0] == text.replace("\x07", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding_is_found_out(delimiter: str, encoding: str) -> None:
    rows = [["Title", "Start date"], ["Übung, für; alle", "2026-11-20"]]
    text = csv_file(rows, delimiter).decode("utf-8-sig")
    table = read_table(text.encode(encoding))
    assert list(table) == rows == list(table), "it can be gone through again"


def test_outlooks_export_is_understood() -> None:
    meeting, leave = contents(OUTLOOK)
    assert meeting.when == timed("2026-11-20T09:00", 45)
    assert meeting.tags == ("Harbour", "Stage") and meeting.text == "Bring\nnumbers"
    assert meeting.importance is Importance.HIGH and meeting.sensitivity is Sensitivity.PRIVATE
    assert leave.when == AllDay(date(2026, 12, 24), date(2026, 12, 26)), "it ends at that midnight"
    assert leave.show_as is ShowAs.AWAY


def test_a_german_export_is_understood() -> None:
    [content] = contents(GERMAN.encode("cp1252"))
    assert content.title == "Bühne" and content.when == timed("2026-11-20T09:00", 45)
    assert content.place == "Raum 3"


def test_the_template_is_what_the_reader_expects() -> None:
    for data in (csv_file(TEMPLATE), workbook_file("x", TEMPLATE)):
        lunch, fair = contents(data)
        assert (lunch.title, lunch.reminder_minutes) == ("Team lunch", 15)
        assert lunch.links == (WebLink("https://canteen.example", "Menu"),)
        assert fair.rule is not None and isinstance(fair.when, AllDay)


def test_what_cannot_be_a_link_is_told_and_an_unknown_colour_is_none() -> None:
    rows: list[Row] = [
        ("Title", "Start", "Links", "Color", "Emoji"),
        ("Fair", date(2026, 11, 20), "javascript:alert(1)", "", ""),
        ("Trip", date(2026, 11, 20), "", "ultraviolet", "no emoji"),
    ]
    reading = events_in(rows, BERLIN, "en")
    assert [(each.row, each.snag) for each in reading.troubles] == [(2, Snag.NOT_A_LINK)]
    [trip] = reading.items
    assert (trip.content.color, trip.content.emoji) == (Color.NONE, "")


@pytest.mark.parametrize("write", [csv_file, lambda rows: workbook_file("x", rows)])
def test_events_come_back_from_a_table(write: Any) -> None:
    events = [
        an_event(place="Room 4", tags=("a", "b"), reminder_minutes=15),
        an_event(id="e2", title="=1+1", when=AllDay(date(2026, 11, 20), date(2026, 11, 23))),
        an_event(
            id="e3", title="Över natten", when=timed("2026-11-20T22:00", 240), show_as=ShowAs.AWAY
        ),
        an_event(
            id="e4",
            importance=Importance.HIGH,
            color=Color.RED,
            emoji="\N{PARTY POPPER}",
            meeting_url="https://meet.example/1",
            links=(WebLink("https://a.example/x", "Plan B"), WebLink("https://b.example")),
            people=(Participant("Moreau, Ines"), Participant("Mr Ortega")),
        ),
    ]
    back = contents(write(table_of(events)))
    assert back == [each.content for each in events]
    assert table_of(events)[0] == HEADINGS


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-11-20", Days.DAY_FIRST, date(2026, 11, 20)),
        ("2026/11/20", Days.MONTH_FIRST, date(2026, 11, 20)),
        ("20.11.2026", Days.MONTH_FIRST, date(2026, 11, 20)),
        ("3/4/2026", Days.DAY_FIRST, date(2026, 4, 3)),
        ("3/4/26", Days.MONTH_FIRST, date(2026, 3, 4)),
        ("20 November 2026", Days.DAY_FIRST, date(2026, 11, 20)),
        ("Fri, 20. März 2026", Days.DAY_FIRST, date(2026, 3, 20)),
        ("November 20, 2026", Days.DAY_FIRST, date(2026, 11, 20)),
        ("2026-11-20T09:00:00", Days.DAY_FIRST, date(2026, 11, 20)),
        (datetime.fromisoformat("2026-11-20T09:00"), Days.DAY_FIRST, date(2026, 11, 20)),
        (date(2026, 11, 20), Days.DAY_FIRST, date(2026, 11, 20)),
        (46346, Days.DAY_FIRST, date(2026, 11, 20)),
        ("31.02.2026", Days.DAY_FIRST, None),
        ("soon", Days.DAY_FIRST, None),
        (True, Days.DAY_FIRST, None),
        (1e300, Days.DAY_FIRST, None),
        (time(9), Days.DAY_FIRST, None),
    ],
)
def test_a_day_is_read_as_people_write_it(cell: Any, order: Days, day: date | None) -> None:
    assert read_day(cell, order) == day


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("9:00", time(9)),
        ("09.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("9:00:00 PM", time(21)),
        ("12 am", time(0)),
        ("12:30 p.m.", time(12, 30)),
        ("24:00", time(0)),
        (0.5, time(12)),
        (time(9, 0, 5), time(9)),
        (datetime.fromisoformat("2026-01-01T09:30"), time(9, 30)),
        ("9 Uhr", time(9)),
        ("9.30 Uhr", time(9, 30)),
        ("21 h 30", time(21, 30)),
        ("9h", time(9)),
        ("0930", time(9, 30)),
        (9, time(9)),
        (44562.75, time(18)),
        ("25:00", None),
        ("13 pm", None),
        ("9", None),
        ("noon", None),
        (True, None),
    ],
)
def test_a_time_is_read_as_people_write_it(cell: Any, at: time | None) -> None:
    assert read_time(cell) == at


@pytest.mark.parametrize(
    ("cells", "language", "order"),
    [
        (["3/4/2026", "13/4/2026"], "en-US", (Days.DAY_FIRST, False)),
        (["3/4/2026", "4/13/2026"], "de", (Days.MONTH_FIRST, False)),
        (["3/4/2026"], "en-US", (Days.MONTH_FIRST, True)),
        (["3/4/2026"], "da-DK", (Days.DAY_FIRST, True)),
        (["3.4.2026", "2026-04-03", date(2026, 4, 3)], "en-US", (Days.MONTH_FIRST, False)),
    ],
)
def test_a_column_says_which_way_round_its_dates_are(
    cells: list[Any], language: str, order: tuple[Days, bool]
) -> None:
    assert day_order(cells, language) == order


def test_what_is_guessed_is_told() -> None:
    table = "Title,Start date\nLunch,3/4/2026\n"
    assert read(table).notes == ("day_first",)
    assert read(table, "en-US").notes == ("month_first",)


@pytest.mark.parametrize(
    ("row", "snag"),
    [
        (",2026-11-20,,,", Snag.NO_TITLE),
        ("x,,,,", Snag.NO_START),
        ("x,tomorrow,,,", Snag.NOT_A_DATE),
        ("x,2026-11-20,late,,", Snag.NOT_A_TIME),
        ("x,0001-01-01,,,", Snag.OUT_OF_RANGE),
        ("x,9999-12-31,,,", Snag.OUT_OF_RANGE),
        ("x,2026-11-20,,2026-11-19,", Snag.ENDS_BEFORE_START),
        ("x,2026-11-20,9:00,2026-11-19,9:00", Snag.ENDS_BEFORE_START),
        ("x,2026-11-20,9:00,,,Mars/Olympus", Snag.UNKNOWN_ZONE),
        ("x,2026-11-20,9:00,,,,FREQ=SECONDLY", Snag.UNKNOWN_RULE),
        ("good,2026-11-21,,,", Snag.TWICE),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_number(row: str, snag: Snag) -> None:
    head = "Title,Start date,Start time,End date,End time,Time zone,Repeats\n"
    reading = read(f"{head}good,2026-11-21,,,\n\n{row}\n")
    assert [(each.row, each.snag) for each in reading.troubles] == [(4, snag)]
    assert [item.content.title for item in reading.items] == ["good"]


def test_times_fill_in_what_is_missing() -> None:
    head = "Title,Start,End,Start time,End time\n"
    [hour] = contents(f"{head}x,2026-11-20 09:00,,,\n")
    assert hour.when == timed("2026-11-20T09:00", 60)
    [night] = contents(f"{head}x,2026-11-20,,22:00,02:00\n")
    assert isinstance(night.when, Timed) and night.when.duration == timedelta(hours=4)


def test_yes_and_numbers() -> None:
    assert all(said_yes(cell) for cell in ("Yes", " TRUE ", "ja", "oui", 1, True))
    assert not any(said_yes(cell) for cell in ("no", "", None, 0, date(2026, 1, 1)))
    assert [number_of(each) for each in ("15", "15 min", 15.0, True, "x", 1e30)] == [
        *(15, 15, 15),
        *(None, None, None),
    ]


def a_zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return file.getvalue()


def an_evil_workbook(sheet: bytes) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(a_workbook(("Title", "Start date"))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            archive.writestr(part.filename, sheet if is_sheet else source.read(part))
    return file.getvalue()


BILLION = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (a_zip(xl__workbook_xml=b"\0" * 60_000_000), FileWrong.TOO_COMPLEX),
        (a_zip(xl__workbook_xml=b"\0" * 2_000_000), FileWrong.TOO_COMPLEX),
        (a_zip(**{f"part{n}": b"x" for n in range(300)}), FileWrong.TOO_COMPLEX),
        (a_zip(word__document_xml=b"<x/>"), FileWrong.NOT_A_TABLE),
        (a_zip(xl__workbook_xml=b"<x/>"), FileWrong.NOT_A_TABLE),
        (b"PK\x03\x04 and then nothing", FileWrong.NOT_A_TABLE),
        (an_evil_workbook(BILLION), FileWrong.NOT_A_TABLE),
        (an_evil_workbook(b"<worksheet"), FileWrong.NOT_A_TABLE),
        (a_workbook(tuple(range(200)), tuple(range(200))), FileWrong.TOO_COMPLEX),
        (b"x" * 17_000_000, FileWrong.TOO_LARGE),
        (b"a,b\n" * 50_002, FileWrong.TOO_LARGE),
        (b"a,b\n" + b"c," * 200, FileWrong.TOO_COMPLEX),
        (b"a,b\n" + b"c" * 40_000, FileWrong.TOO_COMPLEX),
        (b"a,b\n\0\0\0", FileWrong.UNKNOWN_KIND),
        (b"just words", FileWrong.UNKNOWN_KIND),
        (b'a,b\n"c,d\ne,f\n', FileWrong.NOT_A_TABLE),
    ],
    ids=[
        *("bomb", "packed", "parts", "word", "hollow", "cut", "entities", "broken", "wide"),
        *("17 MB", "rows", "columns", "cell", "binary", "words", "quote"),
    ],
)
def test_a_hostile_file_is_refused(data: bytes, why: FileWrong) -> None:
    with pytest.raises(BadFile) as raised:
        list(read_table(data))
    assert raised.value.why is why


def test_a_table_without_its_columns_is_refused() -> None:
    for table in ("Name of it,When\nx,y\n", "Title,Place\nx,y\n"):
        with pytest.raises(BadFile) as raised:
            read(table)
        assert raised.value.why is FileWrong.NO_COLUMNS


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    table = list(read_table(a_workbook(("Title", "Start date"), ("x", date(2026, 11, 20)))))
    assert table[1][0] == "x" and read_day(table[1][1], Days.DAY_FIRST) == date(2026, 11, 20)
