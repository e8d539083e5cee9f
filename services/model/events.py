"""Events: what a calendar holds.

An event is single, or a series when its content has a rule. A changed or cancelled occurrence is
an exception; it is kept on its series under its original start, so a series is one thing to
read, to merge and to send.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from services.model.books import BookId
from services.model.deeds import Trace
from services.model.errors import ReadOnlyReason
from services.model.identity import Person
from services.model.recurrence import Rule
from services.model.settings import Color
from services.model.times import Start, When

__all__ = [
    "Author",
    "Event",
    "EventContent",
    "EventId",
    "Importance",
    "Mirror",
    "Occurrence",
    "Participant",
    "Response",
    "Sensitivity",
    "SeriesException",
    "ShowAs",
    "WebLink",
    "Whereabouts",
]

EventId = NewType("EventId", str)


class ShowAs(StrEnum):
    """What others see in the person's free/busy time."""

    FREE = "free"
    TENTATIVE = "tentative"
    BUSY = "busy"
    AWAY = "away"
    ELSEWHERE = "elsewhere"


class Sensitivity(StrEnum):
    """Who should read the details."""

    NORMAL = "normal"
    PERSONAL = "personal"
    PRIVATE = "private"
    CONFIDENTIAL = "confidential"


class Importance(StrEnum):
    """How much an event matters to who wrote it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Response(StrEnum):
    """What the owner of a mailbox has answered to an invitation."""

    NONE = "none"
    ORGANISER = "organiser"
    """It is their own meeting."""
    WAITING = "waiting"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody whom an event is with; nobody is mailed because of it."""

    name: str
    person: Person | None = None
    """``None`` = only a name is known, say of a customer."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A page or a file in the web that belongs to an event."""

    url: str
    name: str = ""
    """Empty: it is shown by its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventContent:
    """What people write and what both sides of a sync agree on.

    Outlook has no place for the last five; a sync leaves them as they are
    (:mod:`services.model.team_fields`).
    """

    title: str
    when: When
    place: str = ""
    text: str = ""
    """With the marks of :mod:`services.model.rich_text`; lines end in ``\\n``."""
    rule: Rule | None = None
    exceptions: tuple[SeriesException, ...] = ()
    """Sorted by original start; empty without a rule."""
    show_as: ShowAs = ShowAs.BUSY
    sensitivity: Sensitivity = Sensitivity.NORMAL
    reminder_minutes: int | None = None
    """Minutes before the start; ``None`` = no reminder."""
    importance: Importance = Importance.NORMAL
    tags: tuple[str, ...] = ()
    """Outlook's categories. Two that differ in capitals alone are one; the order says nothing."""
    zone_guessed: bool = False
    """Outlook named a zone that nobody knows: a single event is in UTC then (its instant is
    right), a series in the zone of the mailbox. So until somebody here says when it is."""
    color: Color = Color.NONE
    emoji: str = ""
    """One character, as people see it; it stands in front of the title."""
    meeting_url: str = ""
    """Where it is joined, beside the place where it is: an ``https`` address."""
    links: tuple[WebLink, ...] = ()
    people: tuple[Participant, ...] = ()
    """Whom it is with; empty = nobody has said."""


@dataclass(frozen=True, slots=True)
class SeriesException:
    """One occurrence of a series that is not as the rule says."""

    original: Start
    """Where the rule puts it: in the series' zone, or a day."""
    content: EventContent | None
    """What it became, without a rule of its own; ``None`` = cancelled."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """An event that belongs to somebody's meeting: shown here, changed only in Outlook."""

    reason: ReadOnlyReason
    organiser: str = ""
    """Display name, or the address where there is none."""
    attendees: int = 0
    join_url: str = ""
    response: Response = Response.NONE
    """The mailbox's owner's own, given in Outlook."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who did something, as shown on a card. ``person`` is ``None`` when Outlook did it."""

    person: Person | None
    name: str
    mailbox: Person | None = None
    """Whose Outlook changed it; no card says so."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an event was before it was moved, or is since."""

    book: BookId
    event: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A record of a calendar's ledger."""

    id: EventId
    book: BookId
    content: EventContent
    mirror: Mirror | None = None
    created_by: Author
    created_at: datetime
    updated_by: Author
    updated_at: datetime
    revision: int = 0
    """The book's revision of the last write; 0 = not stored yet."""
    etag: str = ""
    deleted_at: datetime | None = None
    """Set on a tombstone, which keeps its content until it expires."""
    uid: str = ""
    """The name that it has in other calendars, where it was imported; else its id is it."""
    lines: tuple[str, ...] = ()
    """What the file that it came from says and no field holds, as lines of iCalendar: they go out
    again as they came. After a ``RECURRENCE-ID:<ISO start>`` follow those of that exception."""
    feed: str = ""
    """The subscription that it comes from: it is changed there alone."""
    feed_name: str = ""
    """What the subscription is called."""
    mailbox: Person | None = None
    """Whose Outlook it came from: what is private there is theirs (:mod:`services.model.veil`)."""
    mirror_of: Person | None = None
    """Whose Outlook has told of the meeting that it shows; ``None`` = it shows none."""
    came_from: Whereabouts | None = None
    """Set where it was moved here from another calendar."""
    went_to: Whereabouts | None = None
    """Set on the tombstone of what was moved to another calendar."""
    trace: Trace | None = field(default=None, compare=False)
    """What its last write was; ``None`` = the audit log has an entry of its own for that."""


class Occurrence(NamedTuple):
    """One appearance of an event on somebody's agenda; a month may have a thousand."""

    event: Event
    written: EventContent
    """What the event or the exception says; of a series it says when the first one is."""
    when: When
    """When it is: as ``written`` says, but for one of a series that is as the rule says."""
    original: Start | None = None
    """For a series: the start under which an exception would be kept."""

    @classmethod
    def of(cls, event: Event) -> Occurrence:
        """Return a whole event: a single one, or all of a series where its first one is."""
        return cls(event, event.content, event.content.when)

    @property
    def content(self) -> EventContent:
        """What is written, moved to when it is; made anew at each look, since few are looked at."""
        if self.original is None:
            return self.written
        return replace(self.written, when=self.when, rule=None, exceptions=())
