"""A contact as Graph shows it: every property, those that nobody filled in as null or empty.

https://learn.microsoft.com/graph/api/resources/contact
"""

from __future__ import annotations

from typing import Any

from sandbox.address_book import Card
from sandbox.graph.call import Call
from sandbox.graph.event_json import instant

__all__ = ["contact_json"]

_TEXTS = [
    "birthday",
    "fileAs",
    "displayName",
    "givenName",
    "initials",
    "middleName",
    "nickName",
    "surname",
    "title",
    "yomiGivenName",
    "yomiSurname",
    "yomiCompanyName",
    "generation",
    "jobTitle",
    "companyName",
    "department",
    "officeLocation",
    "profession",
    "businessHomePage",
    "assistantName",
    "manager",
    "mobilePhone",
    "spouseName",
    "personalNotes",
]
_LISTS = ["categories", "imAddresses", "homePhones", "businessPhones", "children", "emailAddresses"]
_ADDRESSES = ("homeAddress", "businessAddress", "otherAddress")


def contact_json(call: Call, card: Card) -> dict[str, Any]:
    """Return all properties of a contact."""
    book, says = call.mailbox.contacts, card.says
    key = book.change_key(card.change)
    return {
        "@odata.etag": f'W/"{key}"',
        "id": book.id_of(card.serial, immutable=call.prefer.immutable_ids),
        "createdDateTime": instant(card.created_at),
        "lastModifiedDateTime": instant(card.modified_at),
        "changeKey": key,
        "parentFolderId": card.folder,
        **{name: says.get(name) for name in _TEXTS},
        **{name: says.get(name, []) for name in _LISTS},
        **{name: says.get(name, {}) for name in _ADDRESSES},
    }
