"""What people write in the model test: every value is unique, so that none can go unnoticed.

A :class:`Count` gives out values and keeps two sets: what was written, and what somebody who saw it
has replaced or deleted. Whatever is in the first and not in the second must be somewhere when all
has calmed down. How events and contacts are written is said by :class:`~._events.EventWords` and
:class:`~._contacts.ContactWords`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from services.model.contacts import ContactContent
from services.model.events import EventContent
from tests.services.sync.model._faces import Faces

__all__ = ["Count", "Words", "bare"]

C = TypeVar("C", EventContent, ContactContent)


@dataclass
class Count:
    """What was written so far."""

    number: int = 0
    written: set[str] = field(default_factory=set)
    released: set[str] = field(default_factory=set)
    """Values that somebody who saw them replaced or deleted, or that lost and are on record."""
    left: set[tuple[str, str]] = field(default_factory=set)
    """Places in an item, each with a value that somebody has taken from there."""
    of: dict[str, set[str]] = field(default_factory=dict)
    """All addresses that were ever written into a contact, by its name."""
    faces: Faces = field(default_factory=Faces)
    has_deleted: bool = False
    """Whether anybody has deleted anything; else all that was there stays."""
    has_chosen: bool = False
    """Whether anybody has changed what may cross; then what leaves the team is in its bin."""
    may_double: set[str] = field(default_factory=set)
    """Values that a person who linked again may find twice."""
    has_silenced: bool = False
    """Whether anybody has kept reminders at home."""
    has_dropped: bool = False
    """Whether anybody has deleted anything, in the team or in Outlook."""
    has_unfolded: bool = False
    """Whether anybody has made something a series that Outlook cannot say."""
    forgiven: str = " "
    """How values begin that may go: where two meet again, marks are taken from Outlook."""
    strangers: dict[str, set[str]] = field(default_factory=dict)
    """By each value of a copy, the items that were there before: none of them is the copy."""

    def next(self) -> int:
        self.number += 1
        return self.number

    def value(self, word: str) -> str:
        value = f"{word}{self.next()}"
        self.written.add(value)
        return value

    def replace(self, words: Words[Any], seen: Any, written: Any) -> None:
        """Release what a person has replaced by an edit.

        A value may stand in a series and in its dates, and somebody else replaces it in each.
        """
        self.released |= words.values(seen) - words.values(written)
        before, after = words.places(seen), words.places(written)
        self.left = (self.left - (after - before)) | (before - after)
        stays = {value for at, value in before if (at, value) not in self.left}
        self.released |= words.values(seen) - stays

    @property
    def owed(self) -> set[str]:
        """What has to be there."""
        missed = self.written - self.released
        forgiven = [self.forgiven]
        if self.has_silenced and (self.has_unfolded or self.has_dropped):
            # What a person's calendar alone knows goes with its item: where that gives way to the
            # dates of a series, or somebody else deletes it.
            forgiven.append("reminder")
        return {value for value in missed if not value.startswith(tuple(forgiven))}


class Words(Protocol[C]):
    """How contents of one kind are written, and what they say."""

    shapes: Sequence[str]
    """What a person may make."""
    edits: Sequence[str]
    """What a person may do with one."""
    count: Count

    def new(self, shape: str) -> C:
        """Return a content of which nobody has a like."""

    def edited(self, content: C, how: str, pick: int) -> C:
        """Return the content after a person's edit, the same one where it has nothing to edit."""

    def in_outlook(self, content: C) -> C:
        """Return what Outlook lets a person keep of it."""

    def copied(self, content: C) -> C:
        """Return what a person makes of a copy, so that it is nobody else's by its values."""

    def values(self, content: C, group: str = "") -> set[str]:
        """Return the unique values of a content, or of one group of its fields."""

    def places(self, content: C) -> set[tuple[str, str]]:
        """Return a content's values with where they stand: in itself (``""``) or in a date."""

    def goes_with(self, content: C) -> set[str]:
        """Return the values that whoever deletes this in Outlook has let go of."""

    def said(self, content: C) -> object:
        """Return what it says, however a server spells it."""

    def spelled(self, content: C, mailbox: int) -> C:
        """Return what a mailbox's server makes of what it is sent."""


def bare(text: str) -> str:
    """Return a text without what servers add to it."""
    return text.rstrip("~")
