"""What a button carries: one frozen dataclass for each verb.

A card puts ``to_data()`` into its button, and the handler of that verb gets the same object back
from ``from_data()``, so both sides share one spelling. What a person typed into a form arrives in
the same mapping and is left alone here; :mod:`cards.event_form` and :mod:`cards.contact_form`
read it. A button of an old card, or data of somebody else, raises ``KeyError`` or ``ValueError``.

Verbs are ``subject.action`` and are spelled in this module only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from cards.action import Action
from services.model.books import BookId
from services.model.contacts import ContactId
from services.model.events import EventId

__all__ = [
    "ACTIONS",
    "AccountConfirmDeletions",
    "AccountConnect",
    "AccountDisconnect",
    "AccountDisconnectYes",
    "AccountShow",
    "AccountSyncNow",
    "Action",
    "AgendaShow",
    "BinRestoreContact",
    "BinRestoreEvent",
    "BinShow",
    "ContactCreate",
    "ContactDelete",
    "ContactDeleteYes",
    "ContactDetails",
    "ContactEdit",
    "ContactNew",
    "ContactSave",
    "DataErase",
    "DataEraseYes",
    "DataExport",
    "EventBack",
    "EventCreate",
    "EventDelete",
    "EventDeleteYes",
    "EventDetails",
    "EventEdit",
    "EventNew",
    "EventSave",
    "FormCancel",
    "HelpShow",
    "action_in",
]

HERE = BookId("")
"""Stands for the default book of the place in which the button is pressed."""
MOST_DAYS = 92
MOST_PAGES = 500
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class AgendaShow(Action):
    """Show some days of a calendar."""

    verb: ClassVar[str] = "agenda.show"
    book: BookId = HERE
    first: date | None = None
    """``None`` = today, wherever the reader is."""
    days: int = 7
    page: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS or not 0 <= self.page <= MOST_PAGES:
            raise ValueError("an agenda of that size is not shown")
        if self.first is not None and not FIRST_DAY <= self.first <= LAST_DAY:
            raise ValueError("an agenda of that time is not shown")


@dataclass(frozen=True, slots=True)
class EventNew(Action):
    """Open the form of a new event, filled with the values that come along, if any."""

    verb: ClassVar[str] = "event.new"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class EventCreate(Action):
    """Make the event of a form; ``form`` is the same at every repetition of the submit."""

    verb: ClassVar[str] = "event.create"
    book: BookId
    form: str


@dataclass(frozen=True, slots=True)
class EventEdit(Action):
    """Open the form of an event that exists."""

    verb: ClassVar[str] = "event.edit"
    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class EventSave(Action):
    """Save the form of an event that exists; ``etag`` is what it was when the form was opened."""

    verb: ClassVar[str] = "event.save"
    book: BookId
    event: EventId
    etag: str
    form: str


@dataclass(frozen=True, slots=True)
class EventDetails(Action):
    """Show all there is to know of an event."""

    verb: ClassVar[str] = "event.details"
    book: BookId
    event: EventId
    original: str = ""
    """Which occurrence of a series: the ISO form of its original start."""
    back: AgendaShow | None = None
    """The agenda to go back to, where it was opened from one."""


@dataclass(frozen=True, slots=True)
class EventBack(Action):
    """Show the event's card again: from its details, a form or a question."""

    verb: ClassVar[str] = "event.back"
    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class EventDelete(Action):
    """Ask whether to delete an event."""

    verb: ClassVar[str] = "event.delete"
    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class EventDeleteYes(Action):
    """Delete it."""

    verb: ClassVar[str] = "event.delete_yes"
    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class ContactNew(Action):
    """Open the form of a new contact."""

    verb: ClassVar[str] = "contact.new"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class ContactCreate(Action):
    """Make the contact of a form; ``form`` is the same at every repetition of the submit."""

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
    form: str


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


@dataclass(frozen=True, slots=True)
class BinShow(Action):
    """Show what was deleted from the calendar and the contact list of the place."""

    verb: ClassVar[str] = "bin.show"


@dataclass(frozen=True, slots=True)
class BinRestoreEvent(Action):
    """Take an event out of the bin."""

    verb: ClassVar[str] = "bin.restore_event"
    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True)
class BinRestoreContact(Action):
    """Take a contact out of the bin."""

    verb: ClassVar[str] = "bin.restore_contact"
    book: BookId
    contact: ContactId


@dataclass(frozen=True, slots=True)
class DataExport(Action):
    """Put together everything that is kept of the person who presses."""

    verb: ClassVar[str] = "data.export"


@dataclass(frozen=True, slots=True)
class DataErase(Action):
    """Ask whether to erase everything of the person who presses."""

    verb: ClassVar[str] = "data.erase"


@dataclass(frozen=True, slots=True)
class DataEraseYes(Action):
    """Erase it."""

    verb: ClassVar[str] = "data.erase_yes"


@dataclass(frozen=True, slots=True)
class AccountShow(Action):
    """Show how the person's Microsoft account stands."""

    verb: ClassVar[str] = "account.show"


@dataclass(frozen=True, slots=True)
class AccountSyncNow(Action):
    """Bring everything of the person into step now."""

    verb: ClassVar[str] = "account.sync_now"


@dataclass(frozen=True, slots=True)
class AccountConfirmDeletions(Action):
    """Let a sync that stopped at very many deletions carry them out."""

    verb: ClassVar[str] = "account.confirm_deletions"


@dataclass(frozen=True, slots=True)
class AccountDisconnect(Action):
    """Ask whether to disconnect, and what should become of the copies."""

    verb: ClassVar[str] = "account.disconnect"


@dataclass(frozen=True, slots=True)
class AccountDisconnectYes(Action):
    """Disconnect."""

    verb: ClassVar[str] = "account.disconnect_yes"
    keep: bool
    """Whether the copies in Outlook stay."""


@dataclass(frozen=True, slots=True)
class AccountConnect(Action):
    """Offer to sign in."""

    verb: ClassVar[str] = "account.connect"


@dataclass(frozen=True, slots=True)
class HelpShow(Action):
    """Show what can be said."""

    verb: ClassVar[str] = "help.show"


@dataclass(frozen=True, slots=True)
class FormCancel(Action):
    """Put the form of a new thing away; nothing is saved."""

    verb: ClassVar[str] = "form.cancel"


ACTIONS: Mapping[str, type[Action]] = {
    kind.verb: kind
    for kind in (
        AgendaShow,
        *(EventNew, EventCreate, EventEdit, EventSave, EventDetails, EventBack),
        *(EventDelete, EventDeleteYes),
        *(ContactNew, ContactCreate, ContactEdit, ContactSave, ContactDetails),
        *(ContactDelete, ContactDeleteYes),
        *(AccountShow, AccountSyncNow, AccountConfirmDeletions, AccountConnect),
        *(AccountDisconnect, AccountDisconnectYes),
        *(BinShow, BinRestoreEvent, BinRestoreContact),
        *(DataExport, DataErase, DataEraseYes),
        *(HelpShow, FormCancel),
    )
}
"""Every action by its verb."""


def action_in(data: Mapping[str, Any]) -> Action:
    """Return the action that ``data`` holds, whichever it is.

    Raises:
        KeyError: no verb, an unknown one, or something is missing.
        ValueError: a value is not what it should be.
    """
    return ACTIONS[str(data["verb"])].from_data(data)
