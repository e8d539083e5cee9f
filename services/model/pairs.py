"""The state of a sync: pairs, intents, and the cursor of a link.

A :class:`Pair` is an item that is, or was, on both sides; an :class:`Intent` is a create in Outlook
that has not ended; the :class:`Cursor` says up to where Outlook has been read. The two sides are
``team`` and ``remote``, always.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
"""Refusals in a row after which an item is set aside: left alone until it changes, or until its
owner asks for another try."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the remote side has been read."""

    delta_link: str
    """Opaque, with Graph's delta token; it holds ids, hence it is sealed."""
    window_start: datetime
    window_end: datetime
    epoch: int
    """Grows with every round that shows something. After a crash between a round's observations and
    its cursor, those observations have a later epoch than the stored cursor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """The remote item as it was last seen."""

    change_key: str
    content: Content
    mirror: Mirror | None = None
    keeps_text: bool = False
    """Its text is read and never written; the team's changes of it stay with the team."""
    is_kept_out: bool = False
    """For a masked item (*Busy* alone): whether the link's filters keep it out. Its content does
    not tell any more."""
    transaction_id: str = ""
    uid: str = ""
    """``iCalUId``: stays when the id changes. Several items may share one."""
    epoch: int = 0
    """Of the round that showed it first; 0 = none has yet."""
    is_picture_due: bool = False
    """Whether the picture of a contact may be another one by now: what ``content`` says of it was
    so when it was last looked at."""
    is_picture_late: bool = False
    """Whether it was looked at so soon after a change that a read may not have shown that yet: it
    is due, and looked at once more when reads have caught up."""
    picture_seen: str = ""
    """What the bytes of the picture were when it was last looked at, as a digest. Empty = it has
    none, or nobody has looked since one was sent there."""
    changed_at: datetime | None = None
    """When somebody last changed it there, by Microsoft's clock. It chooses which of two kept
    values wins, and for how long a read that does not find it proves nothing; it never decides
    whether something has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What identifies an item that is gone, in case it shows under another id.

    Where both names are empty, its own id alone does.
    """

    transaction_id: str
    uid: str
    at: datetime
    """When it was seen to be gone, by our clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The original of a replacement: it was gone, the team had edited it, and another was made.

    If it shows after all, it gets its place back.
    """

    trace: Trace
    remote: RemoteId | None = None
    """The id that it had last; ``None`` = only its names would tell it again."""
    origin: RemoteId
    """The id under which it was first seen."""
    ours: bool
    agreed: Content | None
    """Its base, as in :class:`Pair`."""
    echo: Content | None
    older: tuple[Former, ...] = ()
    """What this one was made in place of itself, the newest first: of that, too, any may show."""

    @property
    def previous(self) -> Former | None:
        """What this one was made in place of, with all that is older than that."""
        if not self.older:
            return None
        first, *rest = self.older
        return replace(first, older=tuple(rest))


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
    """Where it had been written: here, or in an Outlook."""
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
    """The id under which it was first seen, if it has another one now."""
    team: ItemId | None
    agreed: Content | None
    """The base of the three-way merge: what both sides last agreed on, as the team spells it. While
    ``team`` is ``None``: what they had agreed on before a setting took the item out of the team."""
    echo: Content | None = None
    """The base as Microsoft 365 spells it: it rewrites zones and texts, and that is no change."""
    observed: Observation | None
    """The remote item as it was last seen; ``None`` = it is gone."""
    trace: Trace | None = None
    """What identifies the item, if it is gone and may show under another id."""
    is_remembered: bool = False
    """Whether the pair has ended, and is kept for a while only so that its item is known again."""
    former: Former | None = None
    """The original, if this item is a replacement and the original may still show."""
    is_double: bool = False
    """Whether the original has shown, and has the team's item again: this one is removed."""
    double_of: ItemId | None = None
    """The team's item that the original has: an edit that somebody makes here is merged into it."""
    mirror: Mirror | None = None
    """What the team's record says about the meeting that it shows."""
    ours: bool = False
    """Whether this program made the Outlook item: only such items may be withdrawn."""
    is_apart: bool = False
    """Whether the two were joined while Outlook could not write to the team: not merged yet."""
    made_at: datetime | None = None
    """When this program made it, by our clock: reads may not show it for a while after."""
    pictured_at: datetime | None = None
    """When this program last set the picture of a contact: reads may show the one before."""
    refused: int = 0
    """How often Microsoft 365 refused this item in a row; set aside at five."""
    why: str = ""
    """The last refusal: an error code of the service, or a fixed word."""
    lost: tuple[Conflict, ...] = ()
    """The newest values that lost a merge or were reverted, oldest first."""
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
    """What the payload says: becomes ``agreed``."""
    team_revision: int
    refused: int = 0
    """How often Microsoft 365 refused it in a row; set aside at five."""
    why: str = ""
    """The last refusal, as in a pair."""
    sent_at: datetime | None = None
    """When it was last sent, by our clock, with an unknown effect. ``None`` = certainly none."""
    lost: tuple[Conflict, ...] = ()
    """The losers of the pair that the item had before; the next pair keeps them."""
    former: Former | None = None
    """See :class:`Pair`."""
    batch: str = ""
    """The name of the record that it shares with others; empty = it has its own."""
    etag: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whether it was refused so often that it is sent no more."""
        return self.refused >= TRIES
