"""What the background has to tell people. ``bot/telling/announcer`` draws the card and sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from services.model.accounts import LinkId
from services.model.answers import Tally
from services.model.books import Book
from services.model.contacts import Contact
from services.model.events import Event, Occurrence
from services.model.identity import ConversationId, ObjectId, Person, TenantId
from services.model.imports import Imported
from services.model.offers import Offer
from services.model.posts import Post
from services.model.settings import Holiday
from services.model.watching import Watcher

__all__ = [
    "AccountNotice",
    "Announcer",
    "ChangesNotice",
    "CopyNotice",
    "DataNotice",
    "DigestNotice",
    "ImportNotice",
    "ImportProgress",
    "News",
    "Notice",
    "OfferNotice",
    "PostNotice",
    "ProgressNotice",
    "ReminderNotice",
    "WatchNotice",
    "What",
]


@dataclass(frozen=True, slots=True)
class PostNotice:
    """A post may no longer show how things are."""

    post: Post
    book: Book
    shows: Event | Contact | tuple[Occurrence, ...]
    """What it has to show now; an item that is gone says so itself."""
    calendars: tuple[Book, ...] = ()
    """Those of the place, where it shows days of all of them."""
    answers: Tally | None = None
    """Who comes to the event that it shows, where people are asked."""


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """Something about a person's own account that they should know now."""

    person: Person
    what: str
    """``connected``, ``sign_in_needed``, ``approval_needed``, ``approved`` (sign in),
    ``approved_again`` (it goes on), ``more_needed`` and ``more_approved`` (beyond what is
    connected), ``link_paused``, ``link_lost``, ``put_back``."""
    name: str = ""
    """The Outlook calendar that it is about, where it is about one."""
    link: LinkId | None = None
    """Its link, where there is something to be looked at."""


@dataclass(frozen=True, slots=True)
class DataNotice:
    """What became of a person's wish to have their data, or to have it erased."""

    person: Person
    what: str
    """``export_ready``, ``export_failed``, ``erased``."""
    url: str = ""
    """Where the data can be fetched."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was erased."""
    about: ObjectId | None = None
    """Whose data, where an administrator is told of somebody else's."""


@dataclass(frozen=True, slots=True)
class ImportNotice:
    """An import that took its time is done."""

    host: TenantId
    place: ConversationId
    """Where it was asked for."""
    book: Book
    done: Imported
    message: str = ""
    """That says so far that it has begun; empty = there is none."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is that takes its time; each takes the place of the one before."""

    host: TenantId
    place: ConversationId
    """As of the notice that says that it is done."""
    book: Book
    message: str
    done: int
    total: int
    """0 = the file is still being read."""


@dataclass(frozen=True, slots=True)
class OfferNotice:
    """A value of somebody's lost against another, and they may have it back."""

    offer: Offer
    book: Book
    item: Event | Contact
    """What is there now; maybe a tombstone."""

    @property
    def person(self) -> Person:
        """Whose value it is."""
        return self.offer.to


@dataclass(frozen=True, slots=True)
class ProgressNotice:
    """How far a long first sync is; each takes the place of the one before."""

    person: Person
    link: LinkId
    name: str
    """The Outlook calendar or contact folder."""
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CopyNotice:
    """A copy that somebody asked for is complete."""

    person: Person
    book: Book
    """The copy."""
    items: int
    """How many events or contacts are in it."""


@dataclass(frozen=True, slots=True)
class ReminderNotice:
    """Something begins soon."""

    watcher: Watcher
    book: Book
    found: tuple[Occurrence, ...]
    """The soonest first; at least one."""
    now: datetime
    instead: bool = False
    """It comes in the chat although it was wanted in the activity feed."""


class What(StrEnum):
    """What has happened to an event."""

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    MOVED = "moved"
    """To another calendar."""


@dataclass(frozen=True, slots=True)
class News:
    """One event or contact that others have touched."""

    what: What
    item: Event | Contact

    @property
    def is_gone(self) -> bool:
        """Whether it is in the book no longer."""
        return self.what in (What.DELETED, What.MOVED)


@dataclass(frozen=True, slots=True)
class ChangesNotice:
    """Others have changed something in a calendar."""

    watcher: Watcher
    book: Book
    news: tuple[News, ...]
    """In the order in which it happened; at least one."""
    instead: bool = False
    """As of a reminder."""


@dataclass(frozen=True, slots=True)
class DigestNotice:
    """What is on, from a day to another, both included."""

    watcher: Watcher
    book: Book
    first: date
    last: date
    found: tuple[Occurrence, ...]
    instead: bool = False
    """As of a reminder."""
    marks: tuple[Holiday, ...] = ()
    """Days off, and what contacts celebrate."""


WatchNotice = ReminderNotice | ChangesNotice | DigestNotice
"""What somebody wanted to hear of a calendar."""

Notice = (
    PostNotice
    | AccountNotice
    | CopyNotice
    | DataNotice
    | ImportNotice
    | ImportProgress
    | OfferNotice
    | ProgressNotice
    | WatchNotice
)


class Announcer(Protocol):
    """Tells people. Queued, in order within a conversation, and within Teams' rate limits."""

    async def announce(self, notice: Notice) -> None:
        """Send it. Raises ``Unreachable`` or ``Throttled`` when it should be tried again."""
