"""``subscribe`` and ``subscriptions``: calendars of others that are shown in ours."""

from __future__ import annotations

from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Card, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.files.file_actions import (
    SubscriptionEnd,
    SubscriptionEndYes,
    SubscriptionNow,
    SubscriptionsShow,
)
from cards.files.subscription_card import (
    subscribe_help,
    subscribed_card,
    subscription_question,
    subscriptions_card,
)
from services.files.subscriptions import Subscriptions
from services.model.books import BookKind
from services.model.errors import NotFound
from services.phrases.file_words import ShowSubscriptions, Subscribe

__all__ = ["SubscriptionHandlers", "register"]


class SubscriptionHandlers:
    """Answers for the calendar of the place."""

    def __init__(self, books: OpenBooks, subscriptions: Subscriptions) -> None:
        self._books = books
        self._subscriptions = subscriptions

    async def subscribe(self, turn: Turn, command: Subscribe) -> Replies:
        """``subscribe https://…``: read it once, and show it from now on."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        if not command.url:
            return Say(card=subscribe_help(seen.readers))
        made = await self._subscriptions.add(turn.author, seen.book.id, command.url)
        return Say(card=subscribed_card(seen.book, made, seen.readers))

    async def say_all(self, turn: Turn, command: ShowSubscriptions) -> Replies:
        """``subscriptions``: all of the calendar."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        found = await self._subscriptions.of(turn.person, seen.book.id)
        return Say(card=subscriptions_card(seen.book, found, seen.readers))

    async def show(self, turn: Turn, action: SubscriptionsShow) -> Replies:
        """The button: the same, in the card's place."""
        return Replace(await self._card(turn, await self._books.called(turn, action.book)))

    async def look_again(self, turn: Turn, action: SubscriptionNow) -> Replies:
        """Read one now."""
        seen = await self._books.called(turn, action.book)
        await self._subscriptions.look_again(turn.person, seen.book.id, action.feed)
        return Replace(await self._card(turn, seen))

    async def ask(self, turn: Turn, action: SubscriptionEnd) -> Replies:
        """Ask before one ends."""
        seen = await self._books.called(turn, action.book)
        for each in await self._subscriptions.of(turn.person, seen.book.id):
            if each.id == action.feed:
                return Replace(subscription_question(seen.book, each, seen.viewer))
        raise NotFound("subscription")

    async def end(self, turn: Turn, action: SubscriptionEndYes) -> Replies:
        """End it."""
        seen = await self._books.called(turn, action.book)
        await self._subscriptions.end(turn.author, seen.book.id, action.feed)
        return Replace(await self._card(turn, seen))

    async def _card(self, turn: Turn, seen: OpenBook) -> Card:
        found = await self._subscriptions.of(turn.person, seen.book.id)
        return subscriptions_card(seen.book, found, seen.viewer)


def register(router: Router, handlers: SubscriptionHandlers) -> None:
    """Fill in the rows."""
    router.command(Subscribe, handlers.subscribe)
    router.command(ShowSubscriptions, handlers.say_all)
    router.verb(SubscriptionsShow, handlers.show)
    router.verb(SubscriptionNow, handlers.look_again)
    router.verb(SubscriptionEnd, handlers.ask)
    router.verb(SubscriptionEndYes, handlers.end)
