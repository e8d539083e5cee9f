"""Excel's files, written: tables that look like some.

They are read by :mod:`services.formats.workbook_reading`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from typing import Any

from services.formats.workbook_cells import as_written

__all__ = ["workbook_file"]

LONGEST_CELL = 32_767
_CONTROL = dict.fromkeys(c for c in range(32) if c not in (9, 10, 13))
_HEAD = "3D4A8F"
_WIDEST, _NARROWEST = 60, 10


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


def _cell(sheet: Any, value: Any, *, is_head: bool) -> Any:
    openpyxl = _openpyxl()
    styles = openpyxl.styles
    if isinstance(value, str):
        value = as_written(value.translate(_CONTROL)[:LONGEST_CELL])
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
