"""Books: a calendar or a contact list, and what somebody may do in it.

People read "calendar" and "contact list"; "book" is the word of the house for both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from services.model.access import Access, Role
from services.model.contact_lists import ListShape
from services.model.identity import Home, TenantId
from services.model.settings import BookSettings, Profile

__all__ = ["Book", "BookId", "BookKind", "Role"]

BookId = NewType("BookId", str)


class BookKind(StrEnum):
    """What a book holds."""

    CALENDAR = "calendar"
    CONTACTS = "contacts"


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
    settings: BookSettings = field(default_factory=BookSettings)
    access: Access = field(default_factory=Access)
    shape: ListShape = field(default_factory=ListShape)
    """Groups and fields of a contact list; empty on a calendar."""
    archived: bool = False
    """True while it, or its home, is archived or gone: readable, not writable."""
    retired: bool = False
    """Whether an owner has archived it: it is read only, and out of the agenda of its place."""
    deleted_at: datetime | None = None
    """Set while the book lies in the recycle bin, whole: nobody finds it elsewhere."""
    etag: str = ""
    """Empty on a book that is not stored yet."""

    @property
    def profile(self) -> Profile:
        """What its owners have chosen about it."""
        return Profile(
            name=self.name, zone=self.zone, language=self.language, settings=self.settings
        )
