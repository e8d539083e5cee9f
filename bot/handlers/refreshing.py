"""Whose clients fetch a view of their own of a card that many read.

Teams asks by itself for at most 60 people of a conversation; in a larger one the first 60 of its
roster, all others by opening it and pressing a button.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from services.model.conversations import Conversation, Member
from services.model.identity import ConversationId, TenantId

__all__ = ["RefreshList"]

MOST = 60

Roster = Callable[[TenantId, ConversationId], Awaitable[Sequence[Member]]]


class RefreshList:
    """Finds the ``29:`` ids of people in a place; ``roster`` says who is there."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    async def of(self, place: Conversation) -> tuple[str, ...]:
        """Return the ids, the same ones in the same order as long as the roster stays."""
        members = await self._roster(place.tenant, place.id)
        return tuple(sorted(member.teams_id for member in members if member.teams_id)[:MOST])
