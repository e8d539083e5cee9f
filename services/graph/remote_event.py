"""What the sync sees of an Outlook calendar: events in the house's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.accounts import RemoteId
from services.model.events import EventContent, Mirror

__all__ = ["RemoteCalendar", "RemoteEvent", "UnreadItem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEvent:
    """One Outlook event; a series is one, with its exceptions inside."""

    id: RemoteId
    change_key: str
    """A new one at every change, of a series' own fields at least. Says nothing else."""
    content: EventContent
    mirror: Mirror | None = None
    """Set when the event is somebody's meeting."""
    transaction_id: str = ""
    tag: str = ""
    """Our extended property, where it was asked for: never in a delta."""
    is_cancelled: bool = False
    """The organiser called the meeting off."""
    zone_guessed: bool = False
    """Outlook named a zone that nobody knows: a single event is shown in UTC (its instant is
    right), a series in the zone of the mailbox."""
    changed_at: datetime | None = None
    """When somebody last changed it, by Microsoft's clock."""


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """An item that cannot be said in our words; the rest of the calendar can."""

    id: RemoteId
    why: str
    """The fixed word of :class:`services.model.errors.Unreadable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCalendar:
    """One of a mailbox's calendars."""

    id: RemoteId
    name: str
    is_default: bool
    can_edit: bool
