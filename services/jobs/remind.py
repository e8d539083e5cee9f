"""Remind somebody of what comes, to the minute, and see when that is to happen next.

How far somebody has been reminded is kept with their wishes and moves on once the message is out.
A message that could not be sent is put together anew at the next try, without what was deleted
meanwhile and with what has become due. Only a process that dies between Teams' answer and the
write that follows reminds twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from services.events.agenda import said_in
from services.events.occurrences import occurrences
from services.events.reminders import AHEAD, LATE, LONGEST, due_between, next_after
from services.events.watching import Watching
from services.model.answers import Answer, own_answer
from services.model.notices import Announcer, ReminderNotice
from services.model.tasks import Task
from services.model.times import Clock
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["Remind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    """Carries out ``remind``, for one watcher of a calendar."""

    store: Store
    watching: Watching
    announcer: Announcer
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Remind of what has become due since they were reminded last."""
        current = await self.watching.current(task)
        if current is None:
            return
        book, watcher = current
        wishes = await self.watching.heard_of(watcher, book)
        now, zone = self.clock.now(), watcher.zone
        start, end = now - LATE - timedelta(minutes=1), now + LONGEST + AHEAD
        events = await self.store.events.between(book, start, end)
        seen = [seen_by(event, watcher.to) for event in events]
        found = [one for event in seen for one in occurrences(event, start, end, zone)]
        due = due_between(found, wishes, watcher.reminded_until, now, zone)
        said = await said_in(self.store, book, watcher.to) if due else ()
        # The next look is put also for what they do not come to: they may think better of it.
        told = tuple(one for one in due if own_answer(said, one) is not Answer.NO)
        if told:
            await self.announcer.announce(ReminderNotice(watcher, book, told, now))
        following = next_after(found, wishes, now, zone)
        at = min(following or now + AHEAD, now + AHEAD)
        if due or following:
            await self.watching.told(
                watcher, book, lambda one: replace(one, reminded_until=max(one.reminded_until, now))
            )
        if following or wishes.reminders or wishes.as_event_says:
            # Of somebody's choice, not of an event, where it is only to look again.
            again = replace(task, due_at=at, from_event=at == following, attempts=0)
            await self.store.tasks.put(again)
