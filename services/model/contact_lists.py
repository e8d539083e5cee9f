"""What a team makes of a contact list: groups to sort contacts into, and fields of its own.

Stored with the book. A group goes by its name, which contacts carry as well: what is read of a
contact alone, by a search or an export, is whole. A field goes by an id: its name is on the list
alone and can change without a word in any contact.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

__all__ = ["CustomField", "FieldId", "FieldKind", "ListShape"]

FieldId = NewType("FieldId", str)


class FieldKind(StrEnum):
    """What a field of a list holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that a list has and no other."""

    id: FieldId
    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    """Of a choice: at least one, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShape:
    """The groups and fields of one contact list."""

    groups: tuple[str, ...] = ()
    """Names, each once whichever way it is capitalised, sorted by them."""
    fields: tuple[CustomField, ...] = ()
    """In the order in which a card shows them; no two have the same name."""

    def field(self, id: FieldId) -> CustomField | None:
        """Return a field, ``None`` where it is gone."""
        return next((field for field in self.fields if field.id == id), None)

    def group(self, name: str) -> str | None:
        """Return a group as the list spells it, ``None`` where there is none."""
        folded = name.casefold()
        return next((group for group in self.groups if group.casefold() == folded), None)
