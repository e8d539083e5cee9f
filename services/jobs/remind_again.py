"""Remind somebody once more of one event, because they asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from services.events.agenda import said_in
from services.events.occurrences import occurrence_at
from services.events.watching import Watching
from services.model.answers import Answer, own_answer
from services.model.events import EventId, Occurrence
from services.model.notices import Announcer, ReminderNotice
from services.model.tasks import Task
from services.model.times import Clock
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["RemindAgain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindAgain:
    """Carries out ``remind_again``."""

    store: Store
    watching: Watching
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Show the event again, as it is now, unless it is gone or they have said no to it."""
        current = await self.watching.current(task)
        if current is None:
            return
        book, watcher = current
        event = await self.store.events.find(book, EventId(task.payload["event"]))
        if event is None or event.deleted_at is not None:
            return
        event, original = seen_by(event, watcher.to), task.payload["original"]
        one = occurrence_at(event, original) if original else Occurrence.of(event)
        said = await said_in(self.store, book, watcher.to)
        if one is not None and own_answer(said, one) is not Answer.NO:
            notice = ReminderNotice(watcher, book, (one,), self.clock.now())
            await self.announcer.announce(notice)
