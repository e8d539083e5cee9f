"""The forms of contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.handlers.contacts.contact_addresses import At
from bot.handlers.forms import Forms
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.people_around import PeopleAround
from bot.handlers.sheets import Sheet
from bot.replies import Card
from bot.turn import Turn
from cards.action import Action
from cards.contacts.contact import contact_card, contact_deleted, contact_preview
from cards.contacts.contact_actions import ContactCreate, ContactNew, ContactSave
from cards.contacts.contact_form import (
    contact_form,
    contact_values,
    read_contact_form,
    typed_contact,
)
from cards.contacts.contact_values import owner_typed
from cards.notice import problem_card
from cards.viewer import Reader, Viewer
from services.contacts.contacts import Contacts
from services.model.books import Book, BookKind
from services.model.contacts import Contact, ContactContent, ContactId

__all__ = ["ContactForms"]


class ContactForms(Forms[Contact, ContactId, ContactContent]):
    """How a contact is read and drawn."""

    BOOKS = BookKind.CONTACTS
    TITLES = "New contact", "Edit contact"

    def __init__(self, books: OpenBooks, contacts: Contacts, around: PeopleAround, at: At) -> None:
        super().__init__(books, contacts)
        self._around = around
        self.at = at

    def typed(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, right or wrong."""
        return typed_contact(data)

    def brought(self, turn: Turn, book: Book) -> dict[str, str]:
        """An empty form."""
        return contact_values(ContactContent(name=""))

    def values(self, turn: Turn, item: Contact) -> dict[str, str]:
        """The item, as far as a form has room for it."""
        return contact_values(item.content)

    async def read(self, turn: Turn, seen: OpenBook, item: Contact | None) -> ContactContent:
        """The content; what the form has no room for stays as it was."""
        who, name = owner_typed(turn.value)
        is_named = bool(who or name)
        around = await self._around.of(turn, seen.book, who, is_named=is_named) if is_named else ()
        return read_contact_form(turn.value, item.content if item else None, around)

    def draw_form(self, seen: OpenBook, values: Mapping[str, str], sheet: Sheet[Contact]) -> Card:
        """The form of the item, or of a new one."""
        return contact_form(
            ContactSave(seen.book.id, sheet.item.id, sheet.etag)
            if sheet.item
            else ContactCreate(seen.book.id, sheet.draft),
            values,
            seen.book,
            seen.viewer,
            problems=sheet.problems,
            mode=sheet.mode,
            said=sheet.said,
            beside=seen.beside,
            owner=sheet.item.content.owner if sheet.item else None,
        )

    def draw(
        self,
        item: Contact,
        book: Book,
        reader: Reader,
        said: str = "",
        *,
        back: Action | None = None,
    ) -> Card:
        """The card, or what is left of a deleted one; ``back`` leads to where it was opened."""
        if item.deleted_at:
            return contact_deleted(item, reader)
        return contact_card(item, book, reader, said=said, at=self.at(book, item), back=back)

    def preview(self, item: Contact, viewer: Viewer) -> Mapping[str, Any]:
        """A row of results."""
        return contact_preview(item)

    def gone(self, sentence: str, seen: OpenBook) -> Card:
        """What a button says whose item is gone."""
        return problem_card(sentence, seen.viewer, retry=ContactNew(seen.book.id))
