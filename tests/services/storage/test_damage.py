"""Sealed records that were tampered with: closed and said on either engine, never shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.errors import Damaged
from services.model.identity import TenantId
from services.model.ports import Put, Record, Records
from services.storage.keys import KeyRing
from services.storage.sealed import SealedPartition
from services.storage.store import Store, open_store
from tests._builders import OTHER_TENANT, TENANT, a_book, an_event
from tests._fakes import FrozenClock
from tests.services.storage._engines import ENGINES

BOOK = a_book()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def two(store: Store) -> tuple[Record, Record]:
    """Two events as they are stored."""
    for number in (1, 2):
        await store.events.save(an_event(id=f"event-{number}", title=f"Lunch {number}"), BOOK)
    partition = await ledger(store)
    page = await store.records.find(partition.name, "event")
    first, second = page.records
    return first, second


async def ledger(store: Store, tenant: TenantId = TENANT) -> SealedPartition:
    return await store.vault.partition(tenant, "ledger", BOOK.id)


def again(record: Record, body: bytes, id: str = "") -> Put:
    return Put(id=id or record.id, kind=record.kind, body=body, tokens=record.tokens)


async def test_a_flipped_bit_closes_its_record_and_no_other(
    store: Store, two: tuple[Record, Record]
) -> None:
    name = (await ledger(store)).name
    first, second = two
    flipped = bytearray(first.body)
    flipped[len(flipped) // 2] ^= 1
    await store.records.commit(name, [again(first, bytes(flipped))])
    with pytest.raises(Damaged):
        await store.events.changes(BOOK, 0)
    left = (await ledger(store)).opened(second)
    assert left.id in {"event-1", "event-2"}
    kept = await store.records.get(name, first.id)
    assert kept is not None and kept.body == bytes(flipped), "written over"


async def test_records_that_changed_places_are_closed(
    store: Store, two: tuple[Record, Record]
) -> None:
    name = (await ledger(store)).name
    first, second = two
    await store.records.commit(name, [again(first, second.body), again(second, first.body)])
    for event in ("event-1", "event-2"):
        with pytest.raises(Damaged):
            await store.events.get(BOOK, an_event(id=event).id)


async def test_a_record_in_another_tenants_partition_is_closed(
    store: Store, two: tuple[Record, Record]
) -> None:
    theirs = await ledger(store, OTHER_TENANT)
    await store.records.commit(theirs.name, [again(two[0], two[0].body)])
    with pytest.raises(Damaged):
        await store.events.changes(replace(BOOK, tenant=OTHER_TENANT), 0)
    assert len((await store.events.changes(BOOK, 0))[0]) == 2


async def test_the_wrong_master_key_opens_nothing_and_changes_nothing(
    store: Store, two: tuple[Record, Record], records: Records, clock: FrozenClock
) -> None:
    with pytest.raises(Damaged):
        await open_store(records, KeyRing.generate("k1"), clock)
    assert len((await store.events.changes(BOOK, 0))[0]) == 2
