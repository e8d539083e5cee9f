"""Who asks, from where, and for what: plain data, read from an activity of Teams.

A handler gets a :class:`Turn` and, where the question has a shape of its own, a second argument:
the command that was understood, the typed action of a button, a :class:`Query`, a
:class:`Composing` or a :class:`Happening`. Nothing here knows the SDK or JSON; the reading is in
:mod:`bot.reading`, so handlers can be tested with values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from services.model.conversations import Conversation, Member
from services.model.events import Author
from services.model.identity import (
    ConversationHome,
    ConversationKind,
    Home,
    Person,
    PersonHome,
)

__all__ = [
    "Ask",
    "Change",
    "Composing",
    "Happening",
    "Query",
    "QuotedMessage",
    "Trigger",
    "Turn",
    "Way",
]


class Way(StrEnum):
    """How somebody asks; a reply must suit it (:mod:`bot.replies` has the table)."""

    CHAT = "chat"
    """A message in words."""
    CARD = "card"
    """A button of a card in a chat: the answer may replace the card."""
    OPEN = "open"
    """A button of a card that opens a dialog."""
    SUBMIT = "submit"
    """A button inside that dialog."""
    SEARCH = "search"
    """A search command of the compose box."""
    CHOICES = "choices"
    """Somebody types into a field of a card that proposes what fits."""
    COMPOSE = "compose"
    """An action command: its dialog is to be opened."""
    COMPOSED = "composed"
    """An action command: its dialog was filled in."""
    LINK = "link"
    """An address of ours was pasted into a message."""
    FILE = "file"
    """A message that brings files: words that come with them are not read."""
    CONSENT = "consent"
    """Somebody decided about a file that was offered."""


class Trigger(StrEnum):
    """Who pressed a card's button."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    """The client itself, to refresh the card: nobody waits, nothing may be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One request of one person."""

    person: Person
    name: str
    """As Teams shows it."""
    teams_id: str = ""
    """The ``29:`` id: for mentions and refresh lists only, never an identity."""
    conversation: Conversation
    """Where they ask; not necessarily a place in which the app is installed (compose box)."""
    zone: ZoneInfo
    """The person's own, as their client says; UTC where it says nothing."""
    language: str = "en"
    """A tag such as ``en-GB``."""
    way: Way = Way.CHAT
    text: str = ""
    """What they wrote, without the mention of the bot, on one line."""
    value: Mapping[str, Any] = field(default_factory=dict)
    """What a button or form carried: its own data and the inputs, under their ids."""
    activity_id: str = ""
    reply_to_id: str = ""
    """The message whose card was pressed; empty where there is none."""
    shows: str = ""
    """What the pressed message itself shows to all who read it, as its ``Say`` or ``Edit`` said."""
    trigger: Trigger = Trigger.MANUAL
    thread: str = ""
    """In a channel: the message that began the thread."""

    @property
    def kind(self) -> ConversationKind:
        """Personal chat, group chat or channel."""
        return self.conversation.kind

    @property
    def home(self) -> Home:
        """Whose books are meant: the person's in their own chat, else the conversation's."""
        if self.conversation.kind is ConversationKind.PERSONAL:
            return PersonHome(self.person)
        return ConversationHome(self.conversation.tenant, self.conversation.id)

    @property
    def author(self) -> Author:
        """The person as a card names who did something."""
        return Author(self.person, self.name)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted, before it is understood: the router's key and what came with it."""

    way: Way
    key: str = ""
    """A verb or a command id; empty for words and links."""
    detail: Any = None
    """A :class:`Query`, a :class:`Composing`, an address, files or a decision; else nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search from the compose box, sent again at every pause while typing."""

    command_id: str
    text: str = ""
    skip: int = 0
    count: int = 25
    initial: bool = False
    """The box was just opened; nothing has been typed."""
    of: str = ""
    """The part of its data that a field of a card asks for alone, as one list of contacts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedMessage:
    """The message on which an action command was called ("turn this message into an event")."""

    text: str
    sender: str = ""
    link: str = ""
    lines: str = ""
    """The text with its lines, where they tell something: a signature has one for the name."""
    mentioned: tuple[tuple[str, str], ...] = ()
    """Whom it mentions: object ids, each with the name that stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """An action command: to open its dialog, or with what was filled in (``turn.value``)."""

    command_id: str
    context: str = "compose"
    """``compose``, ``message`` or ``commandBox``."""
    message: QuotedMessage | None = None


class Change(StrEnum):
    """What can happen to a place without anybody asking for an answer."""

    INSTALLED = "installed"
    """In a chat or team. Comes again at updates and, now and then, for no reason."""
    UNINSTALLED = "uninstalled"
    MEMBERS_ADDED = "members_added"
    MEMBERS_REMOVED = "members_removed"
    CHAT_RENAMED = "chat_renamed"
    CHANNEL_CREATED = "channel_created"
    CHANNEL_RENAMED = "channel_renamed"
    CHANNEL_DELETED = "channel_deleted"
    CHANNEL_RESTORED = "channel_restored"
    TEAM_RENAMED = "team_renamed"
    TEAM_DELETED = "team_deleted"
    TEAM_ARCHIVED = "team_archived"
    TEAM_UNARCHIVED = "team_unarchived"
    TEAM_RESTORED = "team_restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that Teams reports about a place."""

    change: Change
    conversation: Conversation
    """The place it happened to: for a channel's change the channel, for a team's its General."""
    person: Person | None = None
    """Who did it, where Teams says so."""
    zone: ZoneInfo
    language: str = "en"
    members: tuple[Member, ...] = ()
    """Who came, as far as Teams says who they are; never the bot itself."""
    left: tuple[str, ...] = ()
    """The ``29:`` ids of those who went: Teams says no more about them."""
    fresh: bool = True
    """``INSTALLED``: newly added, not just updated."""
