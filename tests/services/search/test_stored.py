"""An index from stored segments and the ledger's tail is the index from the ledger alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.books import Book
from services.model.contacts import Contact
from services.model.errors import Broken, NoRoom, NotFound, Stale
from services.model.ports import Put, Remove
from services.search.entries import contact_entry
from services.search.index import Index
from services.search.shelf import Indexes
from services.search.stored import load
from services.search.wanted import wanted_of
from services.storage.codec import decode
from services.storage.keys import KeyRing
from services.storage.repositories import places
from services.storage.repositories.segments import Listed
from services.storage.sealed import Opened
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from tests._builders import a_contact, a_contact_list, a_person
from tests._fakes import FrozenClock
from tests.services.search._segments import NoSegments
from tests.services.storage._engines import opened

BOOK = a_contact_list()
DAY = timedelta(days=1)
FEWEST = 3
NAMES = ("Ada Byron", "Adam Byrd", "Bea Adamson", "Grace Hopper", "Ådne Hopp", "Bo Ray", "王小明")
QUESTIONS = ("a", "ad", "ada", "byr", "hop", "hoper", "adam by", "ray", "小明", "engines", "x1x")


class Noted:
    """A ledger that notes what it was asked for."""

    def __init__(self, store: Store) -> None:
        self._ledger = store.contacts
        self.asked: list[int] = []

    async def revision(self, book: Book) -> int:
        return await self._ledger.revision(book)

    async def unread(self, book: Book, since: int) -> AsyncIterator[tuple[Sequence[Opened], int]]:
        self.asked.append(since)
        async for page in self._ledger.unread(book, since):
            yield page


def indexes(store: Store, ledger: Noted | None = None) -> Indexes:
    return Indexes(
        ledger or store.contacts, store.segments, contact_entry, 10**9, patience=60, fewest=FEWEST
    )


async def save(store: Store, number: int, name: str, **more: Any) -> Contact:
    before = await store.contacts.find(BOOK, a_contact(id=str(number)).id)
    contact = a_contact(
        id=str(number), name=name, company=f"x{number}x", etag=before.etag if before else "", **more
    )
    return await store.contacts.save(contact, BOOK)


async def save_some(store: Store, first: int, many: int = FEWEST) -> None:
    for number in range(first, first + many):
        await save(store, number, NAMES[number % len(NAMES)])


async def settled(some: Indexes) -> Index:
    """Return the index once what had to be stored is stored."""
    index = await some.of(BOOK)
    while tasks := [one.writing for one in some._shelf.values() if one.writing]:
        await asyncio.wait(tasks)
    return index


def found(index: Index) -> dict[str, list[tuple[int, str, int]]]:
    """Return what all questions find; equals stand in the order of the index, so by id here."""
    return {
        question: sorted((one.rank, decode(Contact, one.body).id, one.revision) for one in hits)
        for question in QUESTIONS
        for hits in (index.search(wanted_of(question), 99),)
    }


async def expected(store: Store) -> dict[str, list[tuple[int, str, int]]]:
    """Return what an index finds that was made of the ledger alone."""
    index = Index(contact_entry)
    async for page, _ in store.contacts.unread(BOOK, 0):
        index.put(index.prepare(page))
    return found(index)


async def test_a_cold_start_reads_segments_and_of_the_ledger_only_what_came_since(
    store: Store,
) -> None:
    await save_some(store, 0, 20)
    first = indexes(store)
    await settled(first)
    await first.close()
    await save(store, 3, "Zoe Quist")
    ledger = Noted(store)
    second = indexes(store, ledger)
    assert found(await second.of(BOOK)) == await expected(store)
    assert ledger.asked == [20]
    await second.close()


async def test_few_records_are_no_segment(store: Store) -> None:
    await save_some(store, 0, FEWEST - 1)
    some = indexes(store)
    await settled(some)
    assert (await store.segments.listed(BOOK)).segments == ()
    await some.close()


async def test_after_very_much_was_written_the_index_is_stored_before_anybody_searches(
    store: Store,
) -> None:
    await save_some(store, 0)
    some = indexes(store)
    await some.keep(BOOK)
    await some.close()
    assert (await store.segments.listed(BOOK)).segments
    ledger = Noted(store)
    later = indexes(store, ledger)
    assert found(await later.of(BOOK)) == await expected(store)
    assert ledger.asked == [await store.contacts.revision(BOOK)]
    await later.close()


async def test_what_comes_later_is_a_segment_of_its_own_and_small_ones_become_one(
    store: Store,
) -> None:
    some = indexes(store)
    rows = []
    for round in range(6):
        await save_some(store, 100 * round, 40 if round == 0 else FEWEST)
        await settled(some)
        rows.append([each.rows for each in (await store.segments.listed(BOOK)).segments])
    assert rows == [[40], [40, 3], [40, 6], [40, 9], [52], [52, 3]]
    await some.close()
    fresh = indexes(store)
    assert found(await fresh.of(BOOK)) == await expected(store)
    await fresh.close()


async def test_what_is_deleted_is_gone_though_an_older_segment_has_it(store: Store) -> None:
    some = indexes(store)
    await save_some(store, 0, 40)
    await settled(some)
    for number in (0, 7, 14, 21):
        await save(store, number, "Ada Byron", deleted_at=store.vault.clock.now())
    await settled(some)
    assert [each.rows for each in (await store.segments.listed(BOOK)).segments] == [40, 4]
    await save(store, 7, "Ada Byron")  # had back
    await some.close()
    fresh = indexes(store)
    assert found(await fresh.of(BOOK)) == await expected(store)
    await fresh.close()


async def test_two_instances_store_at_once_and_both_find_everything(store: Store) -> None:
    both = indexes(store), indexes(store)
    for round in range(4):
        await save_some(store, 10 * round, 7)
        await asyncio.gather(*map(settled, both))
    for each in (*both, indexes(store)):
        assert found(await each.of(BOOK)) == await expected(store)
        await each.close()


async def test_a_damaged_segment_is_noted_and_made_anew(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await save_some(store, 0, 9)
    first = indexes(store)
    await settled(first)
    await first.close()
    sealed = await places.segments(store.vault, BOOK.tenant, BOOK.id)
    part = (await sealed.records.find(sealed.name, "part")).records[0]
    flipped = part.body[:-1] + bytes([part.body[-1] ^ 1])
    await sealed.records.commit(sealed.name, [Put(id=part.id, kind=part.kind, body=flipped)])
    second = indexes(store)
    assert found(await settled(second)) == await expected(store)
    assert "segments are made anew" in caplog.text
    assert [each.rows for each in (await store.segments.listed(BOOK)).segments] == [9]
    await second.close()


async def test_a_damaged_list_is_noted_and_made_anew(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    sealed = await places.segments(store.vault, BOOK.tenant, BOOK.id)
    await save_some(store, 0, 2)
    await store.segments.drop(BOOK)
    (record,) = (await sealed.records.find(sealed.name, "list")).records
    await sealed.records.commit(sealed.name, [Put(id=record.id, kind="list", body=b"?")])
    some = indexes(store)
    assert found(await settled(some)) == await expected(store)
    assert "segments are made anew" in caplog.text
    await some.close()


async def test_a_store_that_takes_no_segments_stops_nobody_from_searching(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(NoSegments):
        """The disk is full."""

        async def write(self, *given: object) -> None:
            raise NoRoom("the disk is full")

    await save_some(store, 0, 9)
    some = Indexes(store.contacts, Full(), contact_entry, 10**9, patience=60, fewest=FEWEST)
    assert found(await settled(some)) == await expected(store)
    assert "segments were not stored: NoRoom" in caplog.text
    await some.close()


async def test_segments_are_written_anew_before_they_expire(
    store: Store, clock: FrozenClock
) -> None:
    await save_some(store, 0, 9)
    for days in (0, 21, 21, 31):
        clock.advance(days * DAY)
        some = indexes(store)
        assert found(await settled(some)) == await expected(store)
        await some.close()
        (segment,) = (await store.segments.listed(BOOK)).segments
        assert segment.expires_at == clock.now() + 30 * DAY


async def test_a_process_that_goes_on_for_months_stores_anew_what_ends(
    store: Store, clock: FrozenClock
) -> None:
    await save_some(store, 0, 9)
    ledger = Noted(store)
    some = indexes(store, ledger)
    await settled(some)
    for days in (19, 2, 31):
        clock.advance(days * DAY)
        assert await some.renew(BOOK)
        (segment,) = (await store.segments.listed(BOOK)).segments
        assert segment.expires_at == clock.now() + (11 if days == 19 else 30) * DAY
    assert ledger.asked == [0], "it is copied from what is in memory"
    await some.close()


async def test_what_was_dropped_is_stored_anew_and_nothing_of_it_stays_in_memory(
    store: Store,
) -> None:
    await save_some(store, 0, 9)
    some = indexes(store)
    await settled(some)
    for each in (some, indexes(store)):
        await store.segments.drop(BOOK)
        assert await each.renew(BOOK)
        assert (await store.segments.listed(BOOK)).until == await store.contacts.revision(BOOK)
        assert len(each._shelf) == (each is some)
        await each.close()


async def test_of_few_records_there_is_nothing_to_store_anew(store: Store) -> None:
    await save_some(store, 0, FEWEST - 1)
    some = indexes(store)
    assert not await some.renew(BOOK)
    await some.close()


async def test_a_tombstone_that_expired_unseen_leaves_nothing_in_the_segments(
    store: Store, clock: FrozenClock
) -> None:
    await save_some(store, 0, 40)
    some = indexes(store)
    await settled(some)
    await save(store, 0, "Ada Byron", deleted_at=clock.now())
    clock.advance(29 * DAY)
    await save_some(store, 100, 40)
    clock.advance(2 * DAY)
    for each in (some, indexes(store)):  # one that slept for a month, and one that is new
        assert found(await settled(each)) == await expected(store)
        await each.close()


async def test_nobody_who_was_taken_out_comes_back_with_a_segment(store: Store) -> None:
    await save_some(store, 0, 9)
    some = indexes(store)
    await settled(some)
    await store.books.anonymise(BOOK, a_person())
    index = await settled(some)
    bodies = [one.body for question in ("a", "b") for one in index.search(wanted_of(question), 99)]
    await save_some(store, 50)
    await settled(some)
    await some.close()
    fresh = indexes(store)
    index = await fresh.of(BOOK)
    bodies += [one.body for one in index.search(wanted_of("b"), 99)]
    old = [body for body in bodies if b'"5' not in body]
    assert old and all(a_person().object_id.encode() not in body for body in old)
    await fresh.close()


class Overtaken:
    """Segments of which somebody is taken out just before they are written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.drop, self.pieces, self.write = (
            store.segments.drop,
            store.segments.pieces,
            store.segments.write,
        )
        self._asked = 0

    async def listed(self, book: Book) -> Listed:
        self._asked += 1
        if self._asked == 2:  # the first time is for reading
            await self._store.books.anonymise(book, a_person())
        return await self._store.segments.listed(book)


async def test_who_was_taken_out_after_the_index_was_read_is_not_stored(store: Store) -> None:
    await save_some(store, 0, 9)
    some = Indexes(
        store.contacts, Overtaken(store), contact_entry, 10**9, patience=60, fewest=FEWEST
    )
    await settled(some)
    await some.close()
    stored = Index(contact_entry)
    await load(store.segments, BOOK, await store.segments.listed(BOOK), stored)
    hits = stored.newest(99)
    assert len(hits) == 9
    assert all(a_person().object_id.encode() not in one.body for one in hits)


async def test_it_is_the_same_on_cosmos_db(tmp_path: Path, clock: FrozenClock) -> None:
    async with opened("cosmos", tmp_path, clock) as records:
        store = await open_store(records, KeyRing.generate("k1"), clock)
        some = indexes(store)
        for first, many in ((0, 30), (3, 4), (100, 4), (200, 20)):
            await save_some(store, first, many)
            await save(store, first, "Gone Gone", deleted_at=clock.now())
            assert found(await settled(some)) == await expected(store)
            fresh = indexes(store)
            assert found(await fresh.of(BOOK)) == await expected(store)
            await fresh.close()
        await some.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(0, 12)),
        st.tuples(st.just("delete"), st.integers(0, 12)),
        st.tuples(st.just("search"), st.integers(0, 1)),
        st.tuples(st.just("crash"), st.integers(0, 1)),
        st.tuples(st.just("lose"), st.integers(0, 3)),
        st.tuples(st.just("drop"), st.just(0)),
        st.tuples(st.just("sleep"), st.sampled_from([1, 12, 25])),
    ),
    max_size=40,
)


@pytest.mark.slow
@given(STEPS, st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_after_any_edits_and_crashes_segments_and_tail_are_the_ledger(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], seed: int
) -> None:
    asyncio.run(_walk(tmp_path_factory.mktemp("walk"), steps, random.Random(seed)))


async def _walk(folder: Path, steps: list[tuple[str, int]], dice: random.Random) -> None:
    clock = FrozenClock()
    records = await SqliteRecords.open(folder / "almanac.db", clock)
    store = await open_store(records, KeyRing.generate("k1"), clock)
    both = [indexes(store), indexes(store)]
    for what, number in steps:
        with suppress(NotFound, Stale, Broken):
            if what == "save":
                await save(store, number, dice.choice(NAMES))
            elif what == "delete":
                await save(store, number, "Gone Gone", deleted_at=clock.now())
            elif what == "search":
                assert found(await both[number].of(BOOK)) == await expected(store)
            elif what == "crash":
                for _ in range(dice.randrange(30)):
                    await asyncio.sleep(0)
                await both[number].close()
                both[number] = indexes(store)
            elif what == "lose":
                await _lose(store, number)
            elif what == "drop":
                await store.segments.drop(BOOK)
            elif what == "sleep":
                clock.advance(number * DAY)
    for each in (*both, indexes(store)):
        assert found(await settled(each)) == await expected(store)
        await each.close()
    await records.close()


async def _lose(store: Store, number: int) -> None:
    """Take some part of a segment away, as damage does."""
    sealed = await places.segments(store.vault, BOOK.tenant, BOOK.id)
    parts = (await sealed.records.find(sealed.name, "part")).records
    if parts:
        id = parts[number % len(parts)].id
        await sealed.records.commit(sealed.name, [Remove(id=id)])
