"""What the buttons of contact lists as files, and of what is in them twice, carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId
from services.model.contacts import ContactId

__all__ = [
    "BirthdaysFile",
    "BirthdaysSet",
    "BirthdaysShow",
    "ContactsExport",
    "ContactsExportShow",
    "DuplicateApart",
    "DuplicateLook",
    "DuplicateMerge",
    "DuplicateUndo",
    "DuplicatesShow",
]


@dataclass(frozen=True, slots=True)
class ContactsExportShow(Action):
    """Show what a contact list can be taken along as."""

    verb: ClassVar[str] = "contacts.export_show"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class ContactsExport(Action):
    """Have contacts as a file: ``xlsx``, ``vcf`` or ``csv``."""

    verb: ClassVar[str] = "contacts.export"
    ending: str
    book: BookId = HERE
    words: str | None = None
    """Only who is found by them."""


@dataclass(frozen=True, slots=True)
class DuplicatesShow(Action):
    """Show who is in a list twice."""

    verb: ClassVar[str] = "duplicates.show"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class DuplicateLook(Action):
    """Show two contacts beside each other, to choose what stays."""

    verb: ClassVar[str] = "duplicates.look"
    book: BookId
    one: ContactId
    other: ContactId


@dataclass(frozen=True, slots=True)
class DuplicateMerge(Action):
    """Make one of two, as was chosen; the etags are of what was seen."""

    verb: ClassVar[str] = "duplicates.merge"
    book: BookId
    one: ContactId
    other: ContactId
    etag_one: str
    etag_other: str


@dataclass(frozen=True, slots=True)
class DuplicateApart(Action):
    """Remember that two are not the same."""

    verb: ClassVar[str] = "duplicates.apart"
    book: BookId
    one: ContactId
    other: ContactId


@dataclass(frozen=True, slots=True)
class DuplicateUndo(Action):
    """Make two again of what was merged; ``revision`` is of the merge."""

    verb: ClassVar[str] = "duplicates.undo"
    book: BookId
    one: ContactId
    other: ContactId
    revision: int


@dataclass(frozen=True, slots=True)
class BirthdaysShow(Action):
    """Show the next birthdays and anniversaries of a list."""

    verb: ClassVar[str] = "birthdays.show"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class BirthdaysSet(Action):
    """Show them in the calendars of the place, or no longer."""

    verb: ClassVar[str] = "birthdays.set"
    book: BookId
    shown: bool


@dataclass(frozen=True, slots=True)
class BirthdaysFile(Action):
    """Have them as a file for other calendar programs."""

    verb: ClassVar[str] = "birthdays.file"
    book: BookId
