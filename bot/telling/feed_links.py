"""Where an entry of the activity feed leads: to the event, where a message of Teams shows it.

What is about one event of a channel or group chat leads to the newest message there that shows it.
All else leads to the chat with the bot: a personal chat has no address that Teams would open a
message by, and neither has a channel of whose team Teams has not told the Entra group.

https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from services.model.conversations import Conversation
from services.model.identity import ConversationHome, ConversationId, ConversationKind
from services.model.notices import ChangesNotice, ReminderNotice, WatchNotice
from services.model.posts import Post
from services.storage.store import Store

__all__ = ["FeedLinks", "message_link"]

TEAMS = "https://teams.microsoft.com/l"
IN_A_CHAT = '{"contextType":"chat"}'


class FeedLinks:
    """Finds the address of a notice; ``app_id`` is the bot's."""

    def __init__(self, store: Store, app_id: str) -> None:
        self._store = store
        self._chat = f"{TEAMS}/chat/0/0?users=28:{quote(app_id)}"

    async def of(self, notice: WatchNotice) -> str:
        """Return where the entry leads."""
        home, item = notice.book.home, _item(notice)
        if item is None or not isinstance(home, ConversationHome):
            return self._chat
        for post in await self._store.posts.of_item(notice.book, item):
            place = await self._store.conversations.get(home.tenant, post.conversation)
            if place is not None and place.id == home.conversation:
                return message_link(post, place, await self._group(place)) or self._chat
        return self._chat

    async def _group(self, place: Conversation) -> str:
        """Return the group of a channel's team, which may be known of its General channel alone."""
        if place.group_id or not place.team_id:
            return place.group_id
        general = ConversationId(place.team_id)
        team = await self._store.conversations.get(place.tenant, general)
        return team.group_id if team else ""


def message_link(post: Post, place: Conversation, group: str) -> str:
    """Return the address of a message inside of Teams; empty = it has none that could be known."""
    message = f"{TEAMS}/message/{quote(place.id)}/{quote(post.activity_id)}"
    if place.kind is ConversationKind.GROUP:
        return f"{message}?context={quote(IN_A_CHAT)}"
    if place.kind is not ConversationKind.CHANNEL or not group:
        return ""
    begun = post.thread or post.activity_id
    about = {"tenantId": place.tenant, "groupId": group, "parentMessageId": begun}
    return f"{message}?{urlencode(about)}"


def _item(notice: WatchNotice) -> str | None:
    """Return the one event or contact that a notice is about."""
    if isinstance(notice, ReminderNotice) and len(notice.found) == 1:
        return notice.found[0].event.id
    if isinstance(notice, ChangesNotice) and len(notice.news) == 1:
        [news] = notice.news
        return None if news.is_gone else news.item.id
    return None
