"""Learn anew who is in a conversation. Roles hang on the roster, so Teams' own word counts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.model.errors import NotFound
from services.model.identity import ConversationId, TenantId
from services.model.ports import Roster
from services.model.tasks import Task
from services.people.conversations import Conversations

__all__ = ["FollowConversation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConversation:
    """Carries out ``follow_conversation``; the payload names the ``conversation``."""

    conversations: Conversations
    roster: Roster

    async def __call__(self, task: Task) -> None:
        """Replace the stored roster by what Teams says."""
        await self.look(task.tenant, ConversationId(task.payload["conversation"]))

    async def look(self, tenant: TenantId, id: ConversationId) -> None:
        """Do so at once, for somebody who waits.

        No activity tells when a member becomes an owner or is one no longer, so whatever only
        owners may do looks before it asks for the role.

        Raises:
            Upstream: Teams does not answer; what is stored is as it was.
        """
        conversation = await self.conversations.find(tenant, id)
        if conversation is None or not conversation.installed:
            return
        with suppress(NotFound):  # the app was removed; Teams will say so
            members = await self.roster.members(conversation)
            await self.conversations.roster_read(tenant, id, members)
