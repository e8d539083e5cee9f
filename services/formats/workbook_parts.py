"""Excel's files, taken apart with limits: an xlsx is a zip of XML.

Before anything is unpacked, the directory is looked at: no more parts and no more bytes than an
honest workbook has; and what unpacks to more than its directory says is stopped by the zip library.
A part is gone through once, by expat. A document type, which is where entities come from, is
refused: no spreadsheet writes one.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import normpath
from typing import Protocol
from xml.parsers import expat

from services.formats.workbook_cells import Formats, as_text
from services.model.imports import BadFile, FileWrong

__all__ = [
    "AT_ONCE",
    "LONGEST_CELL",
    "Attributes",
    "Hearer",
    "Parts",
    "Texts",
    "local",
    "opened",
    "parser_of",
    "pieces_of",
    "titles_of",
]

MOST_UNPACKED = 120_000_000
"""Bytes: 50,000 contacts of twenty columns take 65 MB."""
MOST_PARTS = 200
MOST_RATIO = 200
"""How many bytes one byte may become: XML of a sheet seldom reaches 30."""
LONGEST_CELL = 32_768
AT_ONCE = 65_536
"""Bytes that are unpacked at a time."""
HOME, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Attributes = Mapping[str, str]


class Hearer(Protocol):
    """Is told what a part holds, in its order."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take note that an element begins."""

    def say(self, text: str) -> object:
        """Take note of some text."""

    def end(self, name: str) -> None:
        """Take note that an element ends."""


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a workbook; whatever it is not, shows as ``BadFile`` here or while it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive.infolist(), len(data))
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        LookupError,
        RuntimeError,  # locked with a password, or packed in a way that Python does not know
        ValueError,
    ):
        raise BadFile(FileWrong.NOT_A_TABLE) from None


def pieces_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part, as it is unpacked."""
    with archive.open(name) as part:
        while piece := part.read(AT_ONCE):
            yield piece


def parser_of(hearer: Hearer) -> expat.XMLParserType:
    """Return what tells somebody what a part holds."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = hearer.begin
    parser.CharacterDataHandler = hearer.say
    parser.EndElementHandler = hearer.end
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


class Texts:
    """Texts by number: as bytes, since most are short, and as an object each takes thrice that."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("L", [0])

    def add(self, text: str) -> None:
        """Put one behind the others."""
        if len(text) > LONGEST_CELL:
            raise BadFile(FileWrong.TOO_COMPLEX)
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        """Return one; ``IndexError`` where there is none."""
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()


@dataclass(frozen=True, slots=True)
class Parts:
    """What has to be known before a sheet is read."""

    sheets: tuple[str, ...]
    """The names of their parts, in order; not those that are hidden, where another is not."""
    texts: Texts
    """Those that cells point to."""
    formats: Formats

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> Parts:
        """Read them; ``LookupError`` where there is no sheet."""
        book, relations = _Book(), _Relations()
        styles, shared = _Styles(), _Shared()
        for name, hearer in ((HOME, book), (RELATIONS, relations)):
            _walk(archive, name, hearer)
        there = {part.filename for part in archive.infolist()}
        for kind, other in (("styles", styles), ("sharedStrings", shared)):
            for name in relations.parts.get(kind, {}).values():
                if name in there:
                    _walk(archive, name, other)
        names = relations.parts["worksheet"]
        sheets = [names[id] for id in book.shown or book.hidden if id in names]
        if not sheets:
            raise LookupError("no sheet")
        formats = Formats.of(styles.styles, styles.codes, since_1904=book.since_1904)
        return cls(tuple(sheets), shared.texts, formats)


def titles_of(archive: zipfile.ZipFile) -> Sequence[str]:
    """Return what the sheets are called, in the order of :attr:`Parts.sheets`."""
    book, relations = _Book(), _Relations()
    for name, hearer in ((HOME, book), (RELATIONS, relations)):
        _walk(archive, name, hearer)
    there = relations.parts.get("worksheet", {})
    return [book.titles[id] for id in book.shown or book.hidden if id in there]


class _Silent:
    """Hears nothing but what a class adds."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """Hear nothing."""

    def say(self, text: str) -> object:
        """Hear nothing."""

    def end(self, name: str) -> None:
        """Hear nothing."""


class _Book(_Silent):
    """Which sheets there are, and since when days are counted."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        """The ids of their relations, in order."""
        self.hidden: list[str] = []
        self.titles: dict[str, str] = {}
        """By those ids: what they are called."""
        self.since_1904 = False

    def begin(self, name: str, attributes: Attributes) -> None:
        match local(name):
            case "sheet":
                is_shown = attributes.get("state", "visible") == "visible"
                sheets = self.shown if is_shown else self.hidden
                ids = [value for key, value in attributes.items() if local(key) == "id"]
                sheets += ids
                self.titles.update(dict.fromkeys(ids, attributes.get("name", "")))
            case "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Relations(_Silent):
    """Which part is what."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, str]] = {}
        """By kind and id: the name of a part."""

    def begin(self, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            target = attributes["Target"]
            path = target if target.startswith("/") else f"/xl/{target}"
            self.parts.setdefault(kind, {})[attributes["Id"]] = normpath(path).lstrip("/")


class _Styles(_Silent):
    """In which format a cell of each style is shown."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self._is_of_cells = False

    def begin(self, name: str, attributes: Attributes) -> None:
        match local(name):
            case "numFmt":
                self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "cellXfs":
                self._is_of_cells = True
            case "xf" if self._is_of_cells:
                self.styles.append(int(attributes.get("numFmtId", 0)))

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._is_of_cells = False


class _Shared:
    """The texts that cells point to; how they are pronounced is left out."""

    def __init__(self) -> None:
        self.texts = Texts()
        self._pieces: list[str] = []
        self._runs: list[str] = []
        self._is_told = True
        self.say = self._pieces.append

    def begin(self, name: str, attributes: Attributes) -> None:
        self._pieces.clear()
        if local(name) == "rPh":
            self._is_told = False

    def end(self, name: str) -> None:
        match local(name):
            case "t" if self._is_told:
                self._runs += self._pieces
            case "rPh":
                self._is_told = True
            case "si":
                self.texts.add(as_text("".join(self._runs)))
                self._runs.clear()
        self._pieces.clear()


def _walk(archive: zipfile.ZipFile, name: str, hearer: Hearer) -> None:
    parser = parser_of(hearer)
    for piece in pieces_of(archive, name):
        parser.Parse(piece)
    parser.Parse(b"", True)


def _check(parts: Sequence[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise BadFile(FileWrong.TOO_COMPLEX)
    if unpacked > max(MOST_RATIO * size, 1_000_000):
        raise BadFile(FileWrong.TOO_COMPLEX)
    if not any(part.filename == HOME for part in parts):
        raise BadFile(FileWrong.NOT_A_TABLE)


def _refuse(*declared: object) -> None:
    raise BadFile(FileWrong.NOT_A_TABLE)
