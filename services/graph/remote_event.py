"""What the sync sees of an Outlook calendar: events in the house's own words."""

from __future__ import annotations

from dataclasses import dataclass

from services.graph.remote_item import RemoteFolder, RemoteItem
from services.model.events import EventContent

__all__ = ["RemoteCalendar", "RemoteEvent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEvent(RemoteItem[EventContent]):
    """One Outlook event; a series is one, with its exceptions inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCalendar(RemoteFolder):
    """One of a mailbox's calendars."""

    is_default: bool
    can_edit: bool
