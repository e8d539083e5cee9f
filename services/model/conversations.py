"""Conversations in which the app is installed, and who is there."""

from __future__ import annotations

from dataclasses import dataclass

from services.model.identity import ConversationId, ConversationKind, Person, TenantId

__all__ = ["Conversation", "Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a conversation, as its roster says."""

    person: Person
    name: str
    teams_id: str
    """The ``29:`` id, good for this bot only: mentions and refresh lists need it."""
    owns: bool = False
    """Whether the books of the conversation are theirs; see :mod:`services.books.rosters`."""
    is_guest: bool = False
    """Whether Teams' roster calls them a guest, who is of the host's organisation in name only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A place of Teams: enough to find it again and to write to it unasked."""

    tenant: TenantId
    id: ConversationId
    kind: ConversationKind
    name: str = ""
    team_id: str = ""
    """A channel's team: the thread id of its General channel."""
    team_name: str = ""
    group_id: str = ""
    """The Entra group behind that team, as far as Teams has told it."""
    service_url: str
    """The connector's address as last seen; checked again before every send."""
    bot_id: str = ""
    person: Person | None = None
    """Whose chat it is, where it is a personal one."""
    installed: bool = True
    archived: bool = False
    etag: str = ""
