"""Contacts in a chat: looked up in words, added and edited by forms, and the buttons of a card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.handlers.forms import (
    asked_by,
    is_for_all,
    new_form,
    overtaken,
    stands_alone,
    submit_key,
)
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Card, Edit, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.actions import (
    ContactCreate,
    ContactDelete,
    ContactDeleteYes,
    ContactDetails,
    ContactEdit,
    ContactNew,
    ContactSave,
)
from cards.contact import contact_card, contact_delete_question, contact_deleted
from cards.contact_form import contact_form, contact_values, read_contact_form, typed_contact
from cards.contacts import contacts_card
from cards.notice import done_card, problem_card
from cards.wording import say, sentence_of
from services.contacts import Contacts
from services.model.books import BookKind
from services.model.contacts import Contact, ContactContent
from services.model.errors import InvalidInput, NotFound, Stale
from services.phrases import FindContacts, NewContact
from services.search import Search

__all__ = ["ContactHandlers", "register"]

Named = ContactEdit | ContactSave | ContactDetails | ContactDelete | ContactDeleteYes
N = TypeVar("N", bound=Named | ContactCreate)
LIST = 21
"""One more than a list shows, so that it can say that there are more."""


class ContactHandlers:
    """Answers everything about contacts that happens in a chat."""

    def __init__(self, books: OpenBooks, contacts: Contacts, search: Search) -> None:
        self._books = books
        self._contacts = contacts
        self._search = search

    async def find(self, turn: Turn, command: FindContacts) -> Replies:
        """``contacts Ines``: the one that was found, or a list."""
        here = await self._books.here(turn, BookKind.CONTACTS)
        # What others read along holds what is theirs too; one's own is for the compose box.
        within = here.book.id if here.shared else None
        page = await self._search.contacts(turn.person, command.text, 0, LIST, within=within)
        found = page.records
        if command.text and len(found) == 1:
            [contact] = found
            seen = await self._books.called(turn, contact.book)
            return Say(card=contact_card(contact, seen.book, seen.readers), shows=contact.id)
        return Say(card=contacts_card(found, command.text, here.readers))

    async def say_new(self, turn: Turn, command: NewContact) -> Replies:
        """``new contact …``: a form."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        values = contact_values(ContactContent(name=command.name))
        create = ContactCreate(seen.book.id, new_form())
        form = contact_form(create, values, seen.book, seen.viewer)
        return Say(card=form, shows=asked_by(turn))

    async def open_new(self, turn: Turn, action: ContactNew) -> Replies:
        """Show an empty form."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        values = contact_values(ContactContent(name=""))
        create = ContactCreate(seen.book.id, new_form())
        return Replace(contact_form(create, values, seen.book, seen.viewer))

    async def create(self, turn: Turn, action: ContactCreate) -> Replies:
        """Make the contact, or show the form again with what is wrong."""
        seen = await self._books.called(turn, action.book)
        typed = typed_contact(turn.value)
        try:
            content = read_contact_form(turn.value)
            contact = await self._contacts.create(
                turn.author, seen.book.id, content, key=submit_key(action.form, typed)
            )
        except InvalidInput as err:
            form = contact_form(action, typed, seen.book, seen.viewer, problems=err.problems)
            return Replace(form)
        said = say(turn.language, "Created.")
        if stands_alone(turn):
            return _for_all(seen, contact, said)
        post = Say(card=contact_card(contact, seen.book, seen.readers), shows=contact.id)
        return [post, Replace(done_card(said, seen.viewer))]

    async def open_edit(self, turn: Turn, action: ContactEdit) -> Replies:
        """Show the form of a contact that exists."""
        seen, contact = await self._named(turn, action)
        save = ContactSave(seen.book.id, contact.id, contact.etag, new_form())
        return Replace(contact_form(save, contact_values(contact.content), seen.book, seen.viewer))

    async def save(self, turn: Turn, action: ContactSave) -> Replies:
        """Save the form, or show it again with what is wrong."""
        seen, contact = await self._named(turn, action)
        typed = typed_contact(turn.value)
        try:
            content = read_contact_form(turn.value, contact.content)
            saved = await self._contacts.edit(
                turn.author, seen.book.id, contact.id, content, etag=action.etag
            )
        except InvalidInput as err:
            form = contact_form(action, typed, seen.book, seen.viewer, problems=err.problems)
            return Replace(form)
        except Stale:
            seen, contact = await self._named(turn, action)
            again = ContactSave(seen.book.id, contact.id, contact.etag, new_form())
            said = overtaken(turn.language, contact.updated_by.name)
            return Replace(contact_form(again, typed, seen.book, seen.viewer, said=said))
        return _changed(turn, seen, saved, say(turn.language, "Saved."))

    async def details(self, turn: Turn, action: ContactDetails) -> Replies:
        """Show the contact."""
        seen, contact = await self._named(turn, action)
        return Replace(contact_card(contact, seen.book, seen.viewer))

    async def ask_delete(self, turn: Turn, action: ContactDelete) -> Replies:
        """Ask before it goes."""
        seen, contact = await self._named(turn, action)
        return Replace(contact_delete_question(contact, seen.book, seen.viewer))

    async def delete(self, turn: Turn, action: ContactDeleteYes) -> Replies:
        """Delete it; the second delivery of the same press finds it done."""
        seen = await self._books.called(turn, action.book)
        contact = await self._contacts.delete(turn.author, seen.book.id, action.contact)
        return _changed(turn, seen, contact, "")

    def unless_gone(
        self, handler: Callable[[Turn, N], Awaitable[Replies]]
    ) -> Callable[[Turn, N], Awaitable[Replies]]:
        """Return the handler, with a fresh card for the button of a contact that is gone."""

        async def answer(turn: Turn, action: N) -> Replies:
            try:
                return await handler(turn, action)
            except NotFound as err:
                if err.what != "contact":
                    raise
                seen = await self._books.called(turn, action.book)
                sentence = sentence_of(turn.language, err)
                return Replace(problem_card(sentence, seen.viewer, retry=ContactNew(action.book)))

        return answer

    async def _named(self, turn: Turn, action: Named) -> tuple[OpenBook, Contact]:
        seen = await self._books.called(turn, action.book)
        return seen, await self._contacts.get(turn.person, seen.book.id, action.contact)


def register(router: Router, handlers: ContactHandlers) -> None:
    """Fill in the rows."""
    router.command(FindContacts, handlers.find)
    router.command(NewContact, handlers.say_new)
    router.verb(ContactNew, handlers.open_new)
    router.verb(ContactCreate, handlers.unless_gone(handlers.create))
    router.verb(ContactEdit, handlers.unless_gone(handlers.open_edit))
    router.verb(ContactSave, handlers.unless_gone(handlers.save))
    router.verb(ContactDetails, handlers.unless_gone(handlers.details))
    router.verb(ContactDelete, handlers.unless_gone(handlers.ask_delete))
    router.verb(ContactDeleteYes, handlers.unless_gone(handlers.delete))


def _changed(turn: Turn, seen: OpenBook, contact: Contact, said: str) -> Replies:
    """Return the answer for the one who pressed, and for all where the message is the contact's."""
    if is_for_all(turn, contact.id):
        return _for_all(seen, contact, said)
    return Replace(_drawn(contact, seen, said))


def _for_all(seen: OpenBook, contact: Contact, said: str) -> Replies:
    """Return the answer for the one who pressed, and the message for all who read it."""
    if contact.deleted_at:
        message: Card = contact_deleted(contact, seen.readers)
    else:
        message = contact_card(contact, seen.book, seen.readers)
    return [Edit(card=message, shows=contact.id), Replace(_drawn(contact, seen, said))]


def _drawn(contact: Contact, seen: OpenBook, said: str) -> Card:
    if contact.deleted_at:
        return contact_deleted(contact, seen.viewer)
    return contact_card(contact, seen.book, seen.viewer, said=said)
