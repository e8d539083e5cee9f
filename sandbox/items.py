"""What a mailbox keeps: events, series, and what can be seen of them in a window of time.

Frozen data. An item is a single event or a whole series; an appearance is what Graph would give
an id of its own: the item itself, or one occurrence of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sandbox.recurrence import Recurrence, days

__all__ = [
    "PLAIN_DEFAULTS",
    "UNTAGGED",
    "Appearance",
    "Calendar",
    "Content",
    "Item",
    "Mail",
    "Tags",
    "appearance_of",
    "appearances_between",
    "mails_about",
]

Tags = Mapping[str, str]
"""Extended properties by their id."""
UNTAGGED: Tags = {}
PLAIN_DEFAULTS: Mapping[str, Any] = {
    "subject": "",
    "body": {"contentType": "html", "content": ""},
    "importance": "normal",
    "sensitivity": "normal",
    "showAs": "busy",
    "isReminderOn": True,
    "reminderMinutesBeforeStart": 15,
    "locations": [],
    "attendees": [],
    "categories": [],
    "responseRequested": True,
    "allowNewTimeProposals": True,
    "hideAttendees": False,
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "isCancelled": False,
    "response": "notResponded",
    "isMeetingLost": False,
}
"""The properties that are kept as they came, with what Outlook puts where nothing was said.

The last three are nobody's to send: the organiser calls a meeting off, and a guest answers it, in
ways of their own (:mod:`sandbox.writing`); an online meeting goes with its block in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an event says."""

    start: datetime
    end: datetime
    start_zone: str
    """Name as it was given, for ``originalStartTimeZone``; ``start`` carries the zone itself."""
    end_zone: str
    is_all_day: bool = False
    recurrence: Recurrence | None = None
    plain: Mapping[str, Any] = field(default_factory=lambda: dict(PLAIN_DEFAULTS))

    @property
    def subject(self) -> str:
        """The title."""
        return str(self.plain["subject"])

    def touches(self, start: datetime, end: datetime) -> bool:
        """Say whether it happens inside a window, as instants."""
        begin, finish = self.start.astimezone(UTC), self.end.astimezone(UTC)
        return begin < end and (finish > start or begin == finish == start)

    def moved_to(self, day: date) -> Content:
        """Return this content as the occurrence of another day: the wall clock stays."""
        shift = day - self.start.date()
        start = self.start + shift
        if self.is_all_day:
            return replace(self, start=start, end=self.end + shift, recurrence=None)
        length = self.end.astimezone(UTC) - self.start.astimezone(UTC)
        end = (start.astimezone(UTC) + length).astimezone(self.end.tzinfo)
        return replace(self, start=start, end=end, recurrence=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A single event or a series, with what has become of its occurrences."""

    serial: int
    calendar: str
    content: Content
    organizer: tuple[str, str]
    """Name and address."""
    is_organizer: bool = True
    created_at: datetime
    modified_at: datetime
    change: int
    """The mailbox's change that wrote it last; the change key is made of it."""
    transaction_id: str | None = None
    request_digest: str = ""
    """Of the request that made it, to tell a repeated one from another one."""
    origin: int = 0
    """Its first serial, once it has got another one: ``iCalUId`` outlives a move."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Single-value extended properties: id and value."""
    exceptions: Mapping[date, Content] = field(default_factory=dict)
    cancelled: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Appearance:
    """Something that has an id: an item, or one occurrence of a series."""

    item: Item
    content: Content
    day: date | None = None
    """The day on which the rule puts an occurrence; ``None`` for the item itself."""

    @property
    def type(self) -> str:
        """Graph's ``eventType``."""
        if self.day is None:
            return "seriesMaster" if self.content.recurrence else "singleInstance"
        return "exception" if self.day in self.item.exceptions else "occurrence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar of a mailbox."""

    id: str
    name: str
    color: str = "auto"
    is_default: bool = False
    change: int = 0
    tags: Tags = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that the real service would have sent to somebody."""

    kind: str
    """``invitation``, ``update`` or ``cancellation``; or the answer of a guest: ``accept`` ..."""
    to: str
    subject: str


def appearance_of(item: Item, day: date | None) -> Appearance | None:
    """Return an item, or its occurrence of a day; ``None`` where the series has none."""
    rule = item.content.recurrence
    if day is None:
        return Appearance(item, item.content)
    if rule is None or day in item.cancelled or day not in set(days(rule, day)):
        return None
    return Appearance(item, item.exceptions.get(day) or item.content.moved_to(day), day)


def appearances_between(item: Item, start: datetime, end: datetime) -> Iterator[Appearance]:
    """Yield what a window shows of an item: the single event, or the occurrences, by day."""
    rule = item.content.recurrence
    if rule is None:
        if item.content.touches(start, end):
            yield Appearance(item, item.content)
        return
    # An exception may have been moved far from its day, so all of them are looked at.
    until = max([end.date() + timedelta(days=2), *item.exceptions])
    for day in days(rule, until):
        if day in item.cancelled:
            continue
        content = item.exceptions.get(day) or item.content.moved_to(day)
        if content.touches(start, end):
            yield Appearance(item, content, day)


def mails_about(kind: str, item: Item, content: Content) -> list[Mail]:
    """Return what the real service would send to the guests, if the owner invites."""
    guests = content.plain["attendees"] if item.is_organizer else []
    return [Mail(kind, each["emailAddress"]["address"], content.subject) for each in guests]
