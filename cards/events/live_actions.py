"""What a card asks for that somebody has put into a message of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import OfContact, OfEvent

__all__ = ["ContactLive", "EventLive"]


@dataclass(frozen=True, slots=True)
class EventLive(OfEvent):
    """Show an event as it is now: a client asks by itself, when somebody looks at the card."""

    verb: ClassVar[str] = "event.live"
    original: str = ""
    """Which occurrence of a series: the ISO form of its original start."""


@dataclass(frozen=True, slots=True)
class ContactLive(OfContact):
    """Show a contact as it is now, in the same way."""

    verb: ClassVar[str] = "contact.live"
