"""Who is in a conversation, asked of Teams: the :class:`~services.model.ports.Roster` port."""

from __future__ import annotations

from bot.connector import Connector
from bot.places import member
from services.model.conversations import Conversation, Member
from services.model.errors import NotFound, Rejected, Unreachable

__all__ = ["TeamsRoster"]

GONE = frozenset({403, 404})
"""The app is not, or no longer, where it asks."""


class TeamsRoster:
    """Reads rosters through the connector."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def members(self, conversation: Conversation) -> tuple[Member, ...]:
        """Return everybody who is in it now.

        Raises:
            NotFound: the app is not there.
            Unreachable: Teams does not answer, or names nobody: somebody there has asked for us.
        """
        try:
            listed = await self._connector.members(conversation.service_url, conversation.id)
        except Rejected as err:
            if err.status in GONE:
                raise NotFound("conversation") from err
            raise
        read = (member(account, conversation.tenant) for account in listed)
        members = tuple(one for one in read if one is not None)
        if not members:
            raise Unreachable("roster")
        return members
