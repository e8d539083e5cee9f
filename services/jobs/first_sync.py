"""Tell the owner of a long first sync how far it is, now and then, in one message.

A first sync may take several passes, and another process may end it: which message counts is kept
(:mod:`services.storage.repositories.counts`), so whoever goes on counts on in it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.jobs.now_and_then import NowAndThen
from services.model.accounts import Link
from services.model.errors import Refused, Upstream
from services.model.notices import Announcer, ProgressNotice
from services.storage.repositories.counts import CountRecords

__all__ = ["FirstSync"]

LONG = 100
"""So many steps at least, or nobody is told."""


@dataclass(slots=True)
class FirstSync:
    """Counts the steps of one pass; how far it is, is told at most every few seconds."""

    link: Link
    announcer: Announcer
    counts: CountRecords
    now_and_then: NowAndThen

    async def __call__(self, done: int, total: int) -> None:
        """Take note of a step, and tell it where it is time."""
        if self.link.synced_at is not None or total < LONG or done >= total:
            return
        if self.now_and_then.is_time():
            await self._tell(done, total)

    async def finish(self, items: int) -> None:
        """Say that it is over, in the message that has counted so far, if there is one.

        There still is one after a later pass, where the chat could not be reached at the end.
        """
        if await self.counts.find(self.link.person, self.link.id):
            await self._tell(items, items)

    async def _tell(self, done: int, total: int) -> None:
        link = self.link
        # What cannot be told now is told with the next step; the sync does not wait for a chat.
        with suppress(Upstream, Refused):
            notice = ProgressNotice(link.person, link.id, link.calendar_name, done, total)
            await self.announcer.announce(notice)
