"""Excel's files, read: the rows of the first sheet that has any, one after the other.

Nothing of a sheet is kept: a row is handed on as soon as it ends. The sheet is cut where rows end;
those that are written plainly are read at a glance, and expat hears everything else
(:mod:`services.formats.workbook_sheet`). That takes a tenth of the time, and little of the memory,
of a library that makes an object of each cell. Formulas are read as what they came to last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.formats.workbook_parts import AT_ONCE, Parts, opened, parser_of, pieces_of, titles_of
from services.formats.workbook_sheet import Sheet
from services.model.imports import BadFile, FileWrong

__all__ = ["Workbook"]

_ROW_END = b"</row>"
_LONGEST = 4 * AT_ONCE
"""Bytes in which a row ends, or expat gets them as they are."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows of the first sheet that has any, which can be gone through again.

    Cells are texts, numbers, truths, days and times. A row ends with the last cell that holds
    something; one in which none does only stands between others.
    """

    data: bytes
    rows: int
    """With more than so many it is refused, and with more columns."""
    columns: int
    sheet: int | None = None
    """The number of the sheet, 0 for the first; ``None`` = the first that has any rows."""

    def titles(self) -> Sequence[str]:
        """Return what its sheets are called; ``BadFile`` as below."""
        with opened(self.data) as archive:
            return titles_of(archive)

    def __iter__(self) -> Iterator[Sequence[Any]]:
        """Yield the rows.

        Raises:
            BadFile: it is no workbook, too large, or unpacks to more than an honest one.
        """
        with opened(self.data) as archive:
            parts = Parts.of(archive)
            names = parts.sheets if self.sheet is None else parts.sheets[self.sheet :][:1]
            for name in names:
                done = 0
                for number, row in self._rows(pieces_of(archive, name), Sheet(parts, self.columns)):
                    yield from ([] for _ in range(done + 1, number))
                    yield row
                    done = number
                if done:
                    return

    def _rows(self, written: Iterator[bytes], sheet: Sheet) -> Iterator[tuple[int, Sequence[Any]]]:
        """Yield the rows of a sheet in which something is, each with its number."""
        for _ in _heard(written, sheet):
            for number, row in sheet.taken():
                if number > self.rows:
                    raise BadFile(FileWrong.TOO_LARGE)
                yield number, row


def _heard(written: Iterator[bytes], sheet: Sheet) -> Iterator[None]:
    """Let a sheet hear what is written, and let go now and then: what was heard can be taken."""
    ear, rest = _Ear(sheet), b""
    for piece in written:
        *rows, rest = (rest + piece).split(_ROW_END)
        for row in rows:
            if not (ear.is_between_rows and sheet.plainly(row.decode())):
                ear.hear(row + _ROW_END)
        if len(rest) > _LONGEST:
            ear.hear(rest)
            rest = b""
        yield
    ear.hear(rest, is_last=True)
    yield


class _Ear:
    """Tells a sheet what expat hears; and whether a row has just ended, so that one may begin."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._parser = parser_of(sheet)
        self._parser.EndElementHandler = self._end
        self._parser.XmlDeclHandler = self._declare
        self._heard, self._row_ended_at = 0, -1
        """Counted in bytes: a row that ends in a comment, say, is none."""
        self._is_utf8 = True

    @property
    def is_between_rows(self) -> bool:
        """Whether a row ended with the very last byte, in an encoding that we read ourselves."""
        return self._is_utf8 and self._row_ended_at == self._heard

    def hear(self, written: bytes, *, is_last: bool = False) -> None:
        """Hear some more."""
        self._heard += len(written)
        self._parser.Parse(written, is_last)

    def _end(self, name: str) -> None:
        self._sheet.end(name)
        if name == "row":
            self._row_ended_at = self._parser.CurrentByteIndex + len(_ROW_END)

    def _declare(self, version: str, encoding: str | None, standalone: int) -> None:
        self._is_utf8 = encoding is None or encoding.casefold() == "utf-8"
