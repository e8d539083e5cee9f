"""What the sync sees of an item of a mailbox, whatever it holds, in the house's own words."""

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
"""Why an item is unread that the service fails to tell, whatever it answers about others."""

C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem(Generic[C_co]):
    """One item of a calendar or of a contact folder."""

    id: RemoteId
    change_key: str
    """A new one at every change, of a series' own fields at least. Says nothing else."""
    content: C_co
    mirror: Mirror | None = None
    """Set when it is an event of somebody's meeting."""
    keeps_text: bool = False
    """Its text must not be written: an online meeting is joined by what stands in it."""
    transaction_id: str = ""
    """Under which it was made; a contact never has one."""
    uid: str = ""
    """What stays when an event gets another id: ``iCalUId``. Not unique: never a key."""
    tag: str = ""
    """Our extended property, where it was asked for: never in a delta."""
    is_cancelled: bool = False
    """The organiser called the meeting off."""
    changed_at: datetime | None = None
    """When somebody last changed it, by Microsoft's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFolder:
    """A folder of a mailbox: a calendar, or a contact folder."""

    id: RemoteId
    name: str


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """An item that cannot be said in our words; the rest can."""

    id: RemoteId
    why: str
    """The fixed word of :class:`services.model.errors.Unreadable`."""
    title: str = ""
    """Where that much can be read."""

    @classmethod
    def of(cls, id: RemoteId, err: Unreadable) -> UnreadItem:
        """Return what is told of an item that could not be read."""
        return cls(id, err.why, err.title[:TITLE])


@dataclass(frozen=True, slots=True, kw_only=True)
class DeltaPage(Generic[C_co]):
    """A part of a round. Later pages win over earlier ones."""

    changed: tuple[RemoteItem[C_co], ...] = ()
    removed: tuple[RemoteId, ...] = ()
    """Deleted, or moved out of what the round looks at: a GET by id tells. Ids of occurrences are
    among them."""
    unread: tuple[UnreadItem, ...] = ()
    delta_link: str | None = None
    """On the last page: where the next round goes on."""
