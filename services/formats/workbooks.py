"""Excel's files: read with limits, and written as tables that look like some.

An xlsx is a zip of XML. Before it is opened, its directory is looked at: no more parts and no more
bytes than an honest workbook unpacks to; and what unpacks to more than its directory says is
stopped by the zip library. Reading is openpyxl's streaming mode, without formulas; XML entities
are refused by ``defusedxml``, which openpyxl uses where it is there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from sys import intern
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from services.model.imports import BadFile, FileWrong

__all__ = ["read_workbook", "workbook_file", "workbook_heading"]

MOST_UNPACKED = 120_000_000
"""Bytes: 50,000 contacts of twenty columns take 65 MB."""
MOST_PARTS = 200
MOST_RATIO = 200
"""How many bytes one byte may become: XML of a sheet seldom reaches 30."""
LONGEST_CELL = 32_768
_CONTROL = dict.fromkeys(c for c in range(32) if c not in (9, 10, 13))
_HEAD = "3D4A8F"
_WIDEST, _NARROWEST = 60, 10


def read_workbook(data: bytes, *, rows: int, columns: int) -> list[Sequence[Any]]:
    """Return the rows of the first sheet; cells are texts, numbers, truths, days and times.

    Raises:
        BadFile: it is no workbook, has more than ``rows`` or ``columns``, or unpacks to too much.
    """
    with _opened(data) as book:
        return _rows(book, rows, columns)


def workbook_heading(data: bytes, *, columns: int) -> Sequence[Any]:
    """Return the first row of the first sheet; ``BadFile`` as of :func:`read_workbook`."""
    with _opened(data) as book:
        return next(_each_row(book, columns), [])


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """Open a workbook as a stream; whatever it is not, shows as a bad file."""
    _check(data)
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        with closing(book):
            yield book
    except (
        openpyxl.utils.exceptions.InvalidFileException,
        zipfile.BadZipFile,
        DefusedXmlException,
        ParseError,
        AttributeError,
        EOFError,
        IndexError,
        KeyError,
        OverflowError,
        TypeError,
        ValueError,
    ):  # openpyxl says in many ways that a file is not what it should be
        raise BadFile(FileWrong.NOT_A_TABLE) from None


def workbook_file(title: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as a workbook with one sheet; the first row is its heading."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    letter = openpyxl.utils.get_column_letter
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    table = [list(row) for row in rows]
    for column, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[letter(column)].width = width
    for number, row in enumerate(table):
        sheet.append([_cell(sheet, value, is_head=number == 0) for value in row])
    if table and table[0]:
        sheet.auto_filter.ref = f"A1:{letter(len(table[0]))}{len(table)}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@cache
def _openpyxl() -> Any:
    """Return the library: it takes a third of a second to import, and few days need it."""
    return import_module("openpyxl")


def _check(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise BadFile(FileWrong.NOT_A_TABLE) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise BadFile(FileWrong.TOO_COMPLEX)
    if unpacked > max(MOST_RATIO * len(data), 1_000_000):
        raise BadFile(FileWrong.TOO_COMPLEX)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BadFile(FileWrong.NOT_A_TABLE)


def _rows(book: Any, most: int, columns: int) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = []
    for row in _each_row(book, columns):
        if len(found) == most:
            raise BadFile(FileWrong.TOO_LARGE)
        found.append(row)
    while found and not any(cell not in (None, "") for cell in found[-1]):
        found.pop()
    return found


def _each_row(book: Any, columns: int) -> Iterator[Sequence[Any]]:
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # a sheet may lie about its size
    for row in sheet.iter_rows(values_only=True):
        if len(row) > columns and any(cell is not None for cell in row[columns:]):
            raise BadFile(FileWrong.TOO_COMPLEX)
        yield [_value(cell) for cell in row[:columns]]


def _value(cell: Any) -> Any:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        raise BadFile(FileWrong.TOO_COMPLEX)
    if isinstance(cell, str):
        return intern(cell)  # what many rows say is kept once
    known = isinstance(cell, int | float | bool | datetime | date | time)
    return cell if known or cell is None else str(cell)


def _cell(sheet: Any, value: Any, *, is_head: bool) -> Any:
    openpyxl = _openpyxl()
    styles = openpyxl.styles
    if isinstance(value, str):
        value = value.translate(_CONTROL)[: LONGEST_CELL - 1]
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, however it begins
        cell.alignment = styles.Alignment(vertical="top", wrap_text=len(value) > _WIDEST)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, time):
        cell.number_format = "hh:mm"
    if is_head:
        cell.font = styles.Font(bold=True, color="FFFFFF")
        cell.fill = styles.PatternFill("solid", fgColor=_HEAD)
    return cell


def _widths(table: Sequence[Sequence[Any]]) -> list[int]:
    shown = table[:200]
    longest = [
        max((len(str(row[n] or "")) for row in shown if n < len(row)), default=0)
        for n in range(len(table[0]) if table else 0)
    ]
    return [min(max(each + 2, _NARROWEST), _WIDEST) for each in longest]


def _sheet_name(title: str) -> str:
    kept = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)
    return " ".join(kept.translate(_CONTROL).split())[:31] or "Almanac"
