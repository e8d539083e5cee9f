from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from services.books.books import Books
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.model.books import Book, BookKind
from services.model.contacts import ContactId
from services.model.errors import TooOld
from services.search import Search
from services.search.entries import contact_entry
from services.search.shelf import Indexes
from services.search.wanted import wanted_of
from services.storage.sealed import Opened
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    a_contact,
    a_contact_content,
    a_person,
    a_person_home,
    an_author,
    an_event_content,
)
from tests._fakes import FrozenClock

INES, TOM = an_author("ines"), an_author("tom")


@pytest.fixture
def search(store: Store, books: Books) -> Search:
    return Search(store, books)


async def people(search: Search, text: str, skip: int = 0, limit: int = 25) -> list[str]:
    found = await search.contacts(a_person(), text, skip, limit)
    return [contact.content.name for contact in found.records]


async def test_what_is_written_is_found_at_once_and_what_is_deleted_no_more(
    search: Search, contacts: Contacts, contact_list: Book
) -> None:
    assert await people(search, "ada") == []
    made = await contacts.create(INES, contact_list.id, a_contact_content())
    assert await people(search, "ada") == ["Ada Byron"]
    content = replace(made.content, name="Ada Lovelace")
    await contacts.edit(TOM, contact_list.id, made.id, content)
    assert await people(search, "byron") == []
    assert await people(search, "lovel") == ["Ada Lovelace"]
    await contacts.delete(INES, contact_list.id, made.id)
    assert await people(search, "ada") == []
    await search.close()


async def test_a_file_of_what_is_found_does_not_end_where_pages_do(
    search: Search, store: Store, contact_list: Book
) -> None:
    some = [a_contact(id=ContactId(f"c{n}"), name=f"Robin {n}") for n in range(1_100)]
    await store.contacts.save_all([(None, each) for each in some], contact_list)
    assert len(await people(search, "robin", limit=2_000)) == 1_000
    assert len(await search.all_contacts(a_person(), "robin", contact_list.id)) == 1_100
    assert await search.all_contacts(a_person("mallory"), "…", contact_list.id) == ()


async def test_a_search_goes_through_every_list_on_the_shelf(
    search: Search, contacts: Contacts, contact_list: Book, books: Books
) -> None:
    own = await books.at_home(INES, a_person_home(), BookKind.CONTACTS, zone=BERLIN, language="en")
    await contacts.create(INES, own.id, a_contact_content(name="Adam Own", company="x"))
    await contacts.create(INES, contact_list.id, a_contact_content(company="Adams"))
    assert await people(search, "adam") == ["Adam Own", "Ada Byron"]
    toms = await search.contacts(a_person("tom"), "adam")  # who has met neither list
    assert (toms.records, toms.books) == ((), {})
    await search.close()


async def test_results_come_in_pages(
    search: Search, contacts: Contacts, contact_list: Book, clock: FrozenClock
) -> None:
    for number in range(7):
        clock.advance(1)
        await contacts.create(INES, contact_list.id, a_contact_content(name=f"Ann {number}"))
    assert await people(search, "ann", 0, 3) == ["Ann 0", "Ann 1", "Ann 2"]
    assert await people(search, "ann", 3, 3) == ["Ann 3", "Ann 4", "Ann 5"]
    assert await people(search, "ann", 6, 3) == ["Ann 6"]
    assert await people(search, "ann", 9, 3) == []
    assert await people(search, "", 0, 2) == ["Ann 6", "Ann 5"]
    assert await people(search, "  ", 2, 2) == ["Ann 4", "Ann 3"]
    assert await people(search, "?!", 0, 2) == []
    assert await people(search, "ann", -5, 2) == ["Ann 0", "Ann 1"]
    assert await people(search, "ann", 0, 0) == []
    assert await people(search, "ann", 5000, 25) == []
    await search.close()


async def test_events_are_found_by_title(search: Search, events: Events, calendar: Book) -> None:
    await events.create(INES, calendar.id, an_event_content())
    found = await search.events(a_person(), "lun")
    assert [event.content.title for event in found.records] == ["Lunch with Ines"]
    assert found.books == {calendar.id: calendar}
    await search.close()


async def test_many_searches_at_once_build_one_index(
    search: Search, contacts: Contacts, contact_list: Book
) -> None:
    for number in range(30):
        await contacts.create(INES, contact_list.id, a_contact_content(name=f"Ann {number}"))
    found = await asyncio.gather(*(people(search, "ann") for _ in range(10)))
    assert {len(one) for one in found} == {25}
    await search.close()


async def test_the_least_recently_used_index_goes_when_room_is_short(
    store: Store, books: Books, contacts: Contacts, contact_list: Book
) -> None:
    own = await books.at_home(INES, a_person_home(), BookKind.CONTACTS, zone=BERLIN, language="en")
    for book in (contact_list, own):
        await contacts.create(INES, book.id, a_contact_content())
    tight = Search(store, books, max_bytes=1)
    for _ in range(3):
        assert len((await tight.contacts(a_person(), "ada")).records) == 2
    await tight.close()


async def test_an_index_that_missed_too_much_is_made_anew(
    store: Store, contacts: Contacts, contact_list: Book
) -> None:
    class Forgetful:
        """A ledger that knows no changes since a revision, only everything."""

        async def revision(self, book: Book) -> int:
            return await store.contacts.revision(book)

        async def unread(
            self, book: Book, since: int
        ) -> AsyncIterator[tuple[Sequence[Opened], int]]:
            if since:
                raise TooOld
            async for page in store.contacts.unread(book, 0):
                yield page

    indexes = Indexes(Forgetful(), store.segments, contact_entry, 10**9, patience=60)
    for _ in range(2):
        await contacts.create(INES, contact_list.id, a_contact_content())
        index = await indexes.of(contact_list)
    assert len(index.search(wanted_of("ada"), 9)) == 2
    await indexes.close()
