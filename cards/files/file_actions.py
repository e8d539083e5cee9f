"""What the buttons about files, feeds and subscriptions carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cards.action import HERE, Action, OfEvent
from services.model.books import BookId

__all__ = [
    "EventFile",
    "ExportGet",
    "FeedMake",
    "FeedRevoke",
    "FeedShow",
    "FileDrop",
    "ImportDoublesShow",
    "ImportHelp",
    "ImportLook",
    "ImportYes",
    "PrintGet",
    "SubscriptionEnd",
    "SubscriptionEndYes",
    "SubscriptionNow",
    "SubscriptionsShow",
    "TemplateGet",
]


@dataclass(frozen=True, slots=True)
class ImportHelp(Action):
    """Show how events come in, or contacts."""

    verb: ClassVar[str] = "import.help"
    holds: str | None = None
    """``contacts``; ``None`` = events."""


@dataclass(frozen=True, slots=True)
class TemplateGet(Action):
    """Have an empty table to fill in: ``xlsx`` or ``csv``."""

    verb: ClassVar[str] = "import.template"
    ending: str = "xlsx"
    holds: str | None = None
    """``contacts``; ``None`` = events."""


@dataclass(frozen=True, slots=True)
class ImportYes(Action):
    """Import the file that was looked at."""

    verb: ClassVar[str] = "import.yes"
    book: BookId
    token: str


@dataclass(frozen=True, slots=True)
class ImportLook(Action):
    """Look at a file again, for what is chosen: another calendar or list, another way."""

    verb: ClassVar[str] = "import.look"
    token: str
    book: BookId = HERE
    """Where nothing else is chosen."""


@dataclass(frozen=True, slots=True)
class ImportDoublesShow(Action):
    """Show whom a file brings that is likely there already, to choose for each."""

    verb: ClassVar[str] = "import.doubles"
    book: BookId
    token: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class FileDrop(Action):
    """Let go of a file that waits."""

    verb: ClassVar[str] = "import.drop"
    token: str


@dataclass(frozen=True, slots=True)
class ExportGet(Action):
    """Have the calendar as a file: ``ics``, ``xlsx`` or ``csv``."""

    verb: ClassVar[str] = "export.get"
    ending: str
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class PrintGet(Action):
    """Have a week or a month on paper; ``first`` is within it, ``None`` = now."""

    verb: ClassVar[str] = "export.print"
    is_month: bool
    book: BookId = HERE
    first: date | None = None


@dataclass(frozen=True, slots=True)
class EventFile(OfEvent):
    """Have one event as a file that Outlook opens."""

    verb: ClassVar[str] = "export.event"


@dataclass(frozen=True, slots=True)
class FeedShow(Action):
    """Show how the address stands by which other programs follow the calendar."""

    verb: ClassVar[str] = "feed.show"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class FeedMake(Action):
    """Make such an address; the one before it, if there is one, no longer works."""

    verb: ClassVar[str] = "feed.make"
    book: BookId
    only_busy: bool


@dataclass(frozen=True, slots=True)
class FeedRevoke(Action):
    """Take the address back."""

    verb: ClassVar[str] = "feed.revoke"
    book: BookId


@dataclass(frozen=True, slots=True)
class SubscriptionsShow(Action):
    """Show which calendars of others are shown here."""

    verb: ClassVar[str] = "subscription.list"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class SubscriptionNow(Action):
    """Look at such a calendar again, now."""

    verb: ClassVar[str] = "subscription.now"
    book: BookId
    feed: str


@dataclass(frozen=True, slots=True)
class SubscriptionEnd(Action):
    """Ask whether to end a subscription."""

    verb: ClassVar[str] = "subscription.end"
    book: BookId
    feed: str


@dataclass(frozen=True, slots=True)
class SubscriptionEndYes(Action):
    """End it; its events go."""

    verb: ClassVar[str] = "subscription.end_yes"
    book: BookId
    feed: str
