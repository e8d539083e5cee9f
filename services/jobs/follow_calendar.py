"""Look who watches a calendar, once something was written there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from services.events.reminders import quiet_end
from services.events.watching import Watching
from services.model.books import Book, BookId, BookKind
from services.model.errors import NotFound, Stale
from services.model.tasks import Task, TaskKind, watch_task
from services.model.times import Clock
from services.model.watching import Changes, Watcher
from services.storage.store import Store

__all__ = ["BURST", "FollowCalendar"]

BURST = timedelta(seconds=20)
"""What changes within that is told in one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowCalendar:
    """Carries out ``follow_calendar``: has each watcher's own tasks look again."""

    store: Store
    watching: Watching
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Put a task for reminders, and one for news where somebody wants any."""
        with suppress(NotFound):
            book = await self.store.books.get(task.tenant, BookId(task.payload["book"]))
            for watcher in await self._watchers(book):
                await self._look(book, watcher)

    async def _watchers(self, book: Book) -> tuple[Watcher, ...]:
        watchers = await self.store.watchers.of_book(book)
        if watchers or book.kind is not BookKind.CALENDAR:
            return watchers
        with suppress(Stale):  # they have chosen just now, and have their tasks
            new = await self.watching.unasked(book)
            return (new,) if new else ()
        return ()

    async def _look(self, book: Book, watcher: Watcher) -> None:
        now = self.clock.now()
        due = {TaskKind.REMIND: now} if book.kind is BookKind.CALENDAR else {}
        if watcher.wishes.changes is not Changes.NONE:
            quiet = quiet_end(watcher.wishes, now, watcher.zone)
            due[TaskKind.TELL_CHANGES] = quiet or now + BURST
        for kind, at in due.items():
            await self.store.tasks.put(watch_task(kind, book.tenant, book.id, watcher.key, at))
