"""What a contact's card leads to: a meeting, a copy, a message, a file, its company, its history.

Pictures and private notes are in :mod:`bot.handlers.contacts.contact_extras`.
"""

from __future__ import annotations

from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.events.event_forms import EventForms
from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.forms import Filed
from bot.replies import Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.contacts.contact_actions import (
    ContactCompany,
    ContactCopy,
    ContactFile,
    ContactHistory,
    ContactMeet,
    ContactMerge,
    ContactMergeWith,
    ContactPost,
)
from cards.contacts.contact_choices import CHOSEN, NOBODY_YET, read_chosen
from cards.contacts.contact_history import history_card
from cards.contacts.contact_pages import company_card, merge_question
from cards.contacts.contact_values import contact_values
from cards.contacts.duplicates import merge_card
from cards.form import Mode
from cards.wording import say
from services.contacts.contacts import Contacts
from services.contacts.duplicates import Duplicates
from services.files.contact_files import ContactFiles
from services.model.books import BookKind
from services.model.contacts import Contact, ContactContent
from services.search import Search

__all__ = ["ContactPages", "register"]

MOST_PEOPLE = 100
TITLE = 200
"""Letters of an event's title."""


class ContactPages:
    """Answers the buttons in the menu of a contact's card."""

    def __init__(
        self,
        forms: ContactForms,
        events: EventForms,
        contacts: Contacts,
        search: Search,
        files: ContactFiles,
        delivery: FileDelivery,
        duplicates: Duplicates,
    ) -> None:
        self._forms = forms
        self._events = events
        self._contacts = contacts
        self._search = search
        self._files = files
        self._delivery = delivery
        self._duplicates = duplicates

    async def meet(self, turn: Turn, action: ContactMeet) -> Replies:
        """``Schedule``: the form of an event with this person."""
        _, contact = await self._forms.named(turn, action.book, action.contact)
        seen = await self._events.books.here(turn, BookKind.CALENDAR)
        seen = await self._events.books.to_choose(turn, seen)
        values = self._events.brought(turn, seen.book) | _meeting(contact, turn.language)
        return self._events.filled(turn, seen, values, Mode.CHAT).in_chat()

    async def copy(self, turn: Turn, action: ContactCopy) -> Replies:
        """``Copy``: the form of a new contact that is like this one, in whichever list."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        seen = await self._forms.books.to_choose(turn, seen)
        values = contact_values(contact.content)
        return self._forms.filled(turn, seen, values, Mode.CHAT).in_chat()

    async def post(self, turn: Turn, action: ContactPost) -> Replies:
        """``Post here``: the contact as a message for all who read this conversation."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        card = self._forms.draw(contact, seen.book, seen.readers)
        return Say(card=card, about=Filed(seen, contact).about)

    async def file(self, turn: Turn, action: ContactFile) -> Replies:
        """``vCard``: the contact as a file that every address book opens."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        file = await self._files.one(turn.person, seen.book.id, contact.id)
        said = say(turn.language, "Open it, and your address book adds the contact")
        return await self._delivery.hand_over(turn, file.name, file.data, said)

    async def company(self, turn: Turn, action: ContactCompany) -> Replies:
        """``Company``: everybody of the list who is of it."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        company = contact.content.company
        wanted = f'company:"{company.replace(chr(34), " ")}"'
        page = await self._search.contacts(
            turn.person, wanted, 0, MOST_PEOPLE, within=[seen.book.id]
        )
        people = [each for each in page.records if _is_of(each.content, company)]
        people.sort(key=lambda each: each.content.name.casefold())
        return Replace(company_card(company, people or [contact], contact, seen.viewer))

    async def ask_merge(self, turn: Turn, action: ContactMerge) -> Replies:
        """``Merge``: who is the same person?"""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        return Replace(merge_question(contact, seen.book, seen.viewer), is_form=True)

    async def merge_with(self, turn: Turn, action: ContactMergeWith) -> Replies:
        """Its button: both beside each other, to be merged field by field."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        chosen = read_chosen(turn.value.get(CHOSEN))
        if chosen is None or chosen == (contact.book, contact.id):
            return Tell(say(turn.language, NOBODY_YET))
        pair = await self._duplicates.pair(turn.person, seen.book.id, contact.id, chosen[1])
        return Replace(merge_card(seen.book, pair.one, pair.other, seen.viewer), is_form=True)

    async def history(self, turn: Turn, action: ContactHistory) -> Replies:
        """``History``: who changed what."""
        seen = await self._forms.books.called(turn, action.book, BookKind.CONTACTS)
        versions = await self._contacts.history(turn.person, seen.book.id, action.contact)
        return Replace(history_card(versions, seen.viewer))


def _meeting(contact: Contact, language: str) -> dict[str, str]:
    """Return what the form of a meeting with somebody begins with."""
    content = contact.content
    title = say(language, "Meeting with {name}", name=content.name)
    reached = [*content.emails[:1], *(phone.number for phone in content.phones[:1])]
    return {"title": title[:TITLE], "others": content.name, "text": " · ".join(reached)}


def _is_of(content: ContactContent, company: str) -> bool:
    return content.company.casefold().split() == company.casefold().split()


def register(router: Router, pages: ContactPages, forms: ContactForms) -> None:
    """Fill in the rows."""
    unless_gone = forms.unless_gone
    router.verb(ContactMeet, unless_gone(pages.meet))
    router.verb(ContactCopy, unless_gone(pages.copy))
    router.verb(ContactPost, unless_gone(pages.post))
    router.verb(ContactFile, unless_gone(pages.file))
    router.verb(ContactCompany, unless_gone(pages.company))
    router.verb(ContactMerge, unless_gone(pages.ask_merge))
    router.verb(ContactMergeWith, unless_gone(pages.merge_with))
    router.verb(ContactHistory, unless_gone(pages.history))
