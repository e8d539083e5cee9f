"""Whatever fills a book sees to its search index, so that no first search begins with nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.jobs.then_indexed import Books, ThenIndexed
from services.model.books import Book
from services.model.tasks import Task, TaskKind, sync_task
from services.storage.store import Store
from tests._builders import LONG_AGO, a_contact_list, a_link

BOOK = a_contact_list()


class Recorded:
    """Writes down in which order things happen."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.done: list[str] = []
        self._failure = failure

    async def job(self, task: Task) -> None:
        self.done.append(task.kind.value)
        if self._failure:
            raise self._failure

    async def keep(self, book: Book) -> None:
        self.done.append(book.id)


def a_task(kind: TaskKind, key: str, **payload: str) -> Task:
    return Task(kind=kind, tenant=BOOK.tenant, key=key, payload=payload, due_at=LONG_AGO)


@pytest.mark.parametrize(
    "task",
    [
        a_task(TaskKind.IMPORT_FILE, "1", book=BOOK.id, host=BOOK.tenant),
        a_task(TaskKind.CLONE_BOOK, BOOK.id),
    ],
    ids=lambda task: task.kind.value,
)
async def test_behind_an_import_or_a_copy_the_book_is_indexed(store: Store, task: Task) -> None:
    await store.books.add(BOOK)
    seen = Recorded()
    await ThenIndexed(seen.job, Books(store).of, seen.keep)(task)
    assert seen.done == [task.kind.value, BOOK.id]


async def test_behind_the_first_sync_of_a_link_alone(store: Store) -> None:
    await store.books.add(BOOK)
    link = a_link(book=BOOK.id, synced_at=None)
    task = sync_task(link.person, link.id, LONG_AGO)
    seen = Recorded()
    job = ThenIndexed(seen.job, Books(store).of, seen.keep)
    await job(task)  # it was removed meanwhile
    assert seen.done.pop() == "sync_link"

    link = await store.links.add(link)
    await job(task)
    assert seen.done == ["sync_link", BOOK.id]
    await store.links.save(replace(link, synced_at=LONG_AGO))
    await job(task)
    assert seen.done == ["sync_link", BOOK.id, "sync_link"]


async def test_a_job_that_fails_says_so_and_nothing_is_indexed(store: Store) -> None:
    await store.books.add(BOOK)
    seen = Recorded(ValueError("no"))
    job = ThenIndexed(seen.job, Books(store).of, seen.keep)
    with pytest.raises(ValueError, match="no"):
        await job(a_task(TaskKind.CLONE_BOOK, BOOK.id))
    assert seen.done == ["clone_book"]
