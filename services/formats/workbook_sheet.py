"""A sheet of an Excel file, heard: its rows, cell by cell as expat tells them, or one at a glance.

What programs write is plain: cells one after the other, each with its place, its style, its kind
and what it says. :meth:`Sheet.plainly` reads such a row by one pattern, in a quarter of the time.
It takes nothing that is anything else (a formula, a run of letters in bold, an entity, a comment):
that is for expat, and comes to the same here.

ECMA-376 part 1, 18.3.1 (``row``, ``c``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from services.formats.workbook_cells import as_text, column_of, iso_in, number_in
from services.formats.workbook_parts import LONGEST_CELL, Attributes, Parts, local
from services.model.imports import BadFile, FileWrong

__all__ = ["Sheet"]

DIGITS = "0123456789"
TRUE = frozenset({"1", "true"})
_ROW = re.compile(r'[ \t\n]*<row(?: r="([0-9]{1,9})")?(?: [A-Za-z:]+="[^"<&]*")*>', re.A)
_SAID = r"([^<>&\x00-\x08\x0b-\x1f\ufffe\uffff]*)"
"""A text in which every sign means itself."""
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,9}"(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")?'
    rf'(?:/>|>(?:<v>{_SAID}</v>|<is><t(?: xml:space="preserve")?>{_SAID}</t></is>)?</c>)',
    re.A,
)
_GROUPS = range(1, _CELL.groups + 1)
_STEP = _CELL.groups + 1


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


class Sheet:
    """Hears a sheet, and holds the rows that have ended.

    Args:
        parts: what has to be known of the workbook.
        most: with more columns it is refused.
    """

    def __init__(self, parts: Parts, most: int) -> None:
        self._most = most
        self._names, self._columns = _Local(), _Columns()
        self._pieces: list[str] = []
        self.say = self._pieces.append
        self._rows: list[tuple[int, list[Any]]] = []
        self._row: list[Any] = []
        self._number = self._column = 0
        self._kind, self._text = "n", ""
        self._style: str | int = 0
        self._is_told = True
        self._parts = parts
        self._read: dict[str, Callable[[str], Any]] = {
            "s": self._shared,
            "n": self._amount,
            "str": as_text,
            "inlineStr": as_text,
            "b": TRUE.__contains__,
            "d": iso_in,
            "e": lambda _: None,  # #N/A and the like: nothing is known
        }

    def taken(self) -> list[tuple[int, list[Any]]]:
        """Return the rows that have ended since, each with its number; 1 is the first."""
        rows, self._rows = self._rows, []
        return rows

    def plainly(self, written: str) -> bool:
        """Read a row, written up to where it ends; ``False`` = it is not plain, and was not read.

        Where a cell holds what cannot be, this raises what :meth:`end` would.
        """
        head = _ROW.match(written)
        if head is None or len(written) > LONGEST_CELL:
            return False
        parts = _CELL.split(written[head.end() :])
        if any(parts[::_STEP]):  # what stands between the cells
            return False
        self._begin_row(head[1])
        cells = zip(*(parts[group::_STEP] for group in _GROUPS), strict=True)
        for letters, style, kind, value, text in cells:
            if said := value or text:
                self._style = style or 0
                self._put(self._columns[letters], self._read[kind or "n"](said))
        self._end_row()
        return True

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take note that an element begins."""
        self._pieces.clear()
        name = self._names[name]
        if name == "c":
            place = attributes.get("r")
            self._column = self._columns[place.rstrip(DIGITS)] if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", 0)
            self._text = ""
        elif name == "row":
            self._begin_row(attributes.get("r"))
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
                self._put(self._column, self._read[self._kind](self._text))
        elif name == "t":
            if self._is_told:
                self._text = "".join((self._text, *self._pieces))
                _check(self._text)
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._is_told = True

    def _begin_row(self, number: str | None) -> None:
        self._number = max(int(number or 0), self._number + 1)
        self._row, self._column = [], -1

    def _end_row(self) -> None:
        if self._row:
            self._rows.append((self._number, self._row))

    def _shared(self, text: str) -> str:
        return self._parts.texts[int(text)]

    def _amount(self, text: str) -> Any:
        number = number_in(text)
        return (
            number
            if isinstance(number, str)
            else self._parts.formats.read(number, int(self._style))
        )

    def _put(self, column: int, value: Any) -> None:
        if column >= self._most:
            raise BadFile(FileWrong.TOO_COMPLEX)
        row, ahead = self._row, column - len(self._row)
        if ahead < 0:
            row[column] = value
            return
        if ahead:
            row += [None] * ahead
        row.append(value)


def _check(text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise BadFile(FileWrong.TOO_COMPLEX)
