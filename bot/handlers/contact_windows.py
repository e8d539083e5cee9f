"""Contacts in dialogs: from the button of a card, and as the action command of the compose box."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.event_windows import action_of
from bot.handlers.forms import new_form, overtaken, submit_key
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Dialog, Done, Found, Insert, Replies, Say
from bot.router import Router
from bot.turn import Composing, Turn
from cards.actions import ContactCreate, ContactEdit, ContactNew, ContactSave
from cards.contact import contact_card, contact_preview
from cards.contact_form import contact_form, contact_values, read_contact_form, typed_contact
from cards.form import Mode
from cards.wording import say
from services.contacts import Contacts
from services.model.books import BookKind
from services.model.contacts import Contact, ContactContent
from services.model.errors import InvalidInput, Problem, Stale

__all__ = ["ContactWindows", "register"]

NEW_CONTACT = "newContact"


class ContactWindows:
    """Answers the dialogs of contacts."""

    def __init__(self, books: OpenBooks, contacts: Contacts) -> None:
        self._books = books
        self._contacts = contacts

    async def open_new(self, turn: Turn, action: ContactNew) -> Replies:
        """A card's button: an empty form."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return _window(turn, seen, ContactCreate(seen.book.id, new_form()), _blank())

    async def create(self, turn: Turn, action: ContactCreate) -> Replies:
        """The dialog's button: make the contact and show it in the chat."""
        made = await self._made(turn, action)
        if isinstance(made, Dialog):
            return made
        seen, contact = made
        card = contact_card(contact, seen.book, seen.readers)
        return [Say(card=card, shows=contact.id), Done()]

    async def open_edit(self, turn: Turn, action: ContactEdit) -> Replies:
        """A card's button: the form of a contact that exists."""
        seen = await self._books.called(turn, action.book)
        contact = await self._contacts.get(turn.person, seen.book.id, action.contact)
        save = ContactSave(seen.book.id, contact.id, contact.etag, new_form())
        return _window(turn, seen, save, contact_values(contact.content))

    async def save(self, turn: Turn, action: ContactSave) -> Replies:
        """The dialog's button: save, and show the contact as it is now."""
        seen = await self._books.called(turn, action.book)
        contact = await self._contacts.get(turn.person, seen.book.id, action.contact)
        typed = typed_contact(turn.value)
        try:
            content = read_contact_form(turn.value, contact.content)
            saved = await self._contacts.edit(
                turn.author, seen.book.id, contact.id, content, etag=action.etag
            )
        except InvalidInput as err:
            return _window(turn, seen, action, typed, err.problems)
        except Stale:
            contact = await self._contacts.get(turn.person, seen.book.id, action.contact)
            again = ContactSave(seen.book.id, contact.id, contact.etag, new_form())
            said = overtaken(turn.language, contact.updated_by.name)
            return _window(turn, seen, again, typed, said=said)
        card = contact_card(saved, seen.book, seen.readers)
        return [Say(card=card, shows=contact.id), Done()]

    async def compose(self, turn: Turn, composing: Composing) -> Replies:
        """The compose box: an empty form."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return _window(turn, seen, ContactCreate(seen.book.id, new_form()), _blank())

    async def composed(self, turn: Turn, composing: Composing) -> Replies:
        """The form came back: make the contact and put its card into the message."""
        made = await self._made(turn, action_of(ContactCreate, turn.value))
        if isinstance(made, Dialog):
            return made
        seen, contact = made
        card = contact_card(contact, seen.book, seen.readers)
        return Insert(Found(card=card, preview=contact_preview(contact)))

    async def _made(self, turn: Turn, action: ContactCreate) -> tuple[OpenBook, Contact] | Dialog:
        """Return the contact, or the dialog again with what is wrong."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        typed = typed_contact(turn.value)
        try:
            content = read_contact_form(turn.value)
            key = submit_key(action.form, typed)
            return seen, await self._contacts.create(turn.author, seen.book.id, content, key=key)
        except InvalidInput as err:
            return _window(turn, seen, action, typed, err.problems)


def register(router: Router, windows: ContactWindows) -> None:
    """Fill in the rows."""
    router.dialog(ContactNew, windows.open_new)
    router.submit(ContactCreate, windows.create)
    router.dialog(ContactEdit, windows.open_edit)
    router.submit(ContactSave, windows.save)
    router.action(NEW_CONTACT, open=windows.compose, submit=windows.composed)


def _blank() -> dict[str, str]:
    return contact_values(ContactContent(name=""))


def _window(
    turn: Turn,
    seen: OpenBook,
    save: ContactCreate | ContactSave,
    values: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
    said: str = "",
) -> Dialog:
    form = contact_form(
        save, values, seen.book, seen.viewer, problems=problems, mode=Mode.DIALOG, said=said
    )
    title = "New contact" if isinstance(save, ContactCreate) else "Edit contact"
    return Dialog(title=say(turn.language, title), card=form, height="large")
