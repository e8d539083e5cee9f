"""Learn anew who is in a conversation. Roles hang on the roster, so Teams' own word counts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.conversations import Conversations
from services.model.errors import NotFound
from services.model.identity import ConversationId
from services.model.ports import Roster
from services.model.tasks import Task

__all__ = ["FollowConversation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConversation:
    """Carries out ``follow_conversation``; the payload names the ``conversation``."""

    conversations: Conversations
    roster: Roster

    async def __call__(self, task: Task) -> None:
        """Replace the stored roster by what Teams says."""
        id = ConversationId(task.payload["conversation"])
        conversation = await self.conversations.find(task.tenant, id)
        if conversation is None or not conversation.installed:
            return
        with suppress(NotFound):  # the app was removed; Teams will say so
            members = await self.roster.members(conversation)
            await self.conversations.roster_read(task.tenant, id, members)
