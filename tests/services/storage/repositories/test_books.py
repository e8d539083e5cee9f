from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.model.books import BookKind
from services.model.errors import NotFound, Stale
from services.storage.store import Store
from tests._builders import (
    OTHER_TENANT,
    a_book,
    a_channel_home,
    a_contact_list,
    a_person,
    a_person_home,
)


async def test_a_book_comes_back(store: Store) -> None:
    added = await store.books.add(a_book())
    assert added == replace(a_book(), etag=added.etag)
    assert await store.books.get(added.tenant, added.id) == added


async def test_a_book_is_added_once(store: Store) -> None:
    await store.books.add(a_book())
    with pytest.raises(Stale):
        await store.books.add(a_book(name="other"))


async def test_another_tenants_book_is_not_found(store: Store) -> None:
    await store.books.add(a_book())
    with pytest.raises(NotFound) as caught:
        await store.books.get(OTHER_TENANT, a_book().id)
    assert caught.value.what == "book"
    assert await store.books.of_home(a_channel_home(tenant=OTHER_TENANT), BookKind.CALENDAR) == ()


async def test_an_outdated_book_is_refused(store: Store) -> None:
    first = await store.books.add(a_book())
    second = await store.books.save(replace(first, name="Crew"))
    assert await store.books.get(first.tenant, first.id) == second
    with pytest.raises(Stale):
        await store.books.save(replace(first, name="other"))


async def test_books_of_a_home_are_of_one_kind_and_the_oldest_first(store: Store) -> None:
    newer = a_book(id="newer", created_at=a_book().created_at + timedelta(days=1))
    books = [await store.books.add(book) for book in (newer, a_book(id="older"))]
    await store.books.add(a_contact_list())
    await store.books.add(a_book(id="elsewhere", home=a_channel_home("other")))
    mine = await store.books.add(a_book(id="mine", home=a_person_home()))
    found = await store.books.of_home(a_channel_home(), BookKind.CALENDAR)
    assert found == (books[1], books[0])
    assert await store.books.of_home(a_person_home(), BookKind.CALENDAR) == (mine,)


async def test_a_book_that_has_moved_is_at_its_new_home_only(store: Store) -> None:
    added = await store.books.add(a_book())
    moved = await store.books.save(replace(added, home=a_person_home()))
    assert await store.books.of_home(a_channel_home(), BookKind.CALENDAR) == ()
    assert await store.books.of_home(a_person_home(), BookKind.CALENDAR) == (moved,)


async def test_a_shelf_keeps_the_order_of_meeting_and_writes_once(store: Store) -> None:
    ines = a_person()
    books = [a_book(id=id).id for id in ("c", "a", "b", "a")]
    for book in books:
        await store.shelves.put(ines, book)
    assert await store.shelves.of_person(ines) == ("c", "a", "b")
    assert await store.shelves.of_person(a_person("otto")) == ()
    place = await store.vault.partition(ines.tenant, "shelf", ines.object_id)
    assert await place.revision() == 3
