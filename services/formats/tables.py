"""Tables that people keep in a spreadsheet: CSV of any flavour, and xlsx. Rows in, rows out.

:func:`read_table` tells one from the other by the first bytes. What is written to CSV cannot be a
formula where it is opened: :func:`csv_file` puts an apostrophe in front of what might be one, and
reading takes off exactly that. In xlsx a string is a string (:mod:`services.formats.workbooks`).

RFC 4180; OWASP ASVS 5.0.0-1.2.10 on formulas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from itertools import chain

from services.formats.kept_rows import KeptRows
from services.formats.wide_text import wide_encoding
from services.formats.workbook_reading import Workbook
from services.model.imports import BadFile, FileWrong

__all__ = [
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Cell",
    "Row",
    "csv_file",
    "read_table",
    "tables_in",
    "text_of",
]

Cell = str | int | float | bool | datetime | date | time | None
Row = Sequence[Cell]
MOST_BYTES = 16_000_000
MOST_ROWS = 50_001
MOST_COLUMNS = 100
MOST_SHEETS = 20
"""Of a workbook; people who have more keep no table of contacts behind them."""
LONGEST_CELL = 32_768
PIECE = 65_536
"""Letters that are read at a time."""
WORKBOOK = b"PK\x03\x04"
DELIMITERS = (",", ";", "\t", "|")
END = "\0"
"""Stands behind the last line, and in no file: a quote that nobody has closed swallows it."""
TITLES = 10
"""Lines that may stand above a table, and one more."""
_QUOTED = re.compile(r'"[^"]*"')
_TOLD = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([,;\t|])"?\r?\n', re.I)
"""A first line in which Excel is told the delimiter."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", *"\uff1d\uff0b\uff0d\uff20")
"""How a cell begins that a spreadsheet may take for a formula, in full width too."""


def read_table(data: bytes) -> Iterable[Row]:
    """Return the rows of a file, which can be gone through again; the first is its heading.

    They are never there all at once.

    Raises:
        BadFile: it is no table, too large, or unpacks to more than an honest one; some of this
            shows as its rows are read.
    """
    if len(data) > MOST_BYTES:
        raise BadFile(FileWrong.TOO_LARGE)
    if data.startswith(WORKBOOK):
        return KeptRows(Workbook(data, rows=MOST_ROWS, columns=MOST_COLUMNS))
    return _Csv.of(data)


def tables_in(data: bytes) -> Sequence[tuple[str, Iterable[Row]]]:
    """Return the sheets of a file as :func:`read_table` does, each with its title.

    A CSV file is one, of no title; so is a workbook of one sheet.

    Raises:
        BadFile: as there.
    """
    if len(data) <= MOST_BYTES and data.startswith(WORKBOOK):
        book = Workbook(data, rows=MOST_ROWS, columns=MOST_COLUMNS)
        titles = book.titles()[:MOST_SHEETS]
        if len(titles) > 1:
            sheets = (replace(book, sheet=number) for number in range(len(titles)))
            return list(zip(titles, map(KeptRows, sheets), strict=True))
    return [("", read_table(data))]


def csv_file(rows: Iterable[Row], delimiter: str = ",") -> bytes:
    """Return the rows as CSV, with the mark that makes a spreadsheet read it as UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_defused(text_of(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Csv:
    """The rows of a CSV file."""

    data: bytes
    encoding: str
    delimiter: str

    @classmethod
    def of(cls, data: bytes) -> _Csv:
        """Return a file with what has to be known before its first row is read."""
        told = _TOLD.match(data)
        data = data[told.end() :] if told else data
        encoding = _encoding(data)
        if any("\0" in piece for piece in _pieces(data, encoding, "replace")):
            raise BadFile(FileWrong.UNKNOWN_KIND)
        head = _lines(data, encoding, "replace").read(LONGEST_CELL)
        delimiter = told[1].decode() if told else _delimiter(head)
        if delimiter not in head and not head.strip().partition("\n")[2]:
            raise BadFile(FileWrong.UNKNOWN_KIND)
        return cls(data, encoding, delimiter)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, as long as they are such as people write."""
        lines = chain(_lines(self.data, self.encoding, "replace"), (END,))
        try:
            for number, row in enumerate(csv.reader(lines, delimiter=self.delimiter)):
                if row == [END]:
                    return
                if number == MOST_ROWS:
                    raise BadFile(FileWrong.TOO_LARGE)
                if len(row) > MOST_COLUMNS or max(map(len, row), default=0) > LONGEST_CELL:
                    raise BadFile(FileWrong.TOO_COMPLEX)
                if row and row[-1].endswith(END):  # rows would be lost in it
                    raise BadFile(FileWrong.NOT_A_TABLE)
                yield [_as_meant(cell) if cell[:1] == "'" else cell for cell in row]
        except csv.Error:
            raise BadFile(FileWrong.NOT_A_TABLE) from None


def _encoding(data: bytes) -> str:
    """Return how the text of a file is written, which nobody tells."""
    if wide := wide_encoding(data):
        return wide
    try:
        for _ in _pieces(data, "utf-8-sig", "strict"):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _lines(data: bytes, encoding: str, errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors)


def _pieces(data: bytes, encoding: str, errors: str) -> Iterator[str]:
    """Yield the text of a file, which is never there all at once."""
    return iter(partial(_lines(data, encoding, errors).read, PIECE), "")


def _delimiter(head: str) -> str:
    """Return what stands between the cells: what the first lines of a file have in common.

    A line above the table has none of it, or it is something that the next line does not have.
    """
    lines = [line for line in _QUOTED.sub("", head).splitlines() if line.strip()][:TITLES]
    found = [max(DELIMITERS, key=line.count) for line in lines]
    for line, delimiter, below in zip(lines, found, (*lines[1:], ""), strict=False):
        is_kept = delimiter in below or not any(each in below for each in DELIMITERS)
        if delimiter in line and is_kept:
            return delimiter
    return found[0] if found else DELIMITERS[0]


def text_of(cell: Cell) -> str:
    """Return a cell as a text: a number without needless decimals, a day as 2027-05-31."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime() if cell.time() != time():
            return cell.strftime("%Y-%m-%d %H:%M")
        case time():
            return cell.strftime("%H:%M")
        case date():
            return f"{cell:%Y-%m-%d}"
        case float() if cell.is_integer():
            return str(int(cell))  # a phone number that a spreadsheet has taken for an amount
    return str(cell)


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) or _is_defused(text) else text


def _as_meant(text: str) -> str:
    return text[1:] if _is_defused(text) else text


def _is_defused(text: str) -> bool:
    """Whether a cell looks as if we had put the apostrophe there."""
    return text.startswith("'") and text.lstrip("'").startswith(DANGEROUS)
