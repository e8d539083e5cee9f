"""Tell the owner of a long first pass how far it is, now and then, in one message."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.model.accounts import Link
from services.model.errors import Refused, Upstream
from services.model.notices import Announcer, ProgressNotice
from services.model.times import Clock

__all__ = ["FirstSync"]

LONG = 100
"""So many steps at least, or nobody is told."""
TOLD_EVERY = timedelta(seconds=5)


@dataclass(slots=True)
class FirstSync:
    """Counts the steps of one pass; how far it is, is told at most every few seconds."""

    link: Link
    announcer: Announcer
    clock: Clock
    told_at: datetime | None = None

    async def __call__(self, done: int, total: int) -> None:
        """Take note of a step, and tell it where it is time."""
        if self.link.synced_at is not None or total < LONG:
            return
        now, is_over = self.clock.now(), done >= total
        if self.told_at is not None and now - self.told_at < TOLD_EVERY and not is_over:
            return
        self.told_at = now
        link = self.link
        # What cannot be told now is told with the next step; the sync does not wait for a chat.
        with suppress(Upstream, Refused):
            notice = ProgressNotice(link.person, link.id, link.calendar_name, done, total)
            await self.announcer.announce(notice)
