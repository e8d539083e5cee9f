"""Files that wait, books that are erased, and a person who is taken out of the books of others."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from services.model.contacts import ContactId
from services.model.errors import NotFound, ReadOnlyReason, Stale, TooOld
from services.model.events import Author, EventId, Mirror
from services.model.identity import NOBODY, ConversationId
from services.model.posts import Post
from services.storage.repositories import places
from services.storage.repositories.forgetting import is_by
from services.storage.sealed import Remove
from services.storage.store import Store
from tests._builders import (
    OTHER_TENANT,
    a_book,
    a_channel,
    a_contact,
    a_contact_list,
    a_link,
    a_person,
    an_author,
    an_event,
)
from tests._fakes import NOON, FrozenClock

BOOK, LIST = a_book(), a_contact_list()
DAY = timedelta(days=1)
TOM = an_author("tom")
MEETING = Mirror(ReadOnlyReason.HAS_ATTENDEES)


async def test_a_file_is_fetched_once(store: Store) -> None:
    data = bytes(range(256)) * 5_000  # three pieces
    token = await store.exports.put(a_person(), data, NOON + DAY)
    assert await store.exports.look(token) is not None
    assert await store.exports.take(token) == data
    assert await store.exports.take(token) is None
    assert await store.exports.look(token) is None
    assert await store.exports.look("guessed") is None


async def test_a_file_that_lacks_a_piece_is_no_file(store: Store) -> None:
    token = await store.exports.put(a_person(), bytes(1_200_000), NOON + DAY)
    hashed = hashlib.sha256(token.encode()).hexdigest()
    partition = await places.export(store.vault, a_person(), hashed)
    await partition.commit([Remove(kind="piece", id="1")])
    assert await store.exports.read(token) is None
    assert await store.exports.take(token) is None
    assert await partition.find("piece") == [], "what is of no use is let go of"


async def test_a_file_is_gone_after_its_time(store: Store, clock: FrozenClock) -> None:
    token = await store.exports.put(a_person(), b"zip", NOON + DAY)
    clock.advance(DAY)
    assert await store.exports.take(token) is None


async def test_of_two_who_fetch_at_once_one_gets_the_file(store: Store) -> None:
    token = await store.exports.put(a_person(), b"zip", NOON + DAY)
    taken = await asyncio.gather(*(store.exports.take(token) for _ in range(5)))
    assert taken.count(b"zip") == 1 and taken.count(None) == 4


async def test_files_of_one_person_can_be_withdrawn(store: Store) -> None:
    mine, toms = [
        await store.exports.put(a_person(name), b"zip", NOON + DAY) for name in ("ines", "tom")
    ]
    await store.exports.remove_all_of(a_person())
    assert await store.exports.look(mine) is None
    assert await store.exports.look(toms) is not None


async def test_an_erased_book_leaves_nothing_and_readers_start_over(store: Store) -> None:
    book = await store.books.add(BOOK)
    for number in range(120):
        await store.events.save(an_event(id=EventId(str(number))), book)
    post = Post(
        conversation=ConversationId("19:c"),
        activity_id="1",
        book=book.id,
        item="1",
        posted_at=NOON,
    )
    await store.posts.add(post, book)
    await store.links.add(a_link())
    revision = await store.events.revision(book)
    await store.books.erase(book)
    with pytest.raises(NotFound):
        await store.books.get(book.tenant, book.id)
    assert (await store.events.changes(book, 0))[0] == []
    with pytest.raises(TooOld):
        await store.events.changes(book, revision)
    assert await store.posts.of_item(book, EventId("1")) == ()
    assert await store.links.of_book(book.tenant, book.id) == ()
    await store.books.erase(book)


async def test_a_person_is_taken_out_of_a_book_with_its_history_and_log(
    store: Store, clock: FrozenClock
) -> None:
    first = await store.events.save(an_event(), BOOK)
    second = await store.events.save(replace(first, updated_by=TOM, updated_at=clock.now()), BOOK)
    gone = await store.events.save(an_event(id=EventId("gone")), BOOK)
    await store.events.save(replace(gone, deleted_at=clock.now()), BOOK)
    theirs = await store.events.save(
        an_event(id=EventId("tom"), created_by=TOM, updated_by=TOM), BOOK
    )
    partition = await store.vault.partition(BOOK.tenant, "ledger", BOOK.id)

    # Two events, the history of two, and the entries of their writes but Tom's.
    assert await store.books.anonymise(BOOK, a_person()) == 2 + 2 + 3
    assert await store.books.anonymise(BOOK, a_person()) == 0
    event = await store.events.get(BOOK, first.id)
    assert (event.created_by.person, event.created_by.name) == (NOBODY, "")
    assert (event.updated_by, event.content) == (TOM, second.content)
    assert await store.events.get(BOOK, theirs.id) == theirs
    (before,) = await store.events.history(BOOK, first.id)
    assert before.updated_by.person == NOBODY
    tombstone = await store.events.find(BOOK, gone.id)
    assert tombstone is not None and tombstone.deleted_at is not None
    people = [entry.by.person for entry in await store.audit.newest(BOOK, 20)]
    assert people.count(NOBODY) == 3 and people.count(TOM.person) == 2
    opened = [each.body for each in (await partition.changes(0))[0]]
    assert not [body for body in opened if a_person().object_id.encode() in body]
    # Found by time as before, and written on by whoever comes next.
    assert await store.events.save(replace(event, updated_at=clock.now()), BOOK)


async def test_whose_outlook_wrote_an_event_is_forgotten_with_them(store: Store) -> None:
    ines = a_person()
    by = Author(None, "Outlook", mailbox=ines)
    meeting = replace(an_event(created_by=TOM, updated_by=by, mirror=MEETING), mirror_of=ines)
    before = await store.events.save(meeting, BOOK)
    assert is_by(before, ines) and not is_by(before, a_person("omar"))
    assert await store.books.anonymise(BOOK, ines) == 1
    event = await store.events.get(BOOK, before.id)
    assert (event.updated_by, event.mirror_of) == (Author(None, "Outlook"), NOBODY)
    partition = await store.vault.partition(BOOK.tenant, "ledger", BOOK.id)
    opened = [each.body for each in (await partition.changes(0))[0]]
    assert not [body for body in opened if ines.object_id.encode() in body]


async def test_a_contact_keeps_what_it_says_of_its_own_person(store: Store) -> None:
    saved = await store.contacts.save(a_contact(), LIST)
    await store.books.anonymise(LIST, a_person())
    contact = await store.contacts.get(LIST, saved.id)
    assert (contact.content, contact.created_by.person) == (saved.content, NOBODY)


async def test_what_is_written_meanwhile_is_anonymised_too(store: Store) -> None:
    saved = [await store.events.save(an_event(id=EventId(str(n))), BOOK) for n in range(40)]

    async def edit() -> None:
        for event in saved[::4]:
            with suppress(Stale):  # whoever is overtaken comes again another day
                current = await store.events.get(BOOK, event.id)
                await store.events.save(replace(current, updated_by=TOM), BOOK)

    await asyncio.gather(store.books.anonymise(BOOK, a_person()), edit())
    await store.books.anonymise(BOOK, a_person())
    events, _ = await store.events.changes(BOOK, 0)
    assert len(events) == 40
    assert {event.created_by.person for event in events} == {NOBODY}


async def test_a_shelf_tells_its_hosts_and_can_be_erased(store: Store) -> None:
    await store.shelves.put(a_person(), BOOK.id)
    await store.shelves.put(a_person(), LIST.id, OTHER_TENANT)
    assert await store.shelves.hosts(a_person()) == {BOOK.tenant, OTHER_TENANT}
    await store.shelves.erase(a_person())
    assert await store.shelves.of_person(a_person()) == ()


async def test_books_and_places_can_be_listed_and_places_forgotten(store: Store) -> None:
    await store.books.add(BOOK)
    await store.books.add(LIST)
    assert {book.id for book in await store.books.all(BOOK.tenant)} == {BOOK.id, LIST.id}
    place = await store.conversations.save(a_channel())
    assert await store.conversations.all(place.tenant) == (place,)
    await store.conversations.remove(place)
    assert await store.conversations.all(place.tenant) == ()


async def test_whoever_is_forgotten_looks_after_no_contact(store: Store) -> None:
    ours = a_contact(created_by=TOM, updated_by=TOM, owner=an_author())
    toms = replace(ours, id=ContactId("2"), content=replace(ours.content, owner=TOM))
    ours, toms = [await store.contacts.save(each, LIST) for each in (ours, toms)]
    assert await store.books.anonymise(LIST, a_person()) == 1
    content = (await store.contacts.get(LIST, ours.id)).content
    assert content == replace(ours.content, owner=None)
    assert await store.contacts.get(LIST, toms.id) == toms
