"""Texts of two bytes a letter (UTF-16), told apart from others, with their mark or without.

Notepad and Excel put a mark in front of such a text, databases and scripts often do not. Then the
zero bytes tell: every second byte of Latin letters, commas and line ends is one, always on the same
side of the letter, and no other text has any.
"""

from __future__ import annotations

import codecs

__all__ = ["wide_encoding"]

_LOOKED_AT = 4_000
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SIGNS = "\n,;:\t|"
"""Such a file has one of these, or it is something else in which zeros stand by chance."""
FEWEST = 20
"""At least one byte in so many is a zero: a text in Chinese has its commas and line ends."""


def wide_encoding(data: bytes) -> str | None:
    """Return in which way the letters of a file have two bytes each; ``None`` = they have not."""
    if data.startswith(_MARKS):
        return "utf-16"
    head = data[:_LOOKED_AT]
    if len(data) % 2 or b"\0" not in head:
        return None
    left, right = head[::2].count(0), head[1::2].count(0)
    if (left and right) or (left + right) * FEWEST < len(head):
        return None
    encoding = "utf-16-be" if left else "utf-16-le"
    text = head.decode(encoding, "ignore")
    return encoding if any(sign in text for sign in SIGNS) else None
