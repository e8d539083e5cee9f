"""What the buttons of a list's groups and fields carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId

__all__ = [
    "FieldsEdit",
    "FieldsSave",
    "GroupDelete",
    "GroupDeleteYes",
    "GroupJoin",
    "GroupMake",
    "GroupRename",
    "GroupShow",
    "GroupsShow",
]


@dataclass(frozen=True, slots=True)
class GroupsShow(Action):
    """Show the groups of a contact list."""

    verb: ClassVar[str] = "groups.show"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class GroupMake(Action):
    """Make a group by the name that was typed."""

    verb: ClassVar[str] = "groups.make"
    book: BookId


@dataclass(frozen=True, slots=True)
class GroupShow(Action):
    """Show one group, to rename it or to take it away."""

    verb: ClassVar[str] = "group.show"
    book: BookId
    group: str


@dataclass(frozen=True, slots=True)
class GroupRename(Action):
    """Give it the name that was typed."""

    verb: ClassVar[str] = "group.rename"
    book: BookId
    group: str


@dataclass(frozen=True, slots=True)
class GroupJoin(Action):
    """Put the contact that was chosen into it."""

    verb: ClassVar[str] = "group.join"
    book: BookId
    group: str


@dataclass(frozen=True, slots=True)
class GroupDelete(Action):
    """Ask whether to take it away."""

    verb: ClassVar[str] = "group.delete"
    book: BookId
    group: str


@dataclass(frozen=True, slots=True)
class GroupDeleteYes(Action):
    """Take it away; its members stay."""

    verb: ClassVar[str] = "group.delete_yes"
    book: BookId
    group: str


@dataclass(frozen=True, slots=True)
class FieldsEdit(Action):
    """Open the form of a list's own fields."""

    verb: ClassVar[str] = "fields.edit"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class FieldsSave(Action):
    """Save it; ``etag`` is what the list was when the form was opened."""

    verb: ClassVar[str] = "fields.save"
    book: BookId
    etag: str
