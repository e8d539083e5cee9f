"""Calendars that are followed: ours by other programs, and those of others by ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.books import BookId
from services.model.identity import Person

__all__ = ["Feed", "FeedState", "Subscription"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The address by which one person's other programs follow one calendar.

    The address itself is told once, when it is made; what is kept is a hash of its secret.
    """

    person: Person
    book: BookId
    secret: str
    """SHA-256 of it, in hexadecimal digits."""
    busy_only: bool = False
    language: str = "en"
    made_at: datetime


class FeedState(StrEnum):
    """How the last look at a subscribed calendar went."""

    WAITING = "waiting"
    """Not looked at yet."""
    FINE = "fine"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A calendar of somebody else that is shown in one of ours."""

    id: str
    book: BookId
    url: str
    name: str
    by: Person
    by_name: str
    made_at: datetime
    read_at: datetime | None = None
    """When it was last read with success."""
    tag: str = ""
    """``ETag`` of what was read then."""
    modified: str = ""
    """``Last-Modified`` of it."""
    events: int = 0
    left_out: int = 0
    failures: int = 0
    """In a row."""
    state: FeedState = FeedState.WAITING
