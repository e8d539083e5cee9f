"""Contacts: themselves, and their pictures, groups, notes, doubles and birthdays."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ground import Ground
from bot.handlers.contacts.contact_addresses import At, addresses
from services.contacts.birthdays import Birthdays
from services.contacts.contact_groups import ContactGroups
from services.contacts.contacts import Contacts
from services.contacts.duplicates import Duplicates
from services.contacts.list_fields import ListFields
from services.contacts.my_notes import MyNotes
from services.contacts.photos import Photos
from services.files.contact_files import ContactFiles

__all__ = ["ContactCases", "contact_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCases:
    """What is done with contacts."""

    contacts: Contacts
    photos: Photos
    at: At
    """Where a browser finds a contact."""
    notes: MyNotes
    groups: ContactGroups
    fields: ListFields
    duplicates: Duplicates
    birthdays: Birthdays
    contact_files: ContactFiles


def contact_cases(ground: Ground) -> ContactCases:
    """Build the use cases of contacts."""
    store, sharing, clock = ground.store, ground.sharing, ground.clock
    contacts = Contacts(store, sharing, clock)
    photos = Photos(store, sharing, contacts, ground.fetcher, clock)
    return ContactCases(
        contacts=contacts,
        photos=photos,
        at=addresses(ground.outside.public_url, photos.address),
        notes=MyNotes(store, contacts, clock),
        groups=ContactGroups(store, sharing, clock),
        fields=ListFields(store, sharing, clock),
        duplicates=Duplicates(store, sharing, clock),
        birthdays=Birthdays(store, sharing),
        contact_files=ContactFiles(store, sharing, ground.search),
    )
