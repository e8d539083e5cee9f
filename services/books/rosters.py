"""Whose the books of a conversation are, as far as its roster tells.

Pure functions; :mod:`services.people.conversations` keeps what they return.

* In a group chat: everybody's. Nobody there has a say over the others.
* In a channel: the team's owners'. Where the roster names no owner at all (not every cloud and
  client is known to say so), the books are everybody's of the organisation that hosts the team,
  since a calendar that nobody may delete or look into the log of is worse.

Whoever only spoke or came in is no owner yet: roles are known once the roster was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.model.conversations import Conversation, Member
from services.model.identity import ConversationKind

__all__ = ["met", "with_owners"]


def met(member: Member, before: Member | None, place: Conversation) -> Member:
    """Return a member as a turn or an arrival shows them, with the say that they had."""
    owned = before is not None and before.owns
    guest = member.is_guest or (before is not None and before.is_guest)
    owns = owned or place.kind is ConversationKind.GROUP
    return replace(member, owns=owns, is_guest=guest)


def with_owners(listed: Sequence[Member], place: Conversation) -> Sequence[Member]:
    """Return a roster, just read, in which those own who own the books of the place."""
    if place.kind is ConversationKind.GROUP:
        return [replace(member, owns=True) for member in listed]
    if any(member.owns for member in listed):
        return listed
    return [
        replace(member, owns=member.person.tenant == place.tenant and not member.is_guest)
        for member in listed
    ]
