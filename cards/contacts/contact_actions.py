"""What the buttons of contacts carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action, OfContact
from cards.contacts.contact_list_actions import ContactsShow
from cards.views.find_actions import FindShow
from services.model.books import BookId

__all__ = [
    "ContactCompany",
    "ContactCopy",
    "ContactCreate",
    "ContactDelete",
    "ContactDeleteYes",
    "ContactDetails",
    "ContactEdit",
    "ContactFile",
    "ContactHistory",
    "ContactMeet",
    "ContactMerge",
    "ContactMergeWith",
    "ContactNew",
    "ContactNotes",
    "ContactNotesSave",
    "ContactPhoto",
    "ContactPhotoDrop",
    "ContactPhotoFetch",
    "ContactPost",
    "ContactSave",
    "PhotoFor",
    "PhotoGive",
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
class ContactEdit(OfContact):
    """Open the form of a contact that exists."""

    verb: ClassVar[str] = "contact.edit"


@dataclass(frozen=True, slots=True)
class ContactSave(OfContact):
    """Save the form of a contact; ``etag`` is what it was when the form was opened."""

    verb: ClassVar[str] = "contact.save"
    etag: str


@dataclass(frozen=True, slots=True)
class ContactDelete(OfContact):
    """Ask whether to delete a contact."""

    verb: ClassVar[str] = "contact.delete"


@dataclass(frozen=True, slots=True)
class ContactDeleteYes(OfContact):
    """Delete it."""

    verb: ClassVar[str] = "contact.delete_yes"


@dataclass(frozen=True, slots=True)
class ContactMeet(OfContact):
    """Open the form of an event with this contact."""

    verb: ClassVar[str] = "contact.meet"


@dataclass(frozen=True, slots=True)
class ContactCopy(OfContact):
    """Open the form of a new contact that is like this one."""

    verb: ClassVar[str] = "contact.copy"


@dataclass(frozen=True, slots=True)
class ContactPost(OfContact):
    """Post the contact as a message where the button is pressed."""

    verb: ClassVar[str] = "contact.post"


@dataclass(frozen=True, slots=True)
class ContactFile(OfContact):
    """Hand the contact out as a vCard."""

    verb: ClassVar[str] = "contact.file"


@dataclass(frozen=True, slots=True)
class ContactCompany(OfContact):
    """Show everybody of the contact's company."""

    verb: ClassVar[str] = "contact.company"


@dataclass(frozen=True, slots=True)
class ContactDetails(OfContact):
    """Show a contact, also when coming back from its form or question."""

    verb: ClassVar[str] = "contact.details"
    back: ContactsShow | FindShow | ContactCompany | None = None
    """The list to go back to, where it was opened from one."""


@dataclass(frozen=True, slots=True)
class ContactHistory(OfContact):
    """Show who changed what."""

    verb: ClassVar[str] = "contact.history"


@dataclass(frozen=True, slots=True)
class ContactNotes(OfContact):
    """Open the notes that the one who presses keeps for themselves."""

    verb: ClassVar[str] = "contact.notes"


@dataclass(frozen=True, slots=True)
class ContactNotesSave(OfContact):
    """Keep them."""

    verb: ClassVar[str] = "contact.notes_save"


@dataclass(frozen=True, slots=True)
class ContactPhoto(OfContact):
    """Say how a picture comes in, and ask for its address."""

    verb: ClassVar[str] = "contact.photo"


@dataclass(frozen=True, slots=True)
class ContactPhotoFetch(OfContact):
    """Fetch the picture at the address that was typed."""

    verb: ClassVar[str] = "contact.photo_fetch"


@dataclass(frozen=True, slots=True)
class ContactPhotoDrop(OfContact):
    """Take the picture away."""

    verb: ClassVar[str] = "contact.photo_drop"


@dataclass(frozen=True, slots=True)
class ContactMerge(OfContact):
    """Ask who is the same person, and should be one contact with this one."""

    verb: ClassVar[str] = "contact.merge"


@dataclass(frozen=True, slots=True)
class ContactMergeWith(OfContact):
    """Show this contact beside the one that was chosen."""

    verb: ClassVar[str] = "contact.merge_with"


@dataclass(frozen=True, slots=True)
class PhotoFor(Action):
    """Give the picture that was sent to the contact that was chosen."""

    verb: ClassVar[str] = "photo.for"
    token: str


@dataclass(frozen=True, slots=True)
class PhotoGive(OfContact):
    """Give the picture that was sent to a contact."""

    verb: ClassVar[str] = "photo.give"
    token: str
