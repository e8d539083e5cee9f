"""What stands in the fields that a list defines itself: read, and written in one way.

A number is ``1250.5`` whichever sign somebody puts before its decimals, a day is ISO, one of
several choices is spelled as the list has it, and a link is whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from services.model.contact_lists import CustomField, FieldKind
from services.model.errors import Wrong
from services.model.web_links import web_link
from services.tidy_text import one_line

__all__ = ["MAX_VALUE", "Refusal", "tidied"]

MAX_VALUE = 500
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_GROUPS = re.compile(r"(?<=\d)[\s'\u00a0\u202f](?=\d{3})")

Refusal = Wrong
"""Why a value is not taken."""

REFUSALS: Mapping[FieldKind, Wrong] = {
    FieldKind.TEXT: Wrong.TOO_LONG,
    FieldKind.NUMBER: Wrong.NOT_A_NUMBER,
    FieldKind.DATE: Wrong.NOT_A_DATE,
    FieldKind.CHOICE: Wrong.NOT_A_CHOICE,
    FieldKind.LINK: Wrong.NOT_A_LINK,
}


def tidied(field: CustomField, written: str) -> str | Refusal:
    """Return a value as it will be kept, or why it cannot be."""
    text = one_line(written)
    value = _READERS[field.kind](field, text) if len(text) <= MAX_VALUE else None
    return REFUSALS[field.kind] if value is None else value


def _text(field: CustomField, text: str) -> str | None:
    return text


def _number(field: CustomField, text: str) -> str | None:
    text = _GROUPS.sub("", text).replace("\N{MINUS SIGN}", "-").removeprefix("+")
    text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if _NUMBER.fullmatch(text) is None:
        return None
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    plain = f"{digits.lstrip('0') or '0'}{'.' if decimals else ''}{decimals}"
    return plain if plain == "0" else f"{sign}{plain}"


def _date(field: CustomField, text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _choice(field: CustomField, text: str) -> str | None:
    folded = text.casefold()
    return next((choice for choice in field.choices if choice.casefold() == folded), None)


def _link(field: CustomField, text: str) -> str | None:
    return web_link(text)


_READERS = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.LINK: _link,
}
