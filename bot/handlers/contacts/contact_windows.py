"""Contacts in windows: from the button of a card, and as an action command of the compose box."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.events.live import LiveContacts
from bot.handlers.windows import Windows, action_of
from bot.replies import Replies
from bot.router import Router
from bot.turn import Composing, Turn
from cards.contacts.contact_actions import ContactCreate, ContactEdit, ContactNew, ContactSave
from cards.contacts.contact_values import contact_values
from services.contacts.phone_numbers import region_of
from services.contacts.said_contact import said_in

__all__ = ["ContactWindows", "register"]

NEW_CONTACT = "newContact"
SAVE_CONTACT = "saveContact"


class ContactWindows:
    """Answers the windows of contacts."""

    def __init__(self, forms: ContactForms, live: LiveContacts) -> None:
        self._forms = forms
        self._windows = Windows(forms, live.for_all)

    async def open_new(self, turn: Turn, action: ContactNew) -> Replies:
        """A card's button: an empty form."""
        return await self._windows.open_new(turn, action.book)

    async def create(self, turn: Turn, action: ContactCreate) -> Replies:
        """Its button: make the contact and post it in the chat."""
        return await self._windows.create(turn, action.book, action.form)

    async def open_edit(self, turn: Turn, action: ContactEdit) -> Replies:
        """A card's button: the form of a contact that exists."""
        return await self._windows.open_edit(turn, action.book, action.contact)

    async def save(self, turn: Turn, action: ContactSave) -> Replies:
        """Its button: save."""
        return await self._windows.save(turn, action.book, action.contact, action.etag)

    async def compose(self, turn: Turn, composing: Composing) -> Replies:
        """The compose box: an empty form."""
        return await self._windows.compose(turn)

    async def from_message(self, turn: Turn, composing: Composing) -> Replies:
        """A message's menu: the form, filled with whoever the message is about."""
        quoted = composing.message
        if quoted is None:
            return await self._windows.compose(turn)
        content = said_in(quoted.lines, region_of(turn.zone.key, turn.language))
        content = replace(
            content,
            name=content.name or quoted.sender,
            notes="\n".join(part for part in (content.notes, quoted.link) if part),
        )
        return await self._windows.compose(turn, contact_values(content))

    async def composed(self, turn: Turn, composing: Composing) -> Replies:
        """The form came back: put the contact's card into the message."""
        if turn.value.get("verb") == ContactSave.verb:  # it was made already, by the same form
            save = action_of(ContactSave, turn.value)
            return await self._windows.insert_saved(turn, save.book, save.contact, save.etag)
        create = action_of(ContactCreate, turn.value)
        return await self._windows.insert_new(turn, create.book, create.form)


def register(router: Router, forms: ContactForms, live: LiveContacts) -> None:
    """Fill in the rows."""
    windows = ContactWindows(forms, live)
    router.dialog(ContactNew, windows.open_new)
    router.submit(ContactCreate, windows.create)
    router.dialog(ContactEdit, windows.open_edit)
    router.submit(ContactSave, windows.save)
    router.action(NEW_CONTACT, open=windows.compose, submit=windows.composed)
    router.action(SAVE_CONTACT, open=windows.from_message, submit=windows.composed)
