"""Who is told of what happens in a calendar, and how: each person chooses for each calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.model.books import BookId
from services.model.identity import Person
from services.model.recurrence import Weekday

__all__ = [
    "Changes",
    "Digest",
    "Watcher",
    "Wishes",
]


class Changes(StrEnum):
    """Of which new, changed and deleted events somebody hears."""

    NONE = "none"
    MINE = "mine"
    """Of those that they made themselves, when somebody else touches them."""
    ALL = "all"


class Digest(StrEnum):
    """How often somebody gets a list of what is on."""

    NEVER = "never"
    DAILY = "daily"
    WORKDAYS = "workdays"
    """Monday to Friday."""
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants to hear of a calendar."""

    changes: Changes = Changes.NONE
    as_event_says: bool = True
    """A reminder for each event that has one, as many minutes before as it says."""
    reminders: tuple[int, ...] = ()
    """More of them, for each event of the calendar: minutes before its start."""
    digest: Digest = Digest.NEVER
    digest_hour: int = 8
    """0 to 23, by the receiver's clock."""
    digest_day: Weekday = Weekday.MONDAY
    """Of a weekly one."""
    quiet_from: int | None = None
    """The hour at which the quiet hours begin, by the receiver's clock; ``None`` = there are none.
    News of changes waits until they are over; reminders and digests come when they were asked
    for."""
    quiet_until: int = 7
    in_feed: bool = False
    """They find it under Activity in Teams instead of in the chat with the bot, where their
    organisation lets an app write there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """Somebody's wishes for one calendar, and how far they have been told."""

    book: BookId
    to: Person | None = None
    """``None``: the conversation in which the calendar is at home."""
    wishes: Wishes = field(default_factory=Wishes)
    is_unasked: bool = False
    """Nobody has chosen yet: the owner of a calendar is reminded as its events say, unless their
    Outlook does that already."""
    zone: ZoneInfo
    language: str = "en"
    reminded_until: datetime
    """UTC; they have been reminded of all that was due by then."""
    told_until: datetime
    """UTC; what is older was there when they were told of changes last."""
    told_revision: int = 0
    """The ledger's, up to which they were told of changes."""
    digested: date | None = None
    """The day of the last digest, by their clock."""
    etag: str = ""

    @property
    def key(self) -> str:
        """Who it is, unique within the calendar."""
        return self.key_of(self.to)

    @staticmethod
    def key_of(to: Person | None) -> str:
        """Return what :attr:`key` is for a person, or for the calendar's conversation."""
        return "everyone" if to is None else f"{to.tenant}/{to.object_id}"
