"""Books: a calendar or a contact list, and what somebody may do in it.

People read "calendar" and "contact list"; "book" is the word of the house for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from services.model.identity import Home, TenantId

__all__ = ["Book", "BookId", "BookKind", "Role"]

BookId = NewType("BookId", str)


class BookKind(StrEnum):
    """What a book holds."""

    CALENDAR = "calendar"
    CONTACTS = "contacts"


class Role(IntEnum):
    """What a person may do in a book; a higher role may do all that a lower one may."""

    READER = 1
    CONTRIBUTOR = 2
    """Adds, and changes what is their own."""
    EDITOR = 3
    OWNER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One calendar or contact list."""

    id: BookId
    kind: BookKind
    tenant: TenantId
    """The owner: the organisation that hosts the home."""
    home: Home
    name: str
    """Empty until somebody names it: a card then shows the name of its home."""
    zone: ZoneInfo
    """The zone in which posts that many read show their times."""
    language: str = "en"
    created_at: datetime
    archived: bool = False
    """True while the home is archived or gone: readable, not writable."""
    deleted_at: datetime | None = None
    """Set while the book lies in the recycle bin, whole: nobody finds it elsewhere."""
    etag: str = ""
    """Empty on a book that is not stored yet."""
