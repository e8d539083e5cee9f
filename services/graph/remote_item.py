"""Items, folders and delta pages of a mailbox, as the sync sees them: of events and contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from services.model.accounts import RemoteId
from services.model.errors import Unreadable
from services.model.events import Mirror

__all__ = ["UNANSWERED", "DeltaPage", "RemoteFolder", "RemoteItem", "UnreadItem"]

TITLE = 200
"""Letters that are kept of a title."""
UNANSWERED = "unanswered"
"""Why an item is unread: the service answers 5xx for this one."""

C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem(Generic[C_co]):
    """One item of a calendar or of a contact folder."""

    id: RemoteId
    change_key: str
    """Changes with every change; of a series, with those of its own fields at least. Opaque."""
    content: C_co
    mirror: Mirror | None = None
    """Set when it is an event of somebody's meeting."""
    keeps_text: bool = False
    """Its text must not be written: it holds how an online meeting is joined."""
    transaction_id: str = ""
    """Under which it was made; a contact never has one."""
    uid: str = ""
    """``iCalUId``, which stays when an event gets another id. Not unique: never a key."""
    tag: str = ""
    """Our extended property, where it was asked for: never in a delta."""
    is_cancelled: bool = False
    """The organiser called the meeting off."""
    changed_at: datetime | None = None
    """When somebody last changed it, by Microsoft's clock."""
    lacks_picture: bool = False
    """Its content says nothing of its picture, which has to be asked for by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFolder:
    """A folder of a mailbox: a calendar, or a contact folder."""

    id: RemoteId
    name: str


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """An item that the model cannot express."""

    id: RemoteId
    why: str
    """The fixed word of :class:`services.model.errors.Unreadable`."""
    title: str = ""
    """As far as it can be read."""

    @classmethod
    def of(cls, id: RemoteId, err: Unreadable) -> UnreadItem:
        """Return what is told of an item that could not be read."""
        return cls(id, err.why, err.title[:TITLE])


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaPage(Generic[C_co]):
    """A page of a round. What a later page says of an item counts."""

    changed: tuple[RemoteItem[C_co], ...] = ()
    removed: tuple[RemoteId, ...] = ()
    """Deleted, or moved out of the window: a GET by id tells which. Ids of occurrences are among
    them."""
    unread: tuple[UnreadItem, ...] = ()
    delta_link: str | None = None
    """On the last page alone: where the next round goes on."""
