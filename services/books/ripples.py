"""What follows when an item is written: links to sync, posts to bring up to date.

The ledger and the queue are two partitions and share no transaction, so a task is put before the
commit that needs it, due in half a minute, and pulled forward after it. A crash between the two
leaves a task that finds nothing to do.

Posts follow a moment later: several changes in a row then cost one update, and a message that was
just redrawn for the one who pressed its button is known to be up to date.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from services.model.books import Book, BookKind
from services.model.identity import Person, PersonHome
from services.model.tasks import Task, TaskKind, sync_task, watch_task
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["A_MOMENT", "MEANWHILE", "Ripples"]

MEANWHILE = timedelta(seconds=30)
"""Longer than any commit takes."""
A_MOMENT = timedelta(seconds=2)
"""Longer than it takes to answer the one who changed something."""


class Ripples:
    """Puts the tasks around a write."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    @asynccontextmanager
    async def of(self, book: Book, item: str, source: Person | None) -> AsyncIterator[None]:
        """Surround the write of an item.

        Args:
            book: the book that it is in.
            item: the id of the event or contact.
            source: whose mailbox the change came from: their own links know of it.
        """
        async with self.of_all(book, [item], source):
            yield

    @asynccontextmanager
    async def of_all(
        self, book: Book, items: Collection[str], source: Person | None
    ) -> AsyncIterator[None]:
        """Surround the write of many items; arguments as of :meth:`of`."""
        due_at = self._clock.now() + MEANWHILE
        links = await self._links(book, source, due_at)
        later = [*await self._posts(book, items, due_at), *await self._watchers(book, due_at)]
        for task in (*links, *later):
            await self._store.tasks.put(task)
        yield
        now = self._clock.now()
        for task in links:
            await self._store.tasks.put(replace(task, due_at=now))
        for task in later:
            await self._store.tasks.put(replace(task, due_at=now + A_MOMENT))

    async def redraw(self, book: Book, item: str) -> None:
        """Have the posts of an item drawn anew, of which only what is beside it has changed."""
        for task in await self._posts(book, [item], self._clock.now() + A_MOMENT):
            if task.payload.get("item"):
                await self._store.tasks.put(task)

    async def _links(self, book: Book, source: Person | None, due_at: datetime) -> list[Task]:
        links = await self._store.links.of_book(book.tenant, book.id)
        return [sync_task(person, link, due_at) for person, link in links if person != source]

    async def _watchers(self, book: Book, due_at: datetime) -> list[Task]:
        """Return the task that sees who is to be told; an own calendar reminds its owner."""
        is_own = isinstance(book.home, PersonHome) and book.kind is BookKind.CALENDAR
        if not is_own and not await self._store.watchers.of_book(book):
            return []
        return [watch_task(TaskKind.FOLLOW_CALENDAR, book.tenant, book.id, "", due_at)]

    async def _posts(self, book: Book, items: Collection[str], due_at: datetime) -> list[Task]:
        """Return a task for the posts of each item, and one for all that show days."""
        there = await self._store.posts.touched_by(book, *items)
        return [
            Task(
                kind=TaskKind.UPDATE_POSTS,
                tenant=book.tenant,
                key=f"{book.id}/{each}",
                payload={"book": book.id} | ({"item": each} if each else {}),
                due_at=due_at,
            )
            for each in sorted({"" if post.days else post.item for post in there})
        ]
