"""Events and calendars of Outlook, as the sync sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.graph.remote_item import RemoteFolder, RemoteItem
from services.model.events import EventContent

__all__ = ["RemoteCalendar", "RemoteEvent", "address_of", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEvent(RemoteItem[EventContent]):
    """One Outlook event; a series is one, with its exceptions inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCalendar(RemoteFolder):
    """One of the calendars that a mailbox lists: its own, and those that others share with it."""

    is_default: bool
    can_edit: bool
    owner: str = ""
    """The address of whose it is, where that is told."""


def own(calendars: Sequence[RemoteCalendar]) -> Sequence[RemoteCalendar]:
    """Return a person's own calendars, whose owner is the default one's.

    What somebody shares with them is read and written in its owner's mailbox alone: were two people
    to link it, each would take the other's copies in it for new events.
    """
    owner = next((each.owner for each in calendars if each.is_default), "")
    return [each for each in calendars if not owner or each.owner in ("", owner)]


def address_of(owner: Any) -> str:
    """Return the address of a calendar's owner as Graph names one, or nothing."""
    address = owner.get("address") if isinstance(owner, dict) else None
    return address.casefold() if isinstance(address, str) else ""
