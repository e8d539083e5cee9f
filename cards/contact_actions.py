"""What the buttons of contacts carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId
from services.model.contacts import ContactId

__all__ = [
    "ContactCreate",
    "ContactDelete",
    "ContactDeleteYes",
    "ContactDetails",
    "ContactEdit",
    "ContactNew",
    "ContactSave",
]


@dataclass(frozen=True, slots=True)
class ContactNew(Action):
    """Open the form of a new contact."""

    verb: ClassVar[str] = "contact.new"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class ContactCreate(Action):
    """Make the contact of a form, once; ``form`` is the name that it got when it was drawn."""

    verb: ClassVar[str] = "contact.create"
    book: BookId
    form: str


@dataclass(frozen=True, slots=True)
class ContactEdit(Action):
    """Open the form of a contact that exists."""

    verb: ClassVar[str] = "contact.edit"
    book: BookId
    contact: ContactId


@dataclass(frozen=True, slots=True)
class ContactSave(Action):
    """Save the form of a contact; ``etag`` is what it was when the form was opened."""

    verb: ClassVar[str] = "contact.save"
    book: BookId
    contact: ContactId
    etag: str


@dataclass(frozen=True, slots=True)
class ContactDetails(Action):
    """Show a contact, also when coming back from its form or question."""

    verb: ClassVar[str] = "contact.details"
    book: BookId
    contact: ContactId


@dataclass(frozen=True, slots=True)
class ContactDelete(Action):
    """Ask whether to delete a contact."""

    verb: ClassVar[str] = "contact.delete"
    book: BookId
    contact: ContactId


@dataclass(frozen=True, slots=True)
class ContactDeleteYes(Action):
    """Delete it."""

    verb: ClassVar[str] = "contact.delete_yes"
    book: BookId
    contact: ContactId
