"""Months from memory: always what the store says, whoever has written, and little reading."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from services.model.errors import Damaged, TooOld
from services.model.events import Event, EventId
from services.model.ports import Page, Put, Record, Records
from services.storage.counted import CountedRecords, Numbers
from services.storage.keys import KeyRing
from services.storage.recall import Recall
from services.storage.repositories.weeks import labels_between
from services.storage.sealed import SealedPartition
from services.storage.store import Store, open_store
from tests._builders import a_book, an_event, timed
from tests._fakes import NOON, FrozenClock
from tests.services.storage._engines import ENGINES

BOOK = a_book()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONTH = (NOON, NOON + 31 * DAY)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Reader:
    """Counts what it had to open."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, body: bytes, revision: int) -> str:
        self.times += 1
        return body.decode()


async def flipped(store: Store, partition: SealedPartition, kind: str) -> Record:
    """Return the record of a kind with one bit changed."""
    (record,) = (await store.records.changes(partition.name, 0, kind=kind)).records
    return record._replace(body=record.body[:-1] + bytes([record.body[-1] ^ 1]))


async def restored(store: Store, partition: SealedPartition, record: Record) -> None:
    """Write a record behind the program's back, under the revision that it has."""
    (head,) = await store.records.partitions(after=partition.name[:-1], limit=1)
    await store.records.restore(head, [record])


async def test_a_month_is_opened_once_and_after_a_write_only_what_it_changed(
    store: Store, clock: FrozenClock
) -> None:
    read = Reader()
    recall = Recall("event", read, clock, 1_000_000)
    partition = await store.events._partition(BOOK)
    for number in range(9):
        await store.events.save(an_event(id=EventId(f"{number}")), BOOK)
    label = store.events._labels(an_event())
    assert len(await recall.live(partition, label)) == 9
    assert len(await recall.live(partition, [*label, "week 1900-W01"])) == 9
    assert read.times == 9
    await store.events.save(an_event(id=EventId("9")), BOOK)
    assert len(await recall.live(partition, label)) == 10
    assert read.times == 10


async def test_whoever_asks_at_once_reads_once(store: Store, clock: FrozenClock) -> None:
    read = Reader()
    recall = Recall("event", read, clock, 1_000_000)
    partition = await store.events._partition(BOOK)
    await store.events.save(an_event(), BOOK)
    found = await asyncio.gather(*(recall.live(partition, None) for _ in range(9)))
    assert read.times == 1 and all(len(each) == 1 for each in found)


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_remembered_is_what_the_store_says_whoever_has_written(
    store: Store, records: Records, ring: KeyRing, clock: FrozenClock, seed: int
) -> None:
    dice = Random(seed)
    other = await open_store(records, ring, clock)
    known: dict[str, Event] = {}
    partition = await store.events._partition(BOOK)
    for step in range(30):
        event = an_event(id=EventId(f"{dice.randrange(9)}"), title=f"step {step}")
        start = (NOON + dice.randrange(40) * DAY).strftime("%Y-%m-%dT%H:%M")
        minutes = dice.choice((30, 600, 20_000))
        content = replace(event.content, when=timed(start, minutes))
        before = known.get(event.id)
        is_gone = before is not None and before.deleted_at is None and dice.random() < 0.3
        event = replace(
            event,
            content=content,
            etag=before.etag if before else "",
            deleted_at=clock.now() if is_gone else None,
        )
        known[event.id] = await dice.choice((store, other)).events.save(event, BOOK)
        if dice.random() < 0.1:
            clock.advance(HOUR)
        begin = NOON + dice.randrange(40) * DAY
        window = begin, begin + dice.choice((1, 7, 31)) * DAY
        said = await partition.find("event", labels_between(*window))
        for each in (store, other):
            remembered = await each.events.between(BOOK, *window)
            assert sorted(event.id for event in remembered) == sorted(one.id for one in said)
            assert {known[event.id] for event in remembered} == set(remembered)


async def test_a_list_is_ones_own(store: Store) -> None:
    event = await store.events.save(an_event(), BOOK)
    (await store.events.between(BOOK, *MONTH)).clear()
    assert await store.events.between(BOOK, *MONTH) == [event]


async def test_after_very_many_writes_only_what_is_asked_for_is_read(
    store: Store, clock: FrozenClock
) -> None:
    read = Reader()
    recall = Recall("event", read, clock, 1_000_000)
    partition = await store.events._partition(BOOK)
    assert await recall.live(partition, ["a week"]) == []
    await store.events.save_all([(None, an_event(id=EventId(f"{n}"))) for n in range(540)], BOOK)
    assert await recall.live(partition, ["a week"]) == []
    assert read.times == 0


async def test_what_somebody_changed_behind_the_program_is_noticed_an_hour_later(
    store: Store, clock: FrozenClock
) -> None:
    event = await store.events.save(an_event(), BOOK)
    partition = await store.events._partition(BOOK)
    assert await store.events.between(BOOK, *MONTH) == [event]
    await restored(store, partition, await flipped(store, partition, "event"))
    assert await store.events.between(BOOK, *MONTH) == [event]  # still what it really is
    clock.advance(HOUR)
    with pytest.raises(Damaged):
        await store.events.between(BOOK, *MONTH)


async def test_a_clock_that_is_set_back_makes_nothing_last_longer(
    store: Store, clock: FrozenClock
) -> None:
    await store.events.save(an_event(), BOOK)
    partition = await store.events._partition(BOOK)
    await store.events.between(BOOK, *MONTH)
    await restored(store, partition, await flipped(store, partition, "event"))
    clock.advance(-HOUR)
    with pytest.raises(Damaged):
        await store.events.between(BOOK, *MONTH)


async def test_a_changed_record_that_does_not_open_is_said_to_who_asks_for_its_week(
    store: Store,
) -> None:
    far = MONTH[0] + 300 * DAY, MONTH[1] + 300 * DAY
    await store.events.save(an_event(), BOOK)
    partition = await store.events._partition(BOOK)
    for window in (MONTH, far):
        await store.events.between(BOOK, *window)
    bad = await flipped(store, partition, "event")
    put = Put(id=bad.id, kind=bad.kind, body=bad.body, tokens=bad.tokens)
    await store.records.commit(partition.name, [put])
    assert await store.events.between(BOOK, *far) == []
    for _ in range(2):
        with pytest.raises(Damaged):
            await store.events.between(BOOK, *MONTH)


async def test_who_was_away_while_tombstones_expired_begins_anew(
    store: Store, clock: FrozenClock
) -> None:
    event = await store.events.save(an_event(), BOOK)
    partition = await store.events._partition(BOOK)
    recall = Recall("event", Reader(), clock, 1_000_000)
    assert len(await recall.live(partition, None)) == 1
    await store.books.erase(BOOK)
    with pytest.raises(TooOld):
        await store.events.changes(BOOK, event.revision)
    assert await recall.live(partition, None) == []


class _Busy(CountedRecords):
    """Records to which somebody writes between a question and its answer."""

    def __init__(self, records: Records, put: Put) -> None:
        super().__init__(records, Numbers())
        self._puts = [put]

    async def find(
        self,
        partition: str,
        kind: str,
        tokens: Sequence[str] | None = None,
        *,
        limit: int = 500,
        after: str | None = None,
    ) -> Page:
        while self._puts:
            await self.commit(partition, [self._puts.pop()])
        return await super().find(partition, kind, tokens, limit=limit, after=after)


async def test_what_moves_to_another_week_meanwhile_is_neither_lost_nor_twice(
    store: Store, clock: FrozenClock
) -> None:
    weeks = ["week 1", "week 2"]
    partition = await store.events._partition(BOOK)
    tokens = [partition.token(week) for week in weeks]
    await store.events.save(an_event(deleted_at=None), BOOK)
    (record,) = (await store.records.changes(partition.name, 0, kind="event")).records

    def carrying(token: str) -> Put:
        return Put(id=record.id, kind="event", body=record.body, tokens=(token,))

    for begin, end in (tokens, reversed(tokens)):
        await store.records.commit(partition.name, [carrying(begin)])
        recall = Recall("event", Reader(), clock, 1_000_000)
        await recall.live(partition, weeks[:1])
        busy = replace(partition, records=_Busy(store.records, carrying(end)))
        assert len(await recall.live(busy, weeks)) == 1
