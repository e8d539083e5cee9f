"""Search segments: written whole or not at all, dropped for good, gone after thirty days."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from services.model.books import Book
from services.model.errors import Damaged, Stale
from services.model.ports import Records, Remove
from services.storage import tallies
from services.storage.keys import KeyRing
from services.storage.repositories import places
from services.storage.repositories.segments import Listed
from services.storage.rotation import MOST_SEALS, Place
from services.storage.sealed import SealedPartition
from services.storage.store import Store, open_store
from tests._builders import a_book, a_contact, a_contact_list, a_person, an_author
from tests._fakes import FrozenClock

BOOK, OTHER = a_contact_list(), a_book()
DAY = timedelta(days=1)
LARGE = [bytes([n]) * 700_000 for n in range(3)]


async def write(
    store: Store, until: int, *pieces: bytes, kept: int = 99, listed: Listed | None = None
) -> None:
    before = listed or await store.segments.listed(BOOK)
    await store.segments.write(BOOK, before, kept, until, 10 * until, pieces)


async def stored(store: Store, book: Book = BOOK) -> list[list[bytes]]:
    listed = await store.segments.listed(book)
    return [
        [piece async for piece in store.segments.pieces(book, listed, segment)]
        for segment in listed.segments
    ]


async def partition(store: Store) -> SealedPartition:
    return await places.segments(store.vault, BOOK.tenant, BOOK.id)


async def parts(store: Store) -> int:
    return len(await (await partition(store)).find("part"))


async def test_segments_are_listed_one_after_the_other(store: Store) -> None:
    assert (await store.segments.listed(BOOK)).until == 0
    await write(store, 5, *LARGE)
    await write(store, 7, b"small")
    listed = await store.segments.listed(BOOK)
    assert [(each.until, each.rows) for each in listed.segments] == [(5, 50), (7, 70)]
    assert listed.until == 7 and not listed.is_ageing
    assert await stored(store) == [LARGE, [b"small"]]
    assert await stored(store, OTHER) == []


async def test_one_takes_the_place_of_the_last_ones_whose_parts_go(store: Store) -> None:
    for until in (1, 2, 3):
        await write(store, until, b"%d" % until, b"more")
    await write(store, 9, b"all", kept=1)
    assert await stored(store) == [[b"1", b"more"], [b"all"]]
    assert await parts(store) == 3


async def test_the_ledger_does_not_move_when_segments_are_written(store: Store) -> None:
    await write(store, 5, b"1")
    assert await store.contacts.revision(BOOK) == 0


async def test_of_two_who_write_at_once_one_wins_and_the_list_is_whole(store: Store) -> None:
    before = await store.segments.listed(BOOK)
    done = await asyncio.gather(
        *(write(store, n, b"%d" % n, b"more", listed=before) for n in (1, 2, 3)),
        return_exceptions=True,
    )
    lost = [each for each in done if isinstance(each, Stale)]
    winners = await stored(store)
    assert len(lost) >= 2 and len(winners) == 3 - len(lost)
    await write(store, 9, b"next", kept=0)
    assert await stored(store) == [[b"next"]]


async def test_after_a_drop_nobody_finishes_what_was_begun_before(store: Store) -> None:
    first = await store.segments.listed(BOOK)
    await store.segments.drop(BOOK)
    with pytest.raises(Stale):  # even if there had never been any
        await write(store, 5, b"1", listed=first)
    await write(store, 5, b"1", *LARGE)
    second = await store.segments.listed(BOOK)
    await store.segments.drop(BOOK)
    with pytest.raises(Stale):
        await write(store, 7, b"2", listed=second)
    assert await stored(store) == [] and await parts(store) == 0


async def test_a_drop_takes_away_what_a_crash_has_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, commits = SealedPartition.commit, count()

    async def until_the_fifth(self: SealedPartition, *given: Any) -> int:
        if next(commits) == 4:
            raise asyncio.CancelledError
        return await commit(self, *given)

    with monkeypatch.context() as dying:
        dying.setattr(SealedPartition, "commit", until_the_fifth)
        with pytest.raises(asyncio.CancelledError):
            await write(store, 5, *(b"%d" % n for n in range(80)))
    assert 0 < await parts(store) < 5 and await stored(store) == []
    await store.segments.drop(BOOK)
    assert await parts(store) == 0


async def test_a_reader_is_told_that_a_segment_was_replaced_meanwhile(store: Store) -> None:
    await write(store, 5, b"1", b"2")
    listed = await store.segments.listed(BOOK)
    reading = store.segments.pieces(BOOK, listed, listed.segments[0])
    assert await anext(reading) == b"1"
    await write(store, 7, b"3", kept=0)
    with pytest.raises(Stale):
        await anext(reading)


async def test_a_part_that_is_missing_is_damage(store: Store) -> None:
    await write(store, 5, b"1", b"2")
    sealed = await partition(store)
    part = (await sealed.records.find(sealed.name, "part")).records[0]
    await sealed.records.commit(sealed.name, [Remove(id=part.id)])
    with pytest.raises(Damaged, match="missing"):
        await stored(store)


async def test_after_thirty_days_there_are_none_and_ten_before_they_are_ageing(
    store: Store, clock: FrozenClock
) -> None:
    await write(store, 5, b"1")
    clock.advance(19 * DAY)
    await write(store, 7, b"2")
    assert not (await store.segments.listed(BOOK)).is_ageing
    clock.advance(2 * DAY)
    assert (await store.segments.listed(BOOK)).is_ageing
    assert await stored(store) == [[b"1"], [b"2"]]
    clock.advance(9 * DAY)
    assert await stored(store) == []  # what goes on where nothing ends is worth nothing
    await write(store, 9, b"3")
    assert await stored(store) == [[b"3"]]
    clock.advance(31 * DAY)
    assert (await store.segments.listed(BOOK)).etag == ""


async def test_a_person_who_is_taken_out_of_a_book_is_in_no_segment_of_it(store: Store) -> None:
    await store.contacts.save(a_contact(book=BOOK.id, created_by=an_author()), BOOK)
    await write(store, 1, b"with their name")
    before = await store.segments.listed(BOOK)
    await store.books.anonymise(BOOK, a_person())
    assert await parts(store) == 0
    with pytest.raises(Stale):
        await write(store, 1, b"with their name", listed=before)


async def test_a_book_that_is_erased_takes_its_segments_along(store: Store) -> None:
    book = await store.books.add(BOOK)
    await write(store, 1, b"1")
    await store.books.erase(book)
    assert await parts(store) == 0


async def test_new_data_keys_reach_them_like_all_else(
    store: Store, records: Records, ring: KeyRing, clock: FrozenClock
) -> None:
    await write(store, 5, *LARGE)
    listed = await store.segments.listed(BOOK)
    counted = await store.vault.directory(tallies.PLACE)
    await tallies.add(counted, BOOK.tenant, 1, MOST_SEALS)
    assert await store.rotation.turn() == [BOOK.tenant]
    clock.advance(DAY)
    place = Place()
    while not place.is_done:
        place = await store.rotation.reseal(BOOK.tenant, place)
    assert place.found == 4
    again = await open_store(records, ring, clock)
    assert await stored(again) == [LARGE]
    with pytest.raises(Stale):  # the list was written anew, so whoever read it looks again
        await write(again, 7, b"2", listed=listed)
