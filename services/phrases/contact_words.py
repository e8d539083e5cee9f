"""The groups and fields of a contact list in words.

``groups``, ``new group Suppliers``, ``rename group Suppliers to Partners``, ``delete group
Partners``, ``fields``. The commands and their phrases, in the shape of the table of
:mod:`services.phrases.table`, which takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.phrases.asker import Asker
from services.phrases.renaming import old_and_new
from services.phrases.rests import briefly, unquoted

__all__ = [
    "CONTACT_PHRASES",
    "ContactCommand",
    "DeleteGroup",
    "NewGroup",
    "RenameGroup",
    "ShowFields",
    "ShowGroups",
]


@dataclass(frozen=True, slots=True)
class ShowGroups:
    """Which groups are there?"""


@dataclass(frozen=True, slots=True)
class NewGroup:
    """Make a group; without a name, what is there is shown, and where one is made."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class RenameGroup:
    """Call a group something else."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    """Take a group away."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowFields:
    """Which fields has the contact list of its own?"""


ContactCommand = ShowGroups | NewGroup | RenameGroup | DeleteGroup | ShowFields
Reader = Callable[[str, Asker], ContactCommand | None]

FEW_WORDS = 2
_LEADING = re.compile(r"^(?:called|named|:)\s+", re.I)


def _new(rest: str, _asker: Asker) -> ContactCommand:
    return NewGroup(unquoted(_LEADING.sub("", rest)))


def _rename(rest: str, asker: Asker) -> ContactCommand | None:
    names = old_and_new(rest, asker)
    return RenameGroup(unquoted(names[0]), unquoted(names[1])) if names and names[0] else None


def _delete(rest: str, _asker: Asker) -> ContactCommand | None:
    name = unquoted(rest)
    return DeleteGroup(name) if name else None


CONTACT_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (
        ("groups", "contact groups", "show groups", "list groups", "my groups"),
        briefly(ShowGroups(), FEW_WORDS),
    ),
    (("new group", "add group", "create group", "add a group", "create a group"), _new),
    (("rename group", "rename the group"), _rename),
    (("delete group", "remove group", "delete the group", "remove the group"), _delete),
    (
        ("fields", "contact fields", "custom fields", "fields of this list", "show fields"),
        briefly(ShowFields(), FEW_WORDS),
    ),
)
"""English; the first of each is the one that is offered."""
