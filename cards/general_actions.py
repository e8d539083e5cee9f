"""What the buttons of the recycle bin and of help carry, and the one that puts a form away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action, OfContact, OfEvent

__all__ = [
    "BinRestoreContact",
    "BinRestoreEvent",
    "BinShow",
    "FormCancel",
    "HelpShow",
]


@dataclass(frozen=True, slots=True)
class BinShow(Action):
    """Show what was deleted from the calendar and the contact list of the place."""

    verb: ClassVar[str] = "bin.show"


@dataclass(frozen=True, slots=True)
class BinRestoreEvent(OfEvent):
    """Take an event out of the bin."""

    verb: ClassVar[str] = "bin.restore_event"


@dataclass(frozen=True, slots=True)
class BinRestoreContact(OfContact):
    """Take a contact out of the bin."""

    verb: ClassVar[str] = "bin.restore_contact"


@dataclass(frozen=True, slots=True)
class HelpShow(Action):
    """Show what can be said."""

    verb: ClassVar[str] = "help.show"


@dataclass(frozen=True, slots=True)
class FormCancel(Action):
    """Put the form of a new thing away; nothing is saved."""

    verb: ClassVar[str] = "form.cancel"
