"""Send somebody what is on today, or in the week that begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from services.events.agenda import on_days
from services.events.marks import Marks
from services.events.reminders import next_digest
from services.events.watching import Watching
from services.model.notices import Announcer, DigestNotice
from services.model.settings import Marked
from services.model.spans import Span
from services.model.tasks import Task
from services.model.times import Clock
from services.model.veil import one_seen_by
from services.model.watching import Digest
from services.storage.store import Store

__all__ = ["SendDigest"]

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigest:
    """Carries out ``send_digest``, for one watcher of a calendar."""

    store: Store
    watching: Watching
    marks: Marks
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Send the day's digest once, if there is anything in it."""
        current = await self.watching.current(task)
        if current is None or current[1].wishes.digest is Digest.NEVER:
            return
        book, watcher = current
        now = self.clock.now()
        today = now.astimezone(watcher.zone).date()
        if watcher.digested != today:
            days = WEEK if watcher.wishes.digest is Digest.WEEKLY else 1
            last = today + timedelta(days=days - 1)
            found = await on_days(self.store, book, today, last, watcher.zone)
            language = watcher.language if watcher.to else book.language
            marks = await self.marks.of([book], Span(today, last), language)
            if found or any(each.what is not Marked.OFF for each in marks):
                seen = tuple([one_seen_by(one, watcher.to) for one in found])
                notice = DigestNotice(watcher, book, today, last, seen, marks=marks)
                await self.announcer.announce(notice)
            await self.watching.told(watcher, book, lambda one: replace(one, digested=today))
        following = next_digest(watcher.wishes, now, watcher.zone)
        if following is not None:
            await self.store.tasks.put(replace(task, due_at=following, attempts=0))
