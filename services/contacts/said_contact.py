"""Whom a message is about: by a vCard that was pasted into it, or by its words.

Apart from what reads files: that runs in a process of its own, which need not know all languages.
"""

from __future__ import annotations

from services.formats.vcard_read import read_vcards
from services.model.contacts import ContactContent
from services.model.imports import BadFile
from services.phrases.signatures import read_signature

__all__ = ["said_in"]


def said_in(text: str, region: str) -> ContactContent:
    """Return whom a message is about: by a vCard that was pasted, or by its words.

    Args:
        text: the message, with its lines.
        region: two capitals; where a number without a country belongs; empty = nobody knows.
    """
    start = text.upper().find("BEGIN:VCARD")
    if start >= 0:
        try:
            for item in read_vcards(text[start:].encode("utf-8", "replace")).items:
                return item.content
        except BadFile:
            pass  # then it is read like any other text
    return read_signature(text, region)
