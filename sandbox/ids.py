"""Identifiers that look like Outlook's: long, opaque, case-sensitive, in two forms.

Every item has a default and an immutable id; each is readable only by :func:`read_id`, so no
table of handed-out ids has to be kept, not even for the occurrences of an endless series.
https://learn.microsoft.com/graph/outlook-immutable-id
"""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from datetime import date
from hashlib import blake2s

__all__ = ["change_key", "make_id", "read_id"]

_DEFAULT, _IMMUTABLE = "AAMkAGUx", "AAkALgAA"
_BODY = struct.Struct(">IIB")


def make_id(mailbox: str, serial: int, day: date | None, *, immutable: bool) -> str:
    """Return the id of an item, or of one occurrence of it."""
    body = _BODY.pack(serial, day.toordinal() if day else 0, immutable)
    sealed = urlsafe_b64encode(_mark(mailbox, body) + body).decode()
    return (_IMMUTABLE if immutable else _DEFAULT) + sealed


def read_id(mailbox: str, text: str) -> tuple[int, date | None] | None:
    """Return serial and day of an id made for this mailbox, or ``None``."""
    try:
        raw = urlsafe_b64decode(text[8:].encode())
    except (Base64Error, ValueError):
        return None
    body = raw[-_BODY.size :]
    if len(raw) != 16 + _BODY.size or raw[:16] != _mark(mailbox, body):
        return None
    serial, ordinal, immutable = _BODY.unpack(body)
    day = date.fromordinal(ordinal) if ordinal else None
    return (serial, day) if make_id(mailbox, serial, day, immutable=immutable) == text else None


def change_key(mailbox: str, change: int) -> str:
    """Return the ``changeKey`` after a mailbox's n-th change."""
    return urlsafe_b64encode(_mark(mailbox, b"change") + change.to_bytes(6, "big")).decode()


def _mark(mailbox: str, body: bytes) -> bytes:
    return blake2s(body, key=mailbox.encode()[:32], digest_size=16).digest()
