"""Content lines, the wood that iCalendar and vCard are made of, read and written.

:func:`lines_of` takes a file as it came (bytes of any usual encoding), undoes the folding and
yields ``Line`` by ``Line``; :func:`folded` writes one. What a line means is said elsewhere. A file
of ten thousand events has some 200,000 lines, of which few begin in a way of their own: what stands
before the colon is read once, by one regular expression without backtracking.

RFC 5545, section 3.1, and RFC 6350, section 3.2 and 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from services.formats.wide_text import wide_encoding
from services.model.imports import BadFile, FileWrong

__all__ = [
    "LONGEST_LINE",
    "Line",
    "escaped",
    "folded",
    "lines_of",
    "parameters",
    "text_of",
    "texts",
]

LONGEST_LINE = 64_000
"""Characters of a line without its folding; whoever writes more hides something in it."""
_MOST_HEADS = 1_000
"""Beginnings of lines that are known again."""
_WIDTH = 75
"""Bytes of a folded line, without its end."""
_LINE = re.compile(r'([A-Za-z0-9.-]++)((?:;(?:[^:";]|"[^"]*")*+)*+):(.*)', re.S)
_PARAMETER = re.compile(r';([^=;:"]++)(?:=((?:[^;"]|"[^"]*")*+))?')
_ESCAPE = re.compile(r"\\([\\;,nN:])")
_COMMA = re.compile(r"(?<!\\)(?:\\\\)*,")
_FOLDS = ((b"\r\n ", b""), (b"\r\n\t", b""), (b"\n ", b""), (b"\n\t", b""))
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


class Line(NamedTuple):
    """One property; ``parameters`` is as it stands in the file, from its first semicolon on."""

    name: str
    """In capitals."""
    parameters: str
    value: str

    @property
    def whole(self) -> str:
        """The line as it would be written."""
        return f"{self.name}{self.parameters}:{self.value}"


def lines_of(data: bytes, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """Yield the lines of a file; what is no content line belongs to the one before it.

    Args:
        data: the file.
        longest: how many characters a line may have; a picture takes more than words.

    Raises:
        BadFile: a line is longer than any honest one.
    """
    name, given, value = "", "", ""
    heads: dict[str, tuple[str, str]] = {}
    for source in _unfolded(data).split("\n"):
        head, colon, rest = source.partition(":")
        known = heads.get(head) if colon else None
        if known is None and (found := _LINE.match(source)):
            known, rest = (found[1].upper(), found[2]), found[3]
            if found.end(2) == len(head) and len(heads) < _MOST_HEADS:
                heads[head] = known
        if known is None:
            # Some programs forget to escape or to fold the lines of a description.
            value += f"\\n{source}" if source.strip() else ""
        else:
            if name:
                yield Line(name, given, value)
            (name, given), value = known, rest
        if len(source) > longest or len(value) > longest:
            raise BadFile(FileWrong.TOO_COMPLEX)
    if name:
        yield Line(name, given, value)


def parameters(line: Line) -> Mapping[str, str]:
    """Return the parameters of a line by their names in capitals, without quotation marks."""
    return _parameters(line.parameters) if line.parameters else {}


@lru_cache(maxsize=256)
def _parameters(source: str) -> Mapping[str, str]:
    return {
        found[1].upper(): (found[2] or "").replace('"', "") for found in _PARAMETER.finditer(source)
    }


def text_of(value: str) -> str:
    """Return a text value as it was meant."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def texts(value: str) -> list[str]:
    """Return the texts of a value that is a list."""
    parts, start = [], 0
    for found in _COMMA.finditer(value):
        parts.append(value[start : found.end() - 1])
        start = found.end()
    return [text_of(part) for part in (*parts, value[start:])]


def escaped(text: str) -> str:
    """Return a text as a value."""
    return text.translate(_ESCAPES)


def folded(line: str) -> Iterator[bytes]:
    """Yield the line in pieces that are not too long; all but the first begin with a blank."""
    encoded = line.encode("utf-8", "replace")
    width = _WIDTH
    while len(encoded) > width:
        cut = width
        while encoded[cut] & 0xC0 == 0x80:  # never within a letter
            cut -= 1
        yield encoded[:cut]
        encoded = b" " + encoded[cut:]
    yield encoded


def _unfolded(data: bytes) -> str:
    """Return the text without folds, which some programs make in the middle of a letter."""
    if wide := wide_encoding(data):
        data = data.decode(wide, "replace").encode()
    for fold, nothing in _FOLDS:
        data = data.replace(fold, nothing)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # files of several programs, one behind the other, are several
        text = "\n".join(map(_decoded, data.split(b"\n"))).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
