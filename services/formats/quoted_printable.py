"""Texts in quoted-printable, in which vCard 2.1 and vCalendar 1.0 write what is not ASCII.

``M=FCnchen`` is of the encoding that its line names, and a line that ends in ``=`` goes on in the
next. Both have to be undone before a file is folded out: :func:`joined`, then :func:`decoded`.
:func:`plain_lines` does both with the words of a calendar file.

RFC 2045, section 6.7.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator

from services.formats.content_lines import Line, escaped, lines_of, parameters, text_of

__all__ = ["decoded", "joined", "plain_lines"]

_SOFT = re.compile(rb"QUOTED-PRINTABLE[^:\r\n]*:(?:[^\r\n]*=\r?\n[ \t]?)+[^\r\n]*", re.IGNORECASE)
_BREAK = re.compile(rb"=\r?\n[ \t]?")
_SAID = "QUOTED-PRINTABLE"
WORDS = frozenset({"SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES"})
UNSAFE = frozenset({"idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined"})
"""Encodings of Python's own, and one that takes the square of a text's length."""


def joined(data: bytes) -> bytes:
    """Return a file in which no quoted-printable line goes on in the next."""
    if not _is_said(data):
        return data
    return _SOFT.sub(lambda found: _BREAK.sub(b"", found[0]), data)


def _is_said(data: bytes) -> bool:
    return _SAID.encode() in data.upper()


def decoded(value: str, charset: str) -> str:
    """Return what a value means in an encoding; in UTF-8, where that is none of text."""
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    text = raw.decode(_charset(charset), "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def plain_lines(data: bytes) -> Iterator[Line]:
    """Return the lines of a calendar file, its words in plain text."""
    return _plain(data) if _is_said(data) else lines_of(data)


def _plain(data: bytes) -> Iterator[Line]:
    for line in lines_of(joined(data)):
        if line.parameters and line.name in WORDS and _SAID in line.parameters.upper():
            text = decoded(line.value, parameters(line).get("CHARSET", ""))
            yield line._replace(parameters="", value=escaped(text_of(text)))
        else:
            yield line


def _charset(name: str) -> str:
    """Return an encoding that is one of text; whatever else a file names is read as UTF-8."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return "utf-8"
    return found.name if name and _is_of_text(found) else "utf-8"


def _is_of_text(found: codecs.CodecInfo) -> bool:
    return bool(getattr(found, "_is_text_encoding", True)) and found.name not in UNSAFE
