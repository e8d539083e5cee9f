"""What people may do in a book: the roles, who has which, and what the others have.

Stored with the book. :mod:`services.books.rights` says what follows from it for a member of the
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from services.model.identity import Person

__all__ = ["Access", "Grant", "Mode", "Role"]


class Role(IntEnum):
    """What a person may do in a book; a higher role may do all that a lower one may."""

    READER = 1
    CONTRIBUTOR = 2
    """Adds, and changes what is their own."""
    EDITOR = 3
    OWNER = 4


class Mode(StrEnum):
    """Who writes in a book of a place that many are in."""

    EVERYBODY = "everybody"
    """Every member edits."""
    OWNERS = "owners"
    """Owners write, everybody else reads."""
    CUSTOM = "custom"
    """As each one's own role says; who has none has what ``others`` have."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that an owner has given to somebody by name."""

    person: Person
    role: Role
    """Below an owner's it counts in ``CUSTOM`` only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may do what in one book; whoever is in its place reads, for its posts are for all."""

    mode: Mode = Mode.EVERYBODY
    others: Role = Role.READER
    """In ``CUSTOM``: what members have who have no role of their own; never an owner's."""
    guests: Role = Role.EDITOR
    """The most that guests and people of other organisations have without a role of their own."""
    grants: tuple[Grant, ...] = ()
    """One a person."""
    owners_named: bool = False
    """Whether they alone own the book who are named so, and not whoever owns its place."""

    @property
    def everybody(self) -> Role:
        """What a member has without a role of their own."""
        fixed = {Mode.EVERYBODY: Role.EDITOR, Mode.OWNERS: Role.READER}
        return fixed.get(self.mode, self.others)

    def of(self, person: Person) -> Grant | None:
        """Return the role that somebody has been given, if one was."""
        return next((grant for grant in self.grants if grant.person == person), None)
