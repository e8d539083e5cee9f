"""How news reach people: drawn as a card, told in a chat or under Activity.

A part of the composition root; :mod:`bot.assembly` calls it.
"""

from __future__ import annotations

from bot.connector import Connector
from bot.ground import Ground
from bot.handlers.contacts.contact_addresses import At
from bot.handlers.news import NewsDrawings
from bot.handlers.posts import PostDrawings
from bot.handlers.refreshing import RefreshList
from bot.handlers.watching.watching import WatchDrawings
from bot.open_forms import OpenForms
from bot.telling.announcer import TeamsAnnouncer
from bot.telling.feed_announcer import FeedAnnouncer
from bot.telling.feed_links import FeedLinks
from bot.trust.app_tokens import AppTokens
from services.events.marks import Marks
from services.graph.activity_feed import ActivityFeed

__all__ = ["announcer_of"]


def announcer_of(
    ground: Ground, connector: Connector, open_forms: OpenForms, marks: Marks, at: At
) -> FeedAnnouncer:
    """Return what tells people; ``marks`` and ``at`` are drawn beside events and contacts."""
    outside, store, clock = ground.outside, ground.store, ground.clock
    refreshing = RefreshList(ground.conversations.roster)
    watch_drawings = WatchDrawings(ground.open_books)
    in_chat = TeamsAnnouncer(
        connector,
        store.conversations,
        store.posts,
        store.counts,
        open_forms,
        draw_post=PostDrawings(
            ground.open_books, ground.personal, refreshing, marks, at, clock
        ).draw,
        draw_news=NewsDrawings(ground.personal, at).draw,
        draw_watched=watch_drawings.draw,
    )
    feed = (
        ActivityFeed(ground.graph, AppTokens(outside.app_login, clock))
        if outside.app_login
        else None
    )
    link = FeedLinks(store, outside.bot.app_id).of
    return FeedAnnouncer(in_chat, feed, note=watch_drawings.note, link=link)
