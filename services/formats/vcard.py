"""Contacts as vCard 4.0 (RFC 6350), for any address book.

Written by hand: the format of what a contact holds is a dozen kinds of lines, and the library that
is kept writes version 3.0 alone (see docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC

from services.model.contacts import Contact, PhoneKind

__all__ = ["vcards"]

LONGEST = 75
"""Bytes of a line, without its end."""
TYPES = {PhoneKind.BUSINESS: "work,voice", PhoneKind.MOBILE: "cell,voice", PhoneKind.HOME: "home"}
ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


def vcards(contacts: Iterable[Contact]) -> bytes:
    """Return all contacts as one file."""
    lines = (folded for each in contacts for line in _lines(each) for folded in _folded(line))
    return b"".join(line + b"\r\n" for line in lines)


def _lines(contact: Contact) -> Iterator[str]:
    content = contact.content
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "PRODID:-//Almanac//EN"
    yield f"UID:{_text(contact.id)}"
    yield f"REV:{contact.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"FN:{_text(content.name)}"
    if content.company or content.department:
        parts = (content.company, content.department)
        yield "ORG:" + ";".join(_text(part) for part in parts).rstrip(";")
    if content.job:
        yield f"TITLE:{_text(content.job)}"
    for email in content.emails:
        yield f"EMAIL:{_text(email)}"
    for phone in content.phones:
        yield f'TEL;VALUE=text;TYPE="{TYPES[phone.kind]}":{_text(phone.number)}'
    if content.notes:
        yield f"NOTE:{_text(content.notes)}"
    yield "END:VCARD"


def _text(value: str) -> str:
    return value.translate(ESCAPES)


def _folded(line: str) -> Iterator[bytes]:
    """Yield the line in pieces that are not too long; all but the first begin with a blank."""
    piece = b""
    for letter in line:
        encoded = letter.encode("utf-8", "replace")
        if len(piece) + len(encoded) > LONGEST:
            yield piece
            piece = b" "
        piece += encoded
    yield piece
