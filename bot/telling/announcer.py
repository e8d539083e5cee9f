"""Tells people what the background has found: posts kept up to date, news of their account.

The :class:`~services.model.notices.Announcer` port, on Teams. Notices of one conversation go out
one after the other and within its :mod:`pace <bot.telling.pace>`; other conversations do not wait
for them. A post whose picture has not changed is left alone, since a message that is written anew
takes away whatever somebody has opened in its place. Where Teams says that the bot may no longer
write (``MessageWritesBlocked``) the conversation is marked as left, and nothing is sent there
again. A post that people have deleted is forgotten.

What a notice looks like is drawn by functions handed in, so cards stay out of here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from bot.answers import message_of
from bot.connector import Connector
from bot.marks import fingerprint
from bot.open_forms import OpenForms
from bot.replies import Card, Edit, PostAbout, Say
from bot.telling.pace import LIMITS, Lane, Lanes
from services.model.accounts import LinkId
from services.model.books import Book
from services.model.conversations import Conversation
from services.model.errors import Rejected, Throttled
from services.model.identity import ConversationId, Person, PersonHome, TenantId
from services.model.notices import (
    AccountNotice,
    CopyNotice,
    DataNotice,
    ImportNotice,
    ImportProgress,
    Notice,
    OfferNotice,
    PostNotice,
    ProgressNotice,
    WatchNotice,
)
from services.model.posts import Post

__all__ = ["Counts", "Places", "Posts", "TeamsAnnouncer"]

log = logging.getLogger(__name__)

News = (
    AccountNotice
    | CopyNotice
    | DataNotice
    | ImportNotice
    | ImportProgress
    | OfferNotice
    | ProgressNotice
)
LOOKED_AGAIN = 20.0
"""Seconds until a message in which somebody fills in a form is looked at again."""
BLOCKED = frozenset(
    {"MessageWritesBlocked", "BotNotInConversationRoster", "ConversationBlockedByUser"}
)


class Places(Protocol):
    """Where conversations are kept."""

    async def get(self, tenant: TenantId, id: ConversationId) -> Conversation | None:
        """Return a conversation."""

    async def of_person(self, person: Person) -> Conversation | None:
        """Return somebody's personal chat with the bot."""

    async def save(self, conversation: Conversation) -> Conversation:
        """Keep what has changed."""


class Posts(Protocol):
    """Where messages are kept that follow what they show."""

    async def add(self, post: Post, book: Book) -> None:
        """Keep a post as it is now."""

    async def remove(self, post: Post, book: Book) -> None:
        """Forget a post."""


class Counts(Protocol):
    """Where it is kept which message counts up for a link."""

    async def find(self, person: Person, link: LinkId) -> str:
        """Return its activity id; empty where there is none."""

    async def put(self, person: Person, link: LinkId, activity_id: str) -> None:
        """Keep it."""

    async def remove(self, person: Person, link: LinkId) -> None:
        """Forget it."""


class TeamsAnnouncer:
    """Sends notices into Teams.

    Args:
        connector: the way out.
        places: where conversations are kept.
        posts: where messages are kept that follow what they show.
        counts: where it is kept which message counts up for a link.
        forms: the forms that people have open in messages.
        draw_post: the card of a post as it is now; none where nobody there may see it any more.
        draw_news: the card for news of somebody's account, data or own words.
        draw_watched: the card for what somebody wanted to hear of a calendar.
    """

    def __init__(
        self,
        connector: Connector,
        places: Places,
        posts: Posts,
        counts: Counts,
        forms: OpenForms,
        *,
        draw_post: Callable[[PostNotice, Conversation], Awaitable[Card | None]],
        draw_news: Callable[[News, Conversation], Awaitable[Card]],
        draw_watched: Callable[[WatchNotice], Awaitable[Card]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seconds: Callable[[], float] = lambda: asyncio.get_running_loop().time(),
    ) -> None:
        self._connector = connector
        self._places = places
        self._posts = posts
        self._counts = counts
        self._forms = forms
        self._draw_post = draw_post
        self._draw_news = draw_news
        self._draw_watched = draw_watched
        self._lanes: Lanes[tuple[TenantId, ConversationId]] = Lanes(LIMITS, sleep, seconds)

    async def announce(self, notice: Notice) -> None:
        """Tell it, in its turn; nothing happens where the bot may not write.

        Raises:
            Throttled: too much is going on in that conversation, or somebody fills in a form in
                the place of the message; come again.
            Unreachable: Teams does not answer; come again.
        """
        place = await self._place(notice)
        if place is None or not place.installed:
            return
        lane = self._lanes.to((place.tenant, place.id))
        async with lane.lock:
            try:
                if isinstance(notice, PostNotice):
                    await self._redraw(place, notice, lane)
                elif isinstance(notice, WatchNotice):
                    await lane.keep_pace()
                    await self._send(place, await self._draw_watched(notice))
                else:
                    await lane.keep_pace()
                    await self._tell(place, notice)
            except Rejected as err:
                await self._refused(place, notice, err)

    async def _place(self, notice: Notice) -> Conversation | None:
        if isinstance(notice, PostNotice):
            return await self._places.get(notice.book.tenant, notice.post.conversation)
        if isinstance(notice, ImportNotice | ImportProgress):
            return await self._places.get(notice.host, notice.place)
        if isinstance(notice, WatchNotice):
            return await self._place_of(notice)
        return await self._places.of_person(notice.person)

    async def _place_of(self, notice: WatchNotice) -> Conversation | None:
        """Return the chat of whoever watches, or the conversation of the calendar."""
        to, home = notice.watcher.to, notice.book.home
        if to is not None:
            return await self._places.of_person(to)
        if isinstance(home, PersonHome):
            return await self._places.of_person(home.person)
        return await self._places.get(home.tenant, home.conversation)

    async def _send(self, place: Conversation, card: Card) -> str:
        message = message_of(Say(card=card), place)
        return await self._connector.send(place.service_url, place.id, message)

    async def _redraw(self, place: Conversation, notice: PostNotice, lane: Lane) -> None:
        card, post = await self._draw_post(notice, place), notice.post
        if card is None:
            await self._posts.remove(post, notice.book)
            return
        drawn = fingerprint(card)
        if drawn == post.drawn:
            return
        if wait := self._forms.wait(place.id, post.activity_id):
            raise Throttled(min(wait, LOOKED_AGAIN))
        await lane.keep_pace()
        target, about = post.activity_id, PostAbout(notice.book, post.item, post.days)
        message = message_of(Edit(card=card, activity_id=target, about=about), place)
        await self._connector.update(place.service_url, place.id, target, message | {"id": target})
        await self._posts.add(replace(post, drawn=drawn), notice.book)

    async def _tell(self, place: Conversation, notice: News) -> None:
        card = await self._draw_news(notice, place)
        if isinstance(notice, ProgressNotice):
            await self._count(place, notice, card)
        elif isinstance(notice, ImportProgress):
            await self._replace(place, notice.message, card)
        elif isinstance(notice, ImportNotice) and notice.message:
            await self._end(place, notice.message, card)
        else:
            await self._send(place, card)

    async def _replace(self, place: Conversation, target: str, card: Card) -> None:
        """Put a card in the place of another message's."""
        message = message_of(Edit(card=card, activity_id=target), place) | {"id": target}
        await self._connector.update(place.service_url, place.id, target, message)

    async def _end(self, place: Conversation, target: str, card: Card) -> None:
        """Say how it ended in the message that counted; in another where that was deleted."""
        try:
            await self._replace(place, target, card)
        except Rejected as err:
            if err.status != 404:
                raise
            await self._send(place, card)

    async def _count(self, place: Conversation, notice: ProgressNotice, card: Card) -> None:
        """Let one message count up, whichever process has begun it, until it has."""
        person, link, is_over = notice.person, notice.link, notice.done >= notice.total
        target = await self._counts.find(person, link)
        if target and self._forms.wait(place.id, target):
            # Its owner has opened a form in its place: that it is over is said in another message.
            if is_over:
                await self._send(place, card)
        elif target:
            await (self._end if is_over else self._replace)(place, target, card)
        else:
            sent = await self._send(place, card)
            if not is_over:
                await self._counts.put(person, link, sent)
        if target and is_over:
            await self._counts.remove(person, link)

    async def _refused(self, place: Conversation, notice: Notice, err: Rejected) -> None:
        if err.code in BLOCKED:
            log.info("left a conversation: %s", err.code)
            await self._places.save(replace(place, installed=False))
        elif err.status == 404 and isinstance(notice, ProgressNotice):
            await self._counts.remove(notice.person, notice.link)
        elif err.status == 404 and isinstance(notice, PostNotice):
            await self._posts.remove(notice.post, notice.book)
        else:
            log.warning("a notice was refused: %s %s", err.status, err.code)
