"""Excel's files, read: the rows of the first sheet, one after the other.

Nothing of a sheet is kept: expat tells what comes, and a row is handed on as soon as it ends. That
takes a fifth of the time, and little of the memory, of a library that makes an object of each cell.
Formulas are read as what they came to last.

ECMA-376 part 1, 18.3.1 (``row``, ``c``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.formats.workbook_cells import as_text, column_of, iso_in, number_in
from services.formats.workbook_parts import (
    LONGEST_CELL,
    Attributes,
    Parts,
    local,
    opened,
    walk,
)
from services.model.imports import BadFile, FileWrong

__all__ = ["Workbook"]

DIGITS = "0123456789"
TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows of the first sheet, which can be gone through again.

    Cells are texts, numbers, truths, days and times. A row ends with the last cell that holds
    something; one in which none does only stands between others.
    """

    data: bytes
    rows: int
    """With more than so many it is refused, and with more columns."""
    columns: int

    def __iter__(self) -> Iterator[Sequence[Any]]:
        """Yield the rows.

        Raises:
            BadFile: it is no workbook, too large, or unpacks to more than an honest one.
        """
        with opened(self.data) as archive:
            parts = Parts.of(archive)
            sheet, done = _Sheet(parts, self.columns), 0
            for _ in walk(archive, parts.sheet, sheet):
                for number, row in sheet.taken():
                    if number > self.rows:
                        raise BadFile(FileWrong.TOO_LARGE)
                    yield from ([] for _ in range(done + 1, number))
                    yield row
                    done = number


class _Local(dict[str, str]):
    """Names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = local(name)
        return found


class _Columns(dict[str, int]):
    """Numbers of columns by their letters, each worked out once."""

    def __missing__(self, letters: str) -> int:
        found = self[letters] = column_of(letters)
        return found


class _Sheet:
    """Hears a sheet, and holds the rows that have ended; called some five times for a cell."""

    def __init__(self, parts: Parts, most: int) -> None:
        self._most = most
        self._names, self._columns = _Local(), _Columns()
        self._pieces: list[str] = []
        self.say = self._pieces.append
        self._rows: list[tuple[int, list[Any]]] = []
        self._row: list[Any] = []
        self._number = self._column = 0
        self._kind, self._style, self._text = "n", 0, ""
        self._is_told = True
        self._parts = parts
        self._read: dict[str, Callable[[str], Any]] = {
            "s": self._shared,
            "n": self._amount,
            "str": as_text,
            "inlineStr": as_text,
            "b": TRUE.__contains__,
            "d": iso_in,
            "e": str,
        }

    def taken(self) -> list[tuple[int, list[Any]]]:
        """Return the rows that have ended since, each with its number; 1 is the first."""
        rows, self._rows = self._rows, []
        return rows

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take note that an element begins."""
        self._pieces.clear()
        name = self._names[name]
        if name == "c":
            place = attributes.get("r")
            self._column = self._columns[place.rstrip(DIGITS)] if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._text = ""
        elif name == "row":
            self._number = max(int(attributes.get("r", 0)), self._number + 1)
            self._row, self._column = [], -1
        elif name == "rPh":
            self._is_told = False

    def end(self, name: str) -> None:
        """Take note that an element ends."""
        name = self._names[name]
        if name == "v":
            self._text = "".join(self._pieces)
            _check(self._text)
        elif name == "c":
            if self._text:
                self._put(self._read[self._kind](self._text))
        elif name == "t":
            if self._is_told:
                self._text = "".join((self._text, *self._pieces))
                _check(self._text)
        elif name == "row":
            if self._row:
                self._rows.append((self._number, self._row))
        elif name == "rPh":
            self._is_told = True

    def _shared(self, text: str) -> str:
        return self._parts.texts[int(text)]

    def _amount(self, text: str) -> Any:
        number = number_in(text)
        return number if isinstance(number, str) else self._parts.formats.read(number, self._style)

    def _put(self, value: Any) -> None:
        row, column = self._row, self._column
        if column >= self._most:
            raise BadFile(FileWrong.TOO_COMPLEX)
        while len(row) < column:
            row.append(None)
        if len(row) == column:
            row.append(value)
        else:
            row[column] = value


def _check(text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise BadFile(FileWrong.TOO_COMPLEX)
