"""What the buttons of an event do beside changing it: answer, copy, hand over, tell its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import OfEvent
from cards.events.event_actions import Listed
from services.model.answers import Answer

__all__ = [
    "EventAnswer",
    "EventCopy",
    "EventHistory",
    "EventMoveBack",
    "EventTransfer",
]


@dataclass(frozen=True, slots=True)
class EventAnswer(OfEvent):
    """Say whether one comes."""

    verb: ClassVar[str] = "event.answer"
    answer: str
    """An :class:`Answer`."""
    original: str | None = None
    """Which date of a series, by the ISO form of its original start; ``None`` = all of them."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""

    def __post_init__(self) -> None:
        Answer(self.answer)


@dataclass(frozen=True, slots=True)
class EventCopy(OfEvent):
    """Open the form of a new event that is like another."""

    verb: ClassVar[str] = "event.copy"
    original: str | None = None
    """As of :class:`EventAnswer`, here and below: that date is what is gone back to."""
    back: Listed | None = None
    """As of :class:`EventDetails`, here and below."""


@dataclass(frozen=True, slots=True)
class EventTransfer(OfEvent):
    """Ask for the calendar that an event is to go to, or, with one, bring it there."""

    verb: ClassVar[str] = "event.transfer"
    to: str | None = None
    """The other calendar."""
    etag: str | None = None
    """Of the version that was shown when this was asked."""
    original: str | None = None
    back: Listed | None = None


@dataclass(frozen=True, slots=True)
class EventMoveBack(OfEvent):
    """Bring an event back from the calendar into which it was just moved."""

    verb: ClassVar[str] = "event.move_back"
    etag: str
    """Of the version that the move has left."""
    back: Listed | None = None


@dataclass(frozen=True, slots=True)
class EventHistory(OfEvent):
    """Tell who has changed what of an event."""

    verb: ClassVar[str] = "event.history"
    original: str | None = None
    back: Listed | None = None
