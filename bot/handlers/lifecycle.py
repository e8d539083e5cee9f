"""The life of chats and teams: installed and removed, people come and go, names change.

What happened is followed by :mod:`services.people.conversations`; the one thing that is said is the
welcome, once, when the app is new in a place.
"""

from __future__ import annotations

from bot.replies import Replies, Say
from bot.router import Router
from bot.turn import Change, Happening, Turn, Way
from cards.viewer import Viewer
from cards.welcome import welcome_card
from services.model.conversations import Conversation, Member
from services.model.identity import ConversationId, ConversationKind
from services.people.conversations import Conversations

__all__ = ["Lifecycle", "register"]


class Lifecycle:
    """Follows what Teams reports about places."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def notice(self, turn: Turn) -> None:
        """Keep who is where, ahead of whatever they ask.

        Words reach the bot only where it is installed. Cards and the compose box are used
        anywhere, and say no more than that somebody is in a place that is known already.
        """
        place = turn.conversation
        if turn.way not in (Way.CHAT, Way.FILE):
            if place.kind is ConversationKind.PERSONAL:
                return
            if not await self._is_installed(place):
                return
        await self._conversations.seen(place, Member(turn.person, turn.name, turn.teams_id))

    async def _is_installed(self, place: Conversation) -> bool:
        """Whether the app is there; a channel nobody wrote in yet has what its team has."""
        known = await self._conversations.find(place.tenant, place.id)
        if known is None and place.team_id:
            general = ConversationId(place.team_id)
            known = await self._conversations.find(place.tenant, general)
        return known is not None and known.installed

    async def installed(self, happening: Happening) -> Replies:
        """Greet a place that is new; Teams reports some installations again and again."""
        place = happening.conversation
        known = await self._conversations.find(place.tenant, place.id)
        await self._conversations.installed(place)
        if not happening.fresh or (known is not None and known.installed):
            return None
        return Say(card=welcome_card(place.kind, Viewer(happening.zone, happening.language)))

    async def uninstalled(self, happening: Happening) -> Replies:
        """Send nothing there any more."""
        place = happening.conversation
        await self._conversations.uninstalled(place.tenant, place.id)
        return None

    async def members_added(self, happening: Happening) -> Replies:
        """Give people who came what members have; who came before the app is in Teams' list."""
        place = happening.conversation
        if await self._conversations.find(place.tenant, place.id):
            await self._conversations.members_added(place, happening.members)
        return None

    async def members_removed(self, happening: Happening) -> Replies:
        """Take it from those who left."""
        place = happening.conversation
        await self._conversations.members_removed(place.tenant, place.id, happening.left)
        return None

    async def channel_created(self, happening: Happening) -> Replies:
        """Know a new channel."""
        await self._conversations.created(happening.conversation)
        return None

    async def renamed(self, happening: Happening) -> Replies:
        """Follow the new name of a chat or channel."""
        await self._conversations.renamed(happening.conversation)
        return None

    async def channel_deleted(self, happening: Happening) -> Replies:
        """Let its books be read only."""
        place = happening.conversation
        await self._conversations.deleted(place.tenant, place.id)
        return None

    async def channel_restored(self, happening: Happening) -> Replies:
        """Let its books be written again."""
        place = happening.conversation
        await self._conversations.restored(place.tenant, place.id)
        return None

    async def team_renamed(self, happening: Happening) -> Replies:
        """Follow the new name of a team."""
        place = happening.conversation
        await self._conversations.team_renamed(place.tenant, place.team_id, place.team_name)
        return None

    async def team_closed(self, happening: Happening) -> Replies:
        """Let the books of all its channels be read only."""
        place = happening.conversation
        await self._conversations.team_archived(place.tenant, place.team_id)
        return None

    async def team_opened(self, happening: Happening) -> Replies:
        """Let the books of all its channels be written again."""
        place = happening.conversation
        await self._conversations.team_restored(place.tenant, place.team_id)
        return None


def register(router: Router, lifecycle: Lifecycle) -> None:
    """Fill in the rows."""
    router.before(lifecycle.notice)
    for change, handler in {
        Change.INSTALLED: lifecycle.installed,
        Change.UNINSTALLED: lifecycle.uninstalled,
        Change.MEMBERS_ADDED: lifecycle.members_added,
        Change.MEMBERS_REMOVED: lifecycle.members_removed,
        Change.CHAT_RENAMED: lifecycle.renamed,
        Change.CHANNEL_CREATED: lifecycle.channel_created,
        Change.CHANNEL_RENAMED: lifecycle.renamed,
        Change.CHANNEL_DELETED: lifecycle.channel_deleted,
        Change.CHANNEL_RESTORED: lifecycle.channel_restored,
        Change.TEAM_RENAMED: lifecycle.team_renamed,
        Change.TEAM_DELETED: lifecycle.team_closed,
        Change.TEAM_ARCHIVED: lifecycle.team_closed,
        Change.TEAM_UNARCHIVED: lifecycle.team_opened,
        Change.TEAM_RESTORED: lifecycle.team_opened,
    }.items():
        router.happening(change, handler)
