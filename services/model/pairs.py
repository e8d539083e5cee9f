"""What a sync remembers of both sides of a link: each item, and how far it has read.

A :class:`Pair` is an item that is, or was, on both sides; an :class:`Intent` one that is about to
be made in Outlook; the :class:`Cursor` says up to where Outlook has been read. The two sides are
``team`` and ``remote``, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.accounts import RemoteId
from services.model.events import Mirror
from services.model.identity import Person
from services.model.items import Content, ItemId

__all__ = [
    "TRIES",
    "Conflict",
    "Cursor",
    "Former",
    "Intent",
    "Observation",
    "Pair",
    "Side",
    "Trace",
]

TRIES = 5
"""Refusals in a row after which an item is set aside: left alone until it changes, or its owner
says that it should be tried again."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the remote side has been read."""

    delta_link: str
    """Opaque; holds ids, hence sealed."""
    window_start: datetime
    window_end: datetime
    epoch: int
    """Grows with every round that shows something. What a round has shown and who died before its
    cursor was kept has a later one than the cursor that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """The remote item as it was last seen."""

    change_key: str
    content: Content
    mirror: Mirror | None = None
    keeps_text: bool = False
    """Its text is read and never written; what the team makes of that stays with the team."""
    is_kept_out: bool = False
    """Of what shows its time alone: whether the link's filters keep it out, which the rest says."""
    transaction_id: str = ""
    uid: str = ""
    """What outlives a change of ids, where there is such a thing. Several items may share one."""
    epoch: int = 0
    """Of the round that has told of it first."""
    changed_at: datetime | None = None
    """When somebody last changed it there, by Microsoft's clock. It chooses which of two kept
    values shows, and for how long a look that does not find it proves nothing; it never decides
    whether something changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """By what an item that is gone would be known again: it may be there under another id."""

    transaction_id: str
    uid: str
    at: datetime
    """When it was seen to be gone, by our clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The item that another one was made in place of: it was gone, and the team had changed it.

    Should it show after all, it goes on as what it was.
    """

    trace: Trace
    origin: RemoteId
    """The id under which it was first seen."""
    ours: bool
    agreed: Content | None
    """What both sides had agreed on before it was gone."""
    echo: Content | None


class Side(StrEnum):
    """The two sides of a sync."""

    TEAM = "team"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that lost against the other side's, kept so that it can be offered back."""

    field: str
    """The group of fields: ``when``, ``title``, ``place``, ``text``, ``show_as`` ..."""
    side: Side
    """Where the losing value was written."""
    value: Content
    """The losing side's whole content; ``field`` says which part of it lost."""
    at: datetime
    author: Person | None = None
    """Who had written it, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One item on both sides of a link.

    While ``team`` is ``None`` the item was only seen in Outlook; while ``remote`` is ``None`` the
    link has an :class:`Intent` for it.
    """

    remote: RemoteId
    origin: RemoteId | None = None
    """The id under which it was first seen, where it has got another one since."""
    team: ItemId | None
    agreed: Content | None
    """What both sides last agreed on, as the team says it: the base of a three-way merge."""
    echo: Content | None = None
    """How Microsoft 365 showed ``agreed``: it spells zones and texts its own way, and that is no
    change."""
    observed: Observation | None
    """``None`` = seen to be gone."""
    trace: Trace | None = None
    """Of what is gone, where anything would tell it again."""
    former: Former | None = None
    """What this program made the item in place of, as long as that may yet show."""
    is_double: bool = False
    """Whether that has shown, and has the team's item again: this one goes, unless it was changed
    there."""
    mirror: Mirror | None = None
    """What the team's record says about the meeting that it shows."""
    ours: bool = False
    """Whether this program made the Outlook item: only such items may be withdrawn."""
    is_apart: bool = False
    """Whether they met while Outlook had no say: each still says what it said before that."""
    made_at: datetime | None = None
    """When this program made it, by our clock: for a while after that, reads may not show it."""
    refused: int = 0
    """How often Microsoft 365 refused this item in a row; set aside at five."""
    why: str = ""
    """The last refusal: a code of the service, or a fixed word."""
    lost: tuple[Conflict, ...] = ()
    """The newest values that lost a merge, oldest first."""
    etag: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whether it was refused so often that it is left alone."""
        return self.refused >= TRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A create, written down before it is sent, so that a crash makes no second event."""

    team: ItemId
    transaction_id: str
    """Empty for a contact: Microsoft 365 knows no such thing there."""
    tag: str
    """Also put on the item as an extended property."""
    payload: bytes
    """The exact body to send, now and at every repetition (JSON, UTF-8)."""
    content: Content
    """What the payload says, in our words: becomes ``agreed``."""
    team_revision: int
    refused: int = 0
    """How often Microsoft 365 refused it in a row; set aside at five."""
    why: str = ""
    """The last refusal, as in a pair."""
    sent_at: datetime | None = None
    """When it was sent last, by our clock, and nobody knows what became of it. ``None`` = it is
    certain that nothing did."""
    lost: tuple[Conflict, ...] = ()
    """What the pair has kept that the item had before: the next one goes on with it."""
    former: Former | None = None
    """See :class:`Pair`."""
    batch: str = ""
    """The record that it shares with others which went out together; empty = it has its own."""
    etag: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whether it was refused so often that it is sent no more."""
        return self.refused >= TRIES
