"""Values of a vCard: rows of texts, days without a year, text in old encodings, pictures.

RFC 6350, section 4, and versant's vCard 2.1, section 2.1.3 on quoted-printable.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import date

from services.formats.content_lines import Line, text_of
from services.formats.quoted_printable import decoded

__all__ = [
    "LONGEST_PHOTO",
    "OWN",
    "day_in",
    "fields_of",
    "kinds_of",
    "photo_in",
    "plain_of",
    "words_of",
]

OWN = "X-ALMANAC-FIELD"
"""A field of a list's own, of which the label in the same group is the name."""
LONGEST_PHOTO = 500_000
"""Bytes; a larger picture is left out."""
SOME_YEAR = 1604
"""Stands for a year that nobody knows; a leap year, so that it has a 29 February."""
_SEMICOLON = re.compile(r"(?<!\\)(?:\\\\)*;")
_COMMA = re.compile(r"(?<!\\)(?:\\\\)*,")
_DAY = re.compile(r"(\d{4}|--?)-?(\d{2})-?(\d{2})(?:[T ].*)?")
_PARAMETER = re.compile(r';([^=;:"]++)(?:=((?:[^;"]|"[^"]*")*+))?')


def kinds_of(line: Line) -> frozenset[str]:
    """Return the types of a property in capitals: ``TYPE="work,cell"``, or bare as in 2.1."""
    found: set[str] = set()
    for each in _PARAMETER.finditer(line.parameters):
        name, value = each[1].upper(), each[2]
        if value is None:
            found.add(name)
        elif name == "TYPE":
            found.update(value.replace('"', "").upper().split(","))
    return frozenset(found)


def plain_of(line: Line, given: Mapping[str, str]) -> str:
    """Return the value with its encoding undone, not yet its escapes."""
    kind = given.get("ENCODING", "").upper()
    if kind != "QUOTED-PRINTABLE" and "QUOTED-PRINTABLE" not in kinds_of(line):
        return line.value
    return decoded(line.value, given.get("CHARSET", ""))


def fields_of(value: str) -> list[str]:
    """Return the fields of a structured value such as ``N`` or ``ADR``."""
    return [text_of(part).strip() for part in _split(value, _SEMICOLON)]


def words_of(value: str) -> list[str]:
    """Return the parts of a list."""
    return [text for part in _split(value, _COMMA) if (text := text_of(part).strip())]


def day_in(value: str) -> date | None:
    """Return a day; without a year, in 1604. ``None`` for what is none, such as ``circa 1800``."""
    found = _DAY.fullmatch(value.strip())
    if found is None:
        return None
    year = SOME_YEAR if found[1].startswith("-") else int(found[1])
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None


def photo_in(line: Line) -> bytes | None:
    """Return the bytes of a picture that the file itself holds.

    An address of one is nothing: an import fetches nothing, whoever wrote the file. ``None``
    stands for what is too large or no base64; that it is a picture is for others to say.
    """
    value = line.value
    if value[:5].casefold() == "data:":
        head, _, value = value.partition(",")
        if "base64" not in head.casefold():
            return b""
    elif "://" in value[:40]:
        return b""
    packed = "".join(value.replace("\\n", "").split())
    if len(packed) > LONGEST_PHOTO * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode(packed, validate=True)
    except ValueError:  # no base64, or not even letters of it
        return None


def _split(value: str, at: re.Pattern[str]) -> list[str]:
    parts, start = [], 0
    for found in at.finditer(value):
        parts.append(value[start : found.end() - 1])
        start = found.end()
    return [*parts, value[start:]]
