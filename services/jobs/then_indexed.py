"""What a task does that may write thousands of records, and behind it their book's search index.

So nobody's first search finds a full book of which nothing is indexed: the work is done where
nobody waits. Single edits need none of this; a search takes them in as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.model.books import Book, BookId
from services.model.errors import NotFound
from services.model.identity import TenantId
from services.model.tasks import Task, TaskKind, link_of
from services.storage.store import Store
from services.sync.worker import Job

__all__ = ["BookOf", "Books", "ThenIndexed"]

BookOf = Callable[[Task], Awaitable[Book | None]]


@dataclass(frozen=True, slots=True)
class ThenIndexed:
    """Carries out another job, and then sees to the index of the book that it filled."""

    job: Job
    book_of: BookOf
    """Asked before: which book that will be, ``None`` where only little can be new."""
    keep: Callable[[Book], Awaitable[None]]
    """Sees to the index of a book."""

    async def __call__(self, task: Task) -> None:
        """Do both; what the job raises is raised, and nothing is indexed."""
        book = await self.book_of(task)
        await self.job(task)
        if book is not None:
            await self.keep(book)


@dataclass(frozen=True, slots=True)
class Books:
    """Finds the books that tasks fill."""

    store: Store

    async def of(self, task: Task) -> Book | None:
        """Return the book that an import, a copy or the first sync of a link fills."""
        match task.kind:
            case TaskKind.SYNC_LINK:
                return await self._of_link(task)
            case TaskKind.IMPORT_FILE:
                return await self.store.books.find(_host(task), BookId(task.payload["book"]))
            case _:
                return await self.store.books.find(task.tenant, BookId(task.key))

    async def _of_link(self, task: Task) -> Book | None:
        person, id = link_of(task)
        try:
            link = await self.store.links.get(person, id)
        except NotFound:
            return None  # removed meanwhile
        if link.synced_at is not None:
            return None
        return await self.store.books.find(link.book_tenant, link.book)


def _host(task: Task) -> TenantId:
    return TenantId(task.payload["host"])
