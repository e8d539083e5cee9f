"""Contacts in a chat: looked up in words, added and edited by forms, and the buttons of a card."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.audience import asked_by
from bot.handlers.chat_forms import ChatForms
from bot.handlers.contacts.contact_choosing import ContactChoosing
from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.contacts.contact_listing import ContactListing
from bot.handlers.forms import Filed, new_form
from bot.replies import Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Trigger, Turn
from cards.contacts.contact import contact_delete_question
from cards.contacts.contact_actions import (
    ContactCreate,
    ContactDelete,
    ContactDeleteYes,
    ContactDetails,
    ContactEdit,
    ContactNew,
    ContactSave,
)
from cards.contacts.contact_choices import CHOSEN, NOBODY_YET, read_chosen, read_colleague
from cards.contacts.contact_form import contact_form, contact_values
from cards.contacts.contact_list_actions import (
    MOST_LETTERS,
    ColleagueShow,
    ContactOpen,
    ContactsShow,
    ContactsSort,
)
from cards.contacts.contacts import ORDER, contacts_card
from cards.wording import say
from services.contacts.directory import Directory
from services.model.books import BookKind
from services.model.contact_order import ContactOrder
from services.model.contacts import ContactContent
from services.phrases import FindContacts, NewContact
from services.search import Search

__all__ = ["ContactHandlers", "register"]


class ContactHandlers:
    """Answers everything about contacts that happens in a chat."""

    def __init__(
        self,
        forms: ContactForms,
        search: Search,
        directory: Directory,
        choosing: ContactChoosing,
    ) -> None:
        self._forms = forms
        self._in_chat = ChatForms(forms)
        self._search = search
        self._listing = ContactListing(forms.books, search, directory)
        self._choosing = choosing

    async def find(self, turn: Turn, command: FindContacts) -> Replies:
        """``who is Ines``: the one that was found, or a list; ``contacts``: all of them."""
        here = await self._forms.books.here(turn, BookKind.CONTACTS)
        shown = ContactsShow(command.text[:MOST_LETTERS])
        people = await self._listing.people(turn, here, shown)
        if command.text and len(people.records) == 1 and not people.colleagues:
            [contact] = people.records
            seen = await self._forms.books.called(turn, contact.book)
            await self._search.note_use(turn.person, contact)
            card = self._forms.draw(contact, seen.book, seen.readers)
            return Say(card=card, about=Filed(seen, contact).about)
        return Say(card=contacts_card(people, shown, here.readers))

    async def show(self, turn: Turn, action: ContactsShow) -> Replies:
        """Another page, letter, group or order, for the one who presses."""
        here = await self._forms.books.here(turn, BookKind.CONTACTS)
        people = await self._listing.people(turn, here, action)
        if not people.records and action.page:  # somebody has deleted some meanwhile
            action = replace(action, page=0)
            people = await self._listing.people(turn, here, action)
        return Replace(contacts_card(people, action, here.viewer))

    async def sort(self, turn: Turn, action: ContactsSort) -> Replies:
        """The order that was chosen; one that nobody offered is the order of names."""
        chosen, shown = str(turn.value.get(ORDER, "")), action.back or ContactsShow()
        order = chosen if chosen in set(ContactOrder) else ContactOrder.NAME.value
        return await self.show(turn, replace(shown, order=order, page=0))

    async def open_chosen(self, turn: Turn, action: ContactOpen) -> Replies:
        """Whoever was chosen in the field of the list."""
        value = turn.value.get(CHOSEN)
        if colleague := read_colleague(value):
            return await self._choosing.show_colleague(turn, ColleagueShow(*colleague, action.back))
        if chosen := read_chosen(value):
            return await self.details(turn, ContactDetails(*chosen, action.back))
        return Tell(say(turn.language, NOBODY_YET))

    async def say_new(self, turn: Turn, command: NewContact) -> Replies:
        """``new contact …``: a form."""
        seen = await self._forms.books.to_add(turn, BookKind.CONTACTS)
        values = contact_values(ContactContent(name=command.name))
        create = ContactCreate(seen.book.id, new_form())
        seen = await self._forms.books.to_choose(turn, seen)
        form = contact_form(create, values, seen.book, seen.viewer, beside=seen.beside)
        return Say(card=form, shows=asked_by(turn))

    async def open_new(self, turn: Turn, action: ContactNew) -> Replies:
        """Show an empty form."""
        return await self._in_chat.open_new(turn, action.book)

    async def create(self, turn: Turn, action: ContactCreate) -> Replies:
        """Make the contact."""
        return await self._in_chat.create(turn, action.book, action.form)

    async def open_edit(self, turn: Turn, action: ContactEdit) -> Replies:
        """Show the form of a contact that exists."""
        return await self._in_chat.open_edit(turn, action.book, action.contact)

    async def save(self, turn: Turn, action: ContactSave) -> Replies:
        """Save the form."""
        return await self._in_chat.save(turn, action.book, action.contact, action.etag)

    async def details(self, turn: Turn, action: ContactDetails) -> Replies:
        """Show the contact."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        if turn.trigger is Trigger.MANUAL:
            await self._search.note_use(turn.person, contact)
        card = self._forms.draw(contact, seen.book, seen.viewer, back=action.back)
        return Replace(card)

    async def ask_delete(self, turn: Turn, action: ContactDelete) -> Replies:
        """Ask before it goes."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        return Replace(contact_delete_question(contact, seen.book, seen.viewer))

    async def delete(self, turn: Turn, action: ContactDeleteYes) -> Replies:
        """Delete it."""
        return await self._in_chat.delete(turn, action.book, action.contact)


def register(
    router: Router,
    forms: ContactForms,
    search: Search,
    directory: Directory,
    choosing: ContactChoosing,
) -> None:
    """Fill in the rows."""
    handlers = ContactHandlers(forms, search, directory, choosing)
    unless_gone = forms.unless_gone
    router.command(FindContacts, handlers.find)
    router.command(NewContact, handlers.say_new)
    router.verb(ContactsShow, handlers.show)
    router.verb(ContactsSort, handlers.sort)
    router.verb(ContactOpen, handlers.open_chosen)
    router.verb(ContactNew, handlers.open_new)
    router.verb(ContactCreate, unless_gone(handlers.create))
    router.verb(ContactEdit, unless_gone(handlers.open_edit))
    router.verb(ContactSave, unless_gone(handlers.save))
    router.verb(ContactDetails, unless_gone(handlers.details))
    router.verb(ContactDelete, unless_gone(handlers.ask_delete))
    router.verb(ContactDeleteYes, unless_gone(handlers.delete))
