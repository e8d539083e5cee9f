"""The contacts of one mailbox: folders, and what is in them.

Knows nothing of HTTP, as :mod:`sandbox.mailbox` does not. What a contact says is kept under
Graph's own names; :mod:`sandbox.graph.contact_body` has checked it.
https://learn.microsoft.com/graph/api/resources/contact
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sandbox.ids import change_key, make_id, read_id
from sandbox.items import UNTAGGED, Tags
from sandbox.journal import Journal
from sandbox.refusal import Refusal, not_found

__all__ = ["AddressBook", "Card", "CardChange", "Folder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A contact folder. The first one is everybody's ``Contacts``, and is not listed."""

    id: str
    name: str
    change: int
    tags: Tags = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One contact."""

    serial: int
    folder: str
    says: Mapping[str, Any]
    """Its properties, without those that are empty."""
    created_at: datetime
    modified_at: datetime
    change: int
    tags: Mapping[str, str] = field(default_factory=dict)
    """Single-value extended properties: id and value."""
    picture: bytes = b""
    """Its photo as a JPEG; empty = it has none."""


@dataclass(frozen=True, slots=True)
class CardChange:
    """One write, as listeners hear of it."""

    kind: str
    """``created``, ``updated`` or ``deleted``."""
    book: AddressBook
    card: Card

    @property
    def owner(self) -> str:
        """The object id of whose contact it is."""
        return self.book.owner

    @property
    def what(self) -> str:
        """Graph's name of the kind of item."""
        return "Contact"

    @property
    def place(self) -> str:
        """The id of the folder."""
        return self.card.folder

    @property
    def key(self) -> str:
        """The change key."""
        return self.book.change_key(self.card.change)

    def id(self, *, immutable: bool) -> str:
        """Return the contact's id."""
        return self.book.id_of(self.card.serial, immutable=immutable)


class AddressBook:
    """One person's contact folders and contacts.

    Args:
        owner: the object id of the mailbox's owner.
        now: tells the time.

    Attributes:
        listeners: told of each write.
        lag: how much later than they happen writes are seen by :meth:`replica`.
    """

    def __init__(self, owner: str, now: Callable[[], datetime]) -> None:
        self.owner = owner
        self.listeners: list[Callable[[CardChange], None]] = []
        self.lag = timedelta()
        self._journal = Journal[Card]()
        # Not the mailbox's own seal, so that no id of an event is one of a contact.
        self._seal = sha256(f"contacts of {owner}".encode()).hexdigest()
        self._now = now
        self._cards: dict[int, Card] = {}
        self._folders: dict[str, Folder] = {}
        self._serials = 0
        self._changes = 0
        self.add_folder("Contacts")

    # -- folders -----------------------------------------------------------------------------

    @property
    def default_folder(self) -> Folder:
        """The folder that every mailbox has."""
        return next(iter(self._folders.values()))

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folders that people have made."""
        return tuple(self._folders.values())[1:]

    def folder(self, folder_id: str) -> Folder:
        """Return a folder.

        Raises:
            Refusal: 404 ErrorItemNotFound.
        """
        found = self._folders.get(folder_id)
        if found is None:
            raise not_found()
        return found

    def add_folder(self, name: str, tags: Tags = UNTAGGED) -> Folder:
        """Make a folder; names are unique in a mailbox."""
        self._check_name(name)
        self._serials += 1
        # A folder keeps one id, whatever kind of ids was asked for.
        new_id = make_id(self._seal, self._serials, None, immutable=False)
        self._folders[new_id] = Folder(id=new_id, name=name, change=self._next_change(), tags=tags)
        return self._folders[new_id]

    def rename_folder(self, folder: Folder, name: str) -> Folder:
        """Give a folder another name."""
        self._check_name(name, folder.id)
        renamed = replace(folder, name=name, change=self._next_change())
        self._folders[folder.id] = renamed
        return renamed

    def remove_folder(self, folder: Folder) -> None:
        """Delete a folder and what is in it; the default one stays."""
        if folder == self.default_folder:
            raise Refusal(
                400, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted."
            )
        for card in self.cards(folder.id):
            self._put(card.serial, None)
        del self._folders[folder.id]

    # -- contacts ----------------------------------------------------------------------------

    def replica(self) -> AddressBook:
        """Return the book as readers see it: contacts as they were :attr:`lag` ago."""
        past = copy(self)
        past._cards = self._journal.as_of(self._now() - self.lag, self._cards)
        return past

    def cards(self, folder_id: str) -> list[Card]:
        """Return what is in a folder, oldest first."""
        return [card for card in self._cards.values() if card.folder == folder_id]

    def get(self, contact_id: str) -> Card:
        """Return the contact that an id stands for, in either form of id.

        Raises:
            Refusal: 404 ErrorItemNotFound.
        """
        place = read_id(self._seal, contact_id)
        card = self._cards.get(place[0]) if place else None
        if card is None:
            raise not_found()
        return card

    def id_of(self, serial: int, *, immutable: bool = True) -> str:
        """Return the id of a contact, or of one that was."""
        return make_id(self._seal, serial, None, immutable=immutable)

    def change_key(self, change: int) -> str:
        """Return the change key of a change."""
        return change_key(self._seal, change)

    def add(
        self, says: Mapping[str, Any], folder_id: str = "", tags: Mapping[str, str] | None = None
    ) -> Card:
        """Put a new contact in a folder, by default everybody's own."""
        now = self._now()
        self._serials += 1
        card = Card(
            serial=self._serials,
            folder=folder_id or self.default_folder.id,
            says=dict(says),
            created_at=now,
            modified_at=now,
            change=self._next_change(),
            tags=dict(tags or {}),
        )
        self._put(card.serial, card)
        self._tell("created", card)
        return card

    def edit(
        self, card: Card, says: Mapping[str, Any], tags: Mapping[str, str] | None = None
    ) -> Card:
        """Let a contact say something else."""
        edited = replace(
            card,
            says=dict(says),
            tags={**card.tags, **(tags or {})},
            modified_at=self._now(),
            change=self._next_change(),
        )
        self._put(card.serial, edited)
        self._tell("updated", edited)
        return edited

    def picture(self, card: Card, jpeg: bytes) -> Card:
        """Give a contact a photo, or with no bytes take it away, as people can."""
        pictured = replace(card, picture=jpeg, modified_at=self._now(), change=self._next_change())
        self._put(card.serial, pictured)
        self._tell("updated", pictured)
        return pictured

    def move(self, card: Card, folder_id: str) -> Card:
        """Move a contact to another folder: its immutable id stays."""
        moved = replace(card, folder=folder_id, change=self._next_change())
        self._put(card.serial, moved)
        self._tell("updated", moved)
        return moved

    def drag(self, card: Card) -> Card:
        """Move a contact as desktop Outlook does: all stays but its ids."""
        self._serials += 1
        moved = replace(card, serial=self._serials, change=self._next_change())
        self._put(card.serial, None)
        self._put(moved.serial, moved)
        self._tell("deleted", card)
        self._tell("created", moved)
        return moved

    def remove(self, card: Card) -> None:
        """Delete a contact."""
        self._put(card.serial, None)
        self._next_change()
        self._tell("deleted", card)

    def _put(self, serial: int, card: Card | None) -> None:
        """Keep a contact, or forget it; while reads lag, remember what was there before."""
        if self.lag:
            self._journal.note(self._now(), serial, self._cards.get(serial))
        if card is None:
            del self._cards[serial]
        else:
            self._cards[serial] = card

    def copy(self, card: Card) -> Card:
        """Copy a contact as people do in Outlook: its tags and its photo go along."""
        copied = self.add(card.says, card.folder, card.tags)
        return self.picture(copied, card.picture) if card.picture else copied

    # -- inside ------------------------------------------------------------------------------

    def _check_name(self, name: str, own_id: str = "") -> None:
        others = (each.name.lower() for each in self._folders.values() if each.id != own_id)
        if name.lower() in others:
            raise Refusal(
                409, "ErrorFolderExists", "A folder with the specified name already exists."
            )

    def _next_change(self) -> int:
        self._changes += 1
        return self._changes

    def _tell(self, kind: str, card: Card) -> None:
        for listener in self.listeners:
            listener(CardChange(kind, self, card))
