"""Who did what to a book, and when: an entry for each write, which nobody changes afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.events import Author

__all__ = ["AuditEntry", "Deed"]


class Deed(StrEnum):
    """What can be done to a thing in a book, or to the book."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    MOVED = "moved"
    """From one calendar to another."""
    SET = "set"
    """Its name or settings."""
    SHARED = "shared"
    """Who may do what."""
    ARCHIVED = "archived"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One deed. It names its thing by id alone: titles live and die with the thing itself."""

    at: datetime
    by: Author
    deed: Deed
    kind: str
    """``event``, ``contact`` or ``book``."""
    item: str
    """The thing's id."""
