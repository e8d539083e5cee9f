from __future__ import annotations

from dataclasses import replace

import pytest

from services.books.book_changes import change_book
from services.model.books import Book
from services.model.errors import NotFound, Stale
from services.storage.store import Store


def archived(book: Book) -> Book:
    return replace(book, archived=True)


async def test_what_somebody_has_made_of_a_book_meanwhile_stays(
    store: Store, calendar: Book
) -> None:
    await store.books.save(replace(calendar, name="Regatta"))
    await change_book(store.books, calendar, archived)
    now = await store.books.get(calendar.tenant, calendar.id)
    assert (now.name, now.archived) == ("Regatta", True)


async def test_what_changes_nothing_is_not_written(store: Store, calendar: Book) -> None:
    await change_book(store.books, calendar, lambda book: book)
    assert (await store.books.get(calendar.tenant, calendar.id)).etag == calendar.etag


async def test_a_book_that_is_gone_is_let_be(store: Store, calendar: Book) -> None:
    await store.books.save(replace(calendar, name="Regatta"))
    await store.books.erase(calendar)
    await change_book(store.books, calendar, archived)
    with pytest.raises(NotFound):
        await store.books.get(calendar.tenant, calendar.id)


async def test_a_book_that_never_rests_is_said(
    store: Store, calendar: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overtaken(book: Book) -> Book:
        raise Stale("somebody was faster")

    monkeypatch.setattr(store.books, "save", overtaken)
    with pytest.raises(Stale, match="keeps changing"):
        await change_book(store.books, calendar, archived)
