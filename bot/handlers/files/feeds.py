"""``feed``: the address by which somebody's other programs follow a calendar."""

from __future__ import annotations

from bot.handlers.open_books import OpenBooks
from bot.replies import Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.files.feed_card import feed_card, feed_offer
from cards.files.file_actions import FeedMake, FeedRevoke, FeedShow
from services.files.feeds import Feeds
from services.model.books import BookKind
from services.phrases.file_words import ShowFeed

__all__ = ["FeedHandlers", "register"]


class FeedHandlers:
    """Answers each for themselves: an address is nobody else's to see."""

    def __init__(self, books: OpenBooks, feeds: Feeds, url: str) -> None:
        self._books = books
        self._feeds = feeds
        self._url = url

    async def say(self, turn: Turn, command: ShowFeed) -> Replies:
        """``feed``, ``feed Marketing``: one's own; where many read it, only the way to it."""
        seen = await self._books.by_name(turn, BookKind.CALENDAR, command.calendar)
        if seen.shared:
            return Say(card=feed_offer(seen.book, seen.readers))
        feed = await self._feeds.of(turn.person, seen.book.id)
        return Say(card=feed_card(seen.book, feed, seen.viewer))

    async def show(self, turn: Turn, action: FeedShow) -> Replies:
        """The button: one's own, for one's own eyes."""
        seen = await self._books.called(turn, action.book)
        feed = await self._feeds.of(turn.person, seen.book.id)
        return Replace(feed_card(seen.book, feed, seen.viewer))

    async def make(self, turn: Turn, action: FeedMake) -> Replies:
        """Make an address, and show it this once."""
        seen = await self._books.called(turn, action.book)
        feed, secret = await self._feeds.make(
            turn.person, seen.book.id, busy=action.only_busy, language=turn.language
        )
        url = f"{self._url}/{secret}.ics"
        return Replace(feed_card(seen.book, feed, seen.viewer, url=url))

    async def revoke(self, turn: Turn, action: FeedRevoke) -> Replies:
        """Take it back."""
        seen = await self._books.called(turn, action.book)
        await self._feeds.revoke(turn.person, seen.book.id)
        return Replace(feed_card(seen.book, None, seen.viewer))


def register(router: Router, handlers: FeedHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowFeed, handlers.say)
    router.verb(FeedShow, handlers.show)
    router.verb(FeedMake, handlers.make)
    router.verb(FeedRevoke, handlers.revoke)
