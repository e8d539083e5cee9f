"""Keep what is stored of a book's search index from ending, so that a start always finds it.

Stored segments expire after 30 days, and a process that runs for months, or a list that nobody
searches for one, would let them: the next start would read 100,000 contacts from their ledger. So
once a week somebody looks, and stores them anew where they are old, or were dropped since.

Whoever stores a segment puts the task, which is its own successor while there are any.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from services.model.books import Book, BookId
from services.model.tasks import Task
from services.model.times import Clock
from services.storage.repositories.segments import SEEN_TO_EVERY
from services.storage.store import Store

__all__ = ["KeepIndex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepIndex:
    """Carries out ``keep_index``; the key is the book's id."""

    store: Store
    renew: Callable[[Book], Awaitable[bool]]
    """Sees to what is stored; tells whether anything is."""
    clock: Clock

    async def __call__(self, task: Task) -> None:
        """Do it, unless the book is gone; one in the bin may come back."""
        book = await self.store.books.find(task.tenant, BookId(task.key))
        if book is not None and await self.renew(book):
            await self.store.tasks.put(replace(task, due_at=self.clock.now() + SEEN_TO_EVERY))
