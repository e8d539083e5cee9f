"""The rows of contacts beyond their forms and lists, together.

Pages, pictures, notes, files that go out, and duplicates.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.handlers.contacts import contact_extras, contact_files, contact_groups, contact_pages
from bot.handlers.contacts.contact_addresses import At
from bot.handlers.contacts.contact_extras import ContactExtras
from bot.handlers.contacts.contact_files import ContactFileHandlers
from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.contacts.contact_pages import ContactPages
from bot.handlers.events.event_forms import EventForms
from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBooks
from bot.handlers.owners import LookAgain
from bot.router import Router
from services.contacts.birthdays import Birthdays
from services.contacts.contact_groups import ContactGroups
from services.contacts.contacts import Contacts
from services.contacts.duplicates import Duplicates
from services.contacts.list_fields import ListFields
from services.contacts.my_notes import MyNotes
from services.contacts.photos import Photos
from services.files.contact_files import ContactFiles
from services.files.exports import Exports
from services.search import Search

__all__ = ["ContactCases", "fill_contact_pages", "fill_groups"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCases:
    """What these handlers call."""

    contacts: Contacts
    photos: Photos
    notes: MyNotes
    groups: ContactGroups
    fields: ListFields
    exports: Exports
    at: At
    contact_files: ContactFiles
    duplicates: Duplicates
    birthdays: Birthdays


def fill_contact_pages(
    router: Router,
    forms: ContactForms,
    events: EventForms,
    use: ContactCases,
    search: Search,
    delivery: FileDelivery,
) -> ContactExtras:
    """Fill in every row of theirs; return what takes a picture that was sent."""
    pages = ContactPages(forms, events, use.contacts, search, delivery, use.duplicates)
    contact_pages.register(router, pages, forms)
    files = ContactFileHandlers(forms.books, use.contact_files, use.duplicates, delivery)
    contact_files.register(router, files)
    extras = ContactExtras(forms, use.photos, use.notes, use.exports, search)
    contact_extras.register(router, extras, forms)
    return extras


def fill_groups(router: Router, books: OpenBooks, use: ContactCases, look_again: LookAgain) -> None:
    """Fill in the rows of groups and fields."""
    handlers = contact_groups.GroupHandlers(books, use.groups, use.fields, use.contacts, look_again)
    contact_groups.register(router, handlers)
