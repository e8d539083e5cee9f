"""A person's connection to Microsoft 365, and what is tied to it.

The two sides of a sync are ``team`` and ``remote``, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.model.books import BookId
from services.model.events import Mirror
from services.model.identity import Person, TenantId
from services.model.items import Content, ItemId
from services.model.links import Doomed, LinkSettings, Preview, Tally, Word

__all__ = [
    "Account",
    "AccountState",
    "Conflict",
    "Cursor",
    "Intent",
    "Link",
    "LinkId",
    "Observation",
    "Pair",
    "RemoteId",
    "SetAside",
    "Side",
    "Subscription",
    "Unread",
]

TRIES = 5
"""Refusals in a row after which an item is set aside: left alone until it changes, or its owner
says that it should be tried again."""

LinkId = NewType("LinkId", str)
RemoteId = NewType("RemoteId", str)
"""An immutable id of one mailbox; it means nothing with another mailbox's token."""


class AccountState(StrEnum):
    """Where a connection stands."""

    CONNECTED = "connected"
    AWAITING_APPROVAL = "awaiting_approval"
    SIGN_IN_NEEDED = "sign_in_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's mailbox, connected by themselves. Never shown, logged or sent as a whole."""

    person: Person
    username: str
    """As the person signs in; shown to nobody else."""
    state: AccountState
    tokens: str
    """msal's cache, serialised. Sealed like everything else; saved before a new token is used."""
    connected_at: datetime
    more_scopes: tuple[str, ...] = ()
    """What was approved beyond the usual, such as contacts."""
    not_before: datetime | None = None
    """Throttled: no request before this time."""
    etag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A change notification that Graph has been asked for."""

    id: str
    secret_hash: str
    """SHA-256 of clientState, hex."""
    expires_at: datetime
    renewed_at: datetime | None = None
    """When it was made, or last renewed."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An item in Outlook that cannot be said in our words, and is left alone on both sides."""

    remote: RemoteId
    title: str
    """As far as that can be read."""
    why: str
    """The fixed word of :class:`services.model.errors.Unreadable`."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a link's owner is shown of an item that is left alone."""

    title: str
    why: str
    """A code of the service, or the fixed word of what could not be read."""
    is_unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Ties one book to one Outlook calendar of one account, or to one of its contact folders."""

    id: LinkId
    person: Person
    book: BookId
    host: TenantId | None = None
    """The book's organisation, where it is another one than the person's: they are a guest there,
    with their own mailbox at home."""
    calendar: RemoteId
    """The id of the Outlook calendar; for a contact list, of the contact folder. Empty until this
    program has made it."""
    calendar_name: str = ""
    active: bool = True
    created_at: datetime
    synced_at: datetime | None = None
    """When a pass last came to its end."""
    last_problem: str = ""
    """A fixed word for the card's sentence: ``""`` = all well."""
    told: str = ""
    """Of which ``last_problem`` the owner has been told."""
    team_revision: int = 0
    """Everything up to this revision of the book has been planned."""
    loose: tuple[RemoteId, ...] | None = None
    """The pairs that the last pass has left open: until something changes no other one needs a
    look. ``None`` = any may."""
    has_parts: bool = True
    """Whether a pair may be of one date of a series."""
    subscription: Subscription | None = None
    settings: LinkSettings = field(default_factory=LinkSettings)
    is_ours: bool = False
    """Whether this program made the Outlook calendar, for this link alone."""
    is_started: bool = True
    """Whether its first pass may write without asking."""
    preview: Preview | None = None
    doomed: Doomed | None = None
    word: Word = Word.NONE
    """The owner's answer to ``preview`` or ``doomed``, until a pass has heard it."""
    tally: Tally = field(default_factory=Tally)
    unread: tuple[Unread, ...] = ()
    """What the last rounds could not read; of very many the first by id."""
    etag: str = ""

    @property
    def book_tenant(self) -> TenantId:
        """Whose book it is."""
        return self.host or self.person.tenant


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
    transaction_id: str = ""
    uid: str = ""
    """What outlives a change of ids, where there is such a thing. Several items may share one."""
    epoch: int = 0
    """Of the round that has told of it first."""
    changed_at: datetime | None = None
    """When somebody last changed it there, by Microsoft's clock. It only chooses which of two
    kept values shows; it never decides whether something changed."""


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
    sheaf: str = ""
    """The record that it shares with others which went out together; empty = it has its own."""
    etag: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whether it was refused so often that it is sent no more."""
        return self.refused >= TRIES
