"""What can be done to a thing in a book, and what a thing says itself of the last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Deed", "Trace"]


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


@dataclass(frozen=True, slots=True)
class Trace:
    """What a thing's last write was; who wrote stands in the thing."""

    deed: Deed
    at: datetime
    """In UTC."""
