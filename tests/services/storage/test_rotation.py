from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from services.model.errors import Damaged
from services.model.identity import TenantId
from services.model.ports import Put, Record, Records
from services.storage import tallies
from services.storage.keys import KeyRing
from services.storage.rotation import MOST_SEALS, OLDEST, SETTLED, Place, Rotation
from services.storage.sealed import Seal, SealedPartition, key_id_of
from services.storage.store import Store, open_store
from services.storage.tenant_keys import ANNOUNCED, FRESH
from services.storage.vault import Vault
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import FrozenClock

OLD = "k1:" + "A" * 43 + "="
NEW = "k2:" + "B" * 42 + "A="


def a_seal(number: int) -> Seal:
    return Seal(kind="event", id=str(number), body=b"body", labels=["all"])


@pytest.fixture
def rotation(store: Store) -> Rotation:
    return store.rotation


@pytest.fixture
async def filled(vault: Vault) -> SealedPartition:
    """Records in three partitions of a tenant; one of them, with 200, is returned."""
    for name in ("p", "q"):
        await (await vault.partition(TENANT, name)).commit([a_seal(1)])
    partition = await vault.partition(TENANT, "large")
    for first in range(0, 200, 50):
        await partition.commit([a_seal(first + number) for number in range(50)])
    return partition


async def all_of(records: Records, vault: Vault) -> list[Record]:
    names = [name async for name in vault.names(TENANT)]
    return [r for name in names for r in (await records.changes(name, 0, limit=999)).records]


async def walk(rotation: Rotation, most: int = 60) -> Place:
    place = Place()
    while not place.is_done:
        place = await rotation.reseal(TENANT, place, most)
    return place


async def turn(rotation: Rotation, clock: FrozenClock) -> None:
    """A year later: a new key, and all know of it."""
    clock.advance(OLDEST)
    assert await rotation.turn() == [TENANT]
    clock.advance(ANNOUNCED)


async def test_all_keys_are_wrapped_anew_and_the_old_master_key_can_go(
    records: Records, clock: FrozenClock
) -> None:
    before = await open_store(records, KeyRing.parse(OLD), clock)
    for tenant in (TENANT, OTHER_TENANT):
        await (await before.vault.partition(tenant, "p")).commit([a_seal(1)])

    turned = await open_store(records, KeyRing.parse(f"{NEW},{OLD}"), clock)
    assert await turned.rotation.rewrap() == 2
    assert await turned.rotation.rewrap() == 0

    after = await open_store(records, KeyRing.parse(NEW), clock)
    for tenant in (TENANT, OTHER_TENANT):
        assert await (await after.vault.partition(tenant, "p")).get("event", "1") is not None


async def test_rewrapping_goes_on_where_it_was_cut_off(
    records: Records, clock: FrozenClock
) -> None:
    before = await open_store(records, KeyRing.parse(OLD), clock)
    for number in range(5):
        await before.vault.partition(a_tenant(number), "p")
    turned = await open_store(records, KeyRing.parse(f"{NEW},{OLD}"), clock)
    async for record in turned.vault.keychain.all():
        await turned.vault.keychain.rewrap(record)
        break
    assert 4 <= await turned.rotation.rewrap() <= 5  # the first may have been the directory's
    assert await turned.rotation.rewrap() == 0


async def test_a_master_key_that_was_dropped_too_early_is_named(
    records: Records, clock: FrozenClock
) -> None:
    before = await open_store(records, KeyRing.parse(OLD), clock)
    await before.vault.partition(TENANT, "p")
    turned = await open_store(records, KeyRing.parse(f"{NEW},{OLD}"), clock)
    await turned.rotation.check()
    early = await open_store(records, KeyRing.parse(NEW), clock)
    with pytest.raises(Damaged, match="missing that still wrap other keys: k1"):
        await early.rotation.check()
    await turned.rotation.rewrap()
    await early.rotation.check()


async def test_a_master_key_that_is_missing_stops_the_rewrapping(
    records: Records, clock: FrozenClock
) -> None:
    before = await open_store(records, KeyRing.parse(OLD), clock)
    await before.vault.partition(TENANT, "p")
    turned = await open_store(records, KeyRing.parse(f"{NEW},{OLD}"), clock)
    lost = Rotation(Vault(records, KeyRing.parse(NEW), clock))
    with pytest.raises(Damaged):
        await lost.rewrap()
    assert await (await turned.vault.partition(TENANT, "p")).find("event") == []


async def test_a_new_data_key_seals_only_once_every_instance_knows_of_it(
    records: Records, ring: KeyRing, vault: Vault, rotation: Rotation, clock: FrozenClock
) -> None:
    other = await open_store(records, ring, clock)
    await (await other.vault.partition(TENANT, "p")).commit([a_seal(1)])
    clock.advance(OLDEST)
    assert await rotation.turn() == [TENANT]
    assert (await vault.partition(TENANT, "p")).keys.sealing == 1
    clock.advance(ANNOUNCED)
    mine, theirs = [await v.partition(TENANT, "p") for v in (vault, other.vault)]
    assert mine.keys.sealing == theirs.keys.sealing == 2
    await mine.commit([a_seal(2)])
    assert len(await theirs.find("event")) == 2


async def test_old_records_are_sealed_anew_in_small_steps_and_the_old_key_goes(
    records: Records,
    ring: KeyRing,
    vault: Vault,
    rotation: Rotation,
    clock: FrozenClock,
    filled: SealedPartition,
) -> None:
    await turn(rotation, clock)
    place = await rotation.reseal(TENANT, Place(), most=60)
    assert not place.is_done and 0 < place.found < 202
    assert (await walk(rotation)).found + place.found == 202
    assert {key_id_of(record.body) for record in await all_of(records, vault)} == {2}
    assert (await walk(rotation)).found == 0
    assert not await rotation.drop_old(TENANT)
    clock.advance(SETTLED)
    assert await rotation.drop_old(TENANT)
    fresh = await open_store(records, ring, clock)
    partition = await fresh.vault.partition(TENANT, "large")
    assert partition.keys.data(1) is None
    assert len(await partition.find("event", ["all"])) == 200


async def test_a_step_that_is_repeated_does_no_harm(
    rotation: Rotation, clock: FrozenClock, filled: SealedPartition
) -> None:
    await turn(rotation, clock)
    for place in (Place(), Place()):
        await rotation.reseal(TENANT, place, most=60)
    await walk(rotation)
    assert (await walk(rotation)).found == 0


async def test_what_people_write_meanwhile_is_not_overwritten(
    vault: Vault, rotation: Rotation, clock: FrozenClock, filled: SealedPartition
) -> None:
    await turn(rotation, clock)
    partition = await vault.partition(TENANT, "large")

    async def edit() -> None:
        for number in range(0, 200, 10):
            await partition.commit([Seal(kind="event", id=str(number), body=b"new")])

    await asyncio.gather(edit(), walk(rotation))
    assert sum(each.body == b"new" for each in await partition.find("event")) == 20


async def test_large_records_are_sealed_anew_in_commits_that_are_not_too_large(
    records: Records, vault: Vault, rotation: Rotation, clock: FrozenClock
) -> None:
    partition = await vault.partition(TENANT, "p")
    for number in range(4):
        large = Seal(kind="event", id=str(number), body=bytes(900_000), labels=["all"] * 50)
        await partition.commit([large])
    await turn(rotation, clock)
    assert (await walk(rotation)).found == 4
    assert {key_id_of(record.body) for record in await all_of(records, vault)} == {2}


async def test_a_tombstone_stays_one(
    vault: Vault, rotation: Rotation, clock: FrozenClock, records: Records
) -> None:
    partition = await vault.partition(TENANT, "p")
    now = clock.now()
    gone = Seal(kind="event", id="1", body=b"", deleted_at=now, expires_at=now + 2 * OLDEST)
    await partition.commit([gone])
    await turn(rotation, clock)
    await walk(rotation)
    (record,) = await all_of(records, vault)
    assert (record.deleted_at, record.expires_at) == (now, now + 2 * OLDEST)


async def test_a_record_that_does_not_open_is_reported_and_left_alone(
    records: Records, rotation: Rotation, clock: FrozenClock, filled: SealedPartition
) -> None:
    (record, *_) = (await records.changes(filled.name, 0)).records
    broken = record.body[:-1] + bytes([record.body[-1] ^ 1])
    await records.commit(filled.name, [Put(id=record.id, kind=record.kind, body=broken)])
    await turn(rotation, clock)
    assert (await walk(rotation)).damaged == 1
    found = await records.get(filled.name, record.id)
    assert found is not None and found.body == broken


async def test_a_key_is_replaced_after_a_year(
    vault: Vault, rotation: Rotation, clock: FrozenClock
) -> None:
    await vault.partition(TENANT, "p")
    assert await rotation.turn() == []
    clock.advance(OLDEST)
    assert await rotation.turn() == [TENANT]
    assert await rotation.turn() == [TENANT]
    clock.advance(ANNOUNCED)
    assert (await vault.partition(TENANT, "p")).keys.sealing == 2


async def test_a_key_is_replaced_after_two_thousand_million_seals(
    vault: Vault, rotation: Rotation
) -> None:
    await vault.partition(TENANT, "p")
    partition = await vault.directory(tallies.PLACE)
    await tallies.add(partition, TENANT, 1, MOST_SEALS - 1)
    assert await rotation.turn() == []
    await tallies.add(partition, TENANT, 1, 1)
    assert await rotation.turn() == [TENANT]


async def test_every_instance_counts_its_seals(
    records: Records, ring: KeyRing, vault: Vault, clock: FrozenClock
) -> None:
    for store in (await open_store(records, ring, clock), await open_store(records, ring, clock)):
        partition = await store.vault.partition(TENANT, "p")
        for _ in range(tallies.WORTH_WRITING // 50):
            await partition.commit([a_seal(number) for number in range(50)])
        clock.advance(FRESH)
        await store.vault.partition(TENANT, "p")
    counted = await tallies.read(await vault.directory(tallies.PLACE), TENANT, 1)
    assert counted == 2 * tallies.WORTH_WRITING


async def test_the_directory_seals_with_another_key_each_month(
    vault: Vault, clock: FrozenClock, records: Records
) -> None:
    keys = set()
    for _ in range(3):
        partition = await vault.directory("p")
        await partition.commit([a_seal(1)])
        (record,) = (await records.changes(partition.name, 0)).records
        keys.add(key_id_of(record.body))
        clock.advance(timedelta(days=31))
        assert await (await vault.directory("p")).get("event", "1") is not None
    assert len(keys) == 3


def a_tenant(number: int) -> TenantId:
    return TenantId(f"tenant-{number}")
