"""What somebody wants under Activity goes there; everything else, and what may not, into the chat.

The :class:`~services.model.notices.Announcer` port in front of :mod:`bot.telling.announcer`. Each
organisation gets no more notifications in a second than Teams takes; whoever would wait longer
comes again as a task.

https://learn.microsoft.com/graph/throttling-limits
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.telling.pace import Lanes
from cards.watching.activity_note import ActivityNote
from services.graph.activity_feed import ActivityFeed, Notification, chain_of
from services.model.errors import ConsentNeeded
from services.model.identity import Person, TenantId
from services.model.notices import (
    Announcer,
    ChangesNotice,
    DigestNotice,
    Notice,
    ReminderNotice,
    WatchNotice,
)

__all__ = ["FeedAnnouncer"]

log = logging.getLogger(__name__)

LIMITS = ((5, 1.0),)
"""For an app and an organisation."""
KINDS: dict[type, str] = {
    ReminderNotice: "eventSoon",
    ChangesNotice: "calendarNews",
    DigestNotice: "calendarDigest",
}
"""As the manifest declares them."""


class FeedAnnouncer:
    """Chooses between feed and chat.

    Args:
        chat: tells in the chat.
        feed: writes into feeds; ``None`` where the app has no token of its own.
        note: what the feed says of a notice.
        link: where an entry leads.
    """

    def __init__(
        self,
        chat: Announcer,
        feed: ActivityFeed | None,
        *,
        note: Callable[[WatchNotice], Awaitable[ActivityNote]],
        link: Callable[[WatchNotice], Awaitable[str]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seconds: Callable[[], float] = lambda: asyncio.get_running_loop().time(),
    ) -> None:
        self._chat = chat
        self._feed = feed
        self._note = note
        self._link = link
        self._lanes: Lanes[TenantId] = Lanes(LIMITS, sleep, seconds)

    async def announce(self, notice: Notice) -> None:
        """Tell it where it is wanted.

        Raises:
            Throttled: too much is going on; come again.
            Unreachable: nobody answers; come again.
        """
        if isinstance(notice, ReminderNotice | ChangesNotice | DigestNotice):
            to = notice.watcher.to
            if to is not None and notice.watcher.wishes.in_feed:
                if await self._told(to, notice):
                    return
                notice = replace(notice, instead=True)
        await self._chat.announce(notice)

    async def _told(self, to: Person, notice: WatchNotice) -> bool:
        """Write it into the feed; ``False`` = that is not allowed."""
        if self._feed is None:
            return False
        note = await self._note(notice)
        lane = self._lanes.to(to.tenant)
        async with lane.lock:
            await lane.keep_pace()
        told = Notification(
            kind=KINDS[type(notice)],
            line=note.line,
            preview=note.preview,
            topic=note.topic,
            url=await self._link(notice),
            chain=_chain(notice),
        )
        try:
            await self._feed.send(to, told)
        except ConsentNeeded:
            log.info("an activity feed is closed to us: told in the chat")
            return False
        return True


def _chain(notice: WatchNotice) -> int:
    """Return what a notice is about: told again after a crash, it takes its own place."""
    watcher = notice.watcher
    about: tuple[object, ...]
    if isinstance(notice, ChangesNotice):
        about = (watcher.told_revision,)
    elif isinstance(notice, DigestNotice):
        about = (notice.first, notice.last)
    else:
        first = notice.found[0]
        about = (watcher.reminded_until, first.event.id, first.original)
    return chain_of(type(notice).__name__, watcher.key, watcher.book, *about)
