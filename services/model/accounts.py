"""A person's connection to Microsoft 365, and the links that tie books to it.

What a pass over a link remembers of its items is in :mod:`services.model.pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.model.books import BookId
from services.model.identity import Person, TenantId
from services.model.links import Doomed, LinkSettings, Preview, Tally, Word

__all__ = [
    "Account",
    "AccountState",
    "Link",
    "LinkId",
    "RemoteId",
    "SetAside",
    "Subscription",
    "Unread",
]

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
    awaits_more: bool = False
    """Connected, while the organisation has yet to approve what was asked for beyond that."""
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
    """An item in Outlook that the model cannot express; it is left alone on both sides."""

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
    """When a pass was last finished."""
    last_problem: str = ""
    """A fixed word for the card's sentence: ``""`` = all well."""
    told: str = ""
    """Of which ``last_problem`` the owner has been told."""
    team_revision: int = 0
    """Up to which revision of the book everything has been planned."""
    loose: tuple[RemoteId, ...] | None = None
    """The pairs that the last pass left open. All others were in step, and need no look until one
    of their sides changes. ``None`` = not known: all need a look."""
    coming: tuple[RemoteId, ...] = ()
    """New items of the round that is under way, unless they are very many: after a crash some of
    them may have been imported without their pairs."""
    has_parts: bool = True
    """Whether a pair may be of one occurrence of a series that was expanded for Outlook."""
    subscription: Subscription | None = None
    settings: LinkSettings = field(default_factory=LinkSettings)
    is_ours: bool = False
    """Whether this program made the Outlook calendar, for this link alone."""
    is_started: bool = True
    """Whether its first pass may write without asking."""
    preview: Preview | None = None
    doomed: Doomed | None = None
    word: Word = Word.NONE
    """The owner's answer to ``preview`` or ``doomed``, until a pass has acted on it."""
    tally: Tally = field(default_factory=Tally)
    unread: tuple[Unread, ...] = ()
    """What the last rounds could not read; of very many the first by id."""
    etag: str = ""

    @property
    def book_tenant(self) -> TenantId:
        """Whose book it is."""
        return self.host or self.person.tenant
