"""What the buttons of reminders and of the choice of notifications carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action, OfEvent
from services.model.books import BookId

__all__ = ["LONGEST_SNOOZE", "ReminderSnooze", "WatchEdit", "WatchSave", "WatchShow"]

LONGEST_SNOOZE = 24 * 60


@dataclass(frozen=True, slots=True)
class ReminderSnooze(OfEvent):
    """Remind once more, so many minutes from now."""

    verb: ClassVar[str] = "reminder.snooze"
    original: str
    minutes: int

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= LONGEST_SNOOZE:
            raise ValueError("nobody is reminded that much later")


@dataclass(frozen=True, slots=True)
class WatchShow(Action):
    """Show of which calendars somebody may choose to hear."""

    verb: ClassVar[str] = "watch.show"


@dataclass(frozen=True, slots=True)
class WatchEdit(Action):
    """Open the form of what to hear of a calendar."""

    verb: ClassVar[str] = "watch.edit"
    book: BookId = HERE
    everyone: bool = False
    """It is for the conversation of the calendar, not for whoever presses."""


@dataclass(frozen=True, slots=True)
class WatchSave(Action):
    """Save that form."""

    verb: ClassVar[str] = "watch.save"
    book: BookId
    everyone: bool
