"""What follows when an event is written: links to sync, posts to bring up to date.

The ledger and the queue are two partitions and share no transaction, so a task is put before the
commit that needs it, due in half a minute, and pulled forward after it. A crash between the two
leaves a task that finds nothing to do.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from services.model.books import Book
from services.model.events import EventId
from services.model.identity import Person
from services.model.tasks import Task, TaskKind, sync_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["MEANWHILE", "Ripples"]

MEANWHILE = timedelta(seconds=30)
"""Longer than any commit takes."""


class Ripples:
    """Puts the tasks around a write."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @asynccontextmanager
    async def of(self, book: Book, event: EventId, source: Person | None) -> AsyncIterator[None]:
        """Surround the write of an event.

        Args:
            book: the event's calendar.
            event: the event.
            source: whose mailbox the change came from: their own links know of it.
        """
        tasks = [task async for task in self._tasks(book, event, source)]
        for task in tasks:
            await self._store.tasks.put(task)
        yield
        for task in tasks:
            await self._store.tasks.put(replace(task, due_at=self._clock.now()))

    async def _tasks(
        self, book: Book, event: EventId, source: Person | None
    ) -> AsyncIterator[Task]:
        due_at = self._clock.now() + MEANWHILE
        for person, link in await self._store.links.of_book(book.tenant, book.id):
            if person != source:
                yield sync_task(person, link, due_at)
        if await self._store.posts.of_event(book, event):
            yield Task(
                kind=TaskKind.UPDATE_POSTS,
                tenant=book.tenant,
                key=f"{book.id}/{event}",
                payload={"book": book.id, "event": event},
                due_at=due_at,
            )
