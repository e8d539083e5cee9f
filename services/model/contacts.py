"""Contacts: people and companies that a team wants to find again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from services.model.books import BookId
from services.model.contact_lists import FieldId
from services.model.deeds import Trace
from services.model.events import Author

__all__ = [
    "NOWHERE",
    "ONLY_HERE",
    "Address",
    "Apart",
    "Contact",
    "ContactContent",
    "ContactId",
    "CustomValue",
    "Phone",
    "PhoneKind",
    "PhotoId",
]

ContactId = NewType("ContactId", str)
PhotoId = NewType("PhotoId", str)


class PhoneKind(StrEnum):
    """Where a phone rings."""

    BUSINESS = "business"
    MOBILE = "mobile"
    HOME = "home"
    FAX = "fax"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: as :mod:`services.contacts.phone_numbers` writes it, or as Outlook does."""

    kind: PhoneKind
    number: str


@dataclass(frozen=True, slots=True)
class CustomValue:
    """What a contact has in a field that its list defines."""

    field: FieldId
    value: str
    """As :mod:`services.contacts.custom_values` writes it: ``3.5``, ``2027-05-31``, ``https://…``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; nobody checks what post offices would take."""

    street: str = ""
    """As many lines as it needs; they end in ``\\n``."""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


NOWHERE = Address()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactContent:
    """What people write about a contact. ``name`` is what lists and cards show.

    Lists are as long as people make them. Outlook shows the first few of them (see
    :mod:`services.graph.contact_places`); what has no place there stays with the team.
    """

    name: str
    title: str = ""
    """In front of the name: ``Dr``."""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    suffix: str = ""
    """Behind the name: ``Jr``."""
    initials: str = ""
    nickname: str = ""
    phonetic_given_name: str = ""
    """How it sounds, where writing does not tell: yomi, in Outlook's words."""
    phonetic_family_name: str = ""
    phonetic_company: str = ""
    company: str = ""
    job: str = ""
    department: str = ""
    office: str = ""
    """Where in the building."""
    profession: str = ""
    manager: str = ""
    assistant: str = ""
    spouse: str = ""
    children: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    """The first is the one to write to."""
    chats: tuple[str, ...] = ()
    """Addresses for instant messages."""
    phones: tuple[Phone, ...] = ()
    business_address: Address = NOWHERE
    home_address: Address = NOWHERE
    other_address: Address = NOWHERE
    website: str = ""
    links: tuple[str, ...] = ()
    """More pages of the web, as of social networks; http or https. Not in Outlook."""
    birthday: date | None = None
    """The year 1604 stands for one that nobody knows, as in Outlook."""
    anniversary: date | None = None
    """Of whatever is celebrated; the year as for a birthday. Not in Outlook."""
    notes: str = ""
    """With the marks of :mod:`services.model.rich_text`; lines end in ``\\n``."""
    tags: tuple[str, ...] = ()
    """Outlook's categories. Two that differ in capitals alone are one; the order says nothing."""
    groups: tuple[str, ...] = ()
    """By their names, as the list has them; see ``contact_groups``. Not in Outlook."""
    owner: Author | None = None
    """Who in the team looks after the contact; without a person, where only a name is known."""
    custom: tuple[CustomValue, ...] = ()
    """One a field, in the order of the list's fields. Not in Outlook."""
    photo: PhotoId = PhotoId("")
    """Leads to its picture in the list (:mod:`services.contacts.photos`); empty = none."""


ONLY_HERE = frozenset({"links", "anniversary", "groups", "owner", "custom"})
"""Fields that Outlook has no place for: they stay with the team, whatever Outlook says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A record of a contact list's ledger."""

    id: ContactId
    book: BookId
    content: ContactContent
    created_by: Author
    created_at: datetime
    updated_by: Author
    updated_at: datetime
    revision: int = 0
    etag: str = ""
    deleted_at: datetime | None = None
    trace: Trace | None = field(default=None, compare=False)
    """What its last write was; ``None`` = the audit log has an entry of its own for that."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two contacts that are not the same, as somebody has said: no duplicates, whatever is alike.

    The smaller id comes first (:meth:`of`), so that there is one way to say it.
    """

    one: ContactId
    other: ContactId

    @classmethod
    def of(cls, one: ContactId, other: ContactId) -> Apart:
        """Return the two in their order."""
        return cls(*sorted((one, other)))
