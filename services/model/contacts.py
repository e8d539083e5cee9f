"""Contacts: people and companies that a team wants to find again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.model.books import BookId
from services.model.events import Author

__all__ = ["Contact", "ContactContent", "ContactId", "Phone", "PhoneKind"]

ContactId = NewType("ContactId", str)


class PhoneKind(StrEnum):
    """Where a phone rings."""

    BUSINESS = "business"
    MOBILE = "mobile"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as a person wrote it, spaces and all."""

    kind: PhoneKind
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactContent:
    """What people write about a contact. ``name`` is what lists and cards show."""

    name: str
    company: str = ""
    job: str = ""
    department: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    notes: str = ""


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
