from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.model.errors import BeingErased, Damaged, TooOld
from services.model.identity import TenantId
from services.model.ports import Put, Records
from services.storage.erased import ErasedList, ErasedTenants, SharedErasedTenants
from services.storage.keys import KeyRing
from services.storage.sealed import Seal
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.storage.tenant_keys import FRESH
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import NOON, FrozenClock
from tests.services.storage._engines import ENGINES, opened

SEAL = Seal(kind="event", id="a", body=b"body")


async def put(store: Store, number: int = 1) -> None:
    for tenant in (TENANT, OTHER_TENANT):
        for name in ("p", "q"):
            partition = await store.vault.partition(tenant, name)
            await partition.commit(
                [Seal(kind="event", id=str(each), body=b"body") for each in range(number)]
            )


async def sweep(store: Store, most: int = 2_000) -> int:
    after: str | None = ""
    total = 0
    while after is not None:
        after, swept = await store.erasure.sweep(TENANT, after, most)
        total += swept
    return total


async def left(records: Records, store: Store) -> int:
    total = 0
    async for name in store.vault.names(TENANT):
        after: str | None = ""
        while after is not None:
            page = await records.changes(name, 0, after=after or None)
            total, after = total + len(page.records), page.next
    return total


async def test_without_its_keys_nothing_of_a_tenant_opens(store: Store) -> None:
    await put(store)
    partition = await store.vault.partition(TENANT, "p")
    await store.erasure.destroy_keys(TENANT)
    with pytest.raises(BeingErased):
        await store.vault.partition(TENANT, "p")
    await store.erasure.destroy_keys(TENANT)
    assert await partition.find("event")  # what this very object still holds ends with its task
    other = await store.vault.partition(OTHER_TENANT, "p")
    assert len(await other.find("event")) == 1


async def test_other_instances_forget_the_keys_within_a_minute(
    store: Store, records: Records, ring: KeyRing, clock: FrozenClock
) -> None:
    other = await open_store(records, ring, clock)
    await put(other)
    await store.erasure.destroy_keys(TENANT)
    clock.advance(FRESH)
    with pytest.raises(BeingErased):
        await other.vault.partition(TENANT, "p")


async def test_the_records_are_swept_up_a_little_at_a_time(store: Store, records: Records) -> None:
    await put(store, 95)
    await store.erasure.destroy_keys(TENANT)
    after, swept = await store.erasure.sweep(TENANT, most=20)
    assert after is not None and 20 <= swept <= 95
    assert await left(records, store) == 190 - swept
    assert await sweep(store, most=20) == 190 - swept
    assert await left(records, store) == 0
    for name in [name async for name in store.vault.names(TENANT)]:
        with pytest.raises(TooOld):  # whoever remembers something must start over
            await records.changes(name, 1)
    partition = await store.vault.partition(OTHER_TENANT, "p")
    assert len(await partition.find("event")) == 95


async def test_the_same_organisation_begins_anew_with_nothing(
    store: Store, clock: FrozenClock
) -> None:
    await put(store)
    await store.erasure.destroy_keys(TENANT)
    await store.erasure.finish(TENANT, await sweep(store))
    await store.erasure.finish(TENANT, 0)
    partition = await store.vault.partition(TENANT, "p")
    assert await partition.find("event") == []
    await partition.commit([SEAL])
    assert [(each.at, each.records) for each in await store.erasure.past()] == [(NOON, 2)]
    # It is another one than the one that was erased: a start leaves it alone.
    assert await store.erasure.replay() == []
    assert await (await store.vault.partition(TENANT, "p")).get("event", "a") is not None


async def test_an_erased_tenant_stays_erased_when_yesterdays_backup_comes_back(
    tmp_path: Path, ring: KeyRing, clock: FrozenClock
) -> None:
    path, beside = tmp_path / "one.db", ErasedTenants(tmp_path / "erased.txt")
    records = await SqliteRecords.open(path, clock)
    store = await open_store(records, ring, clock, beside)
    await put(store)
    await records.close()
    shutil.copy(path, tmp_path / "backup.db")

    records = await SqliteRecords.open(path, clock)
    store = await open_store(records, ring, clock, beside)
    await store.erasure.destroy_keys(TENANT)
    await records.close()

    records = await SqliteRecords.open(tmp_path / "backup.db", clock)
    again = ErasedTenants(tmp_path / "erased.txt")
    store = await open_store(records, ring, clock, again)
    assert await store.erasure.replay() == [TENANT]
    with pytest.raises(BeingErased):
        await store.vault.partition(TENANT, "p")
    assert await (await store.vault.partition(OTHER_TENANT, "p")).find("event")
    assert await sweep(store) == 2
    await records.close()


async def test_the_list_comes_back_from_the_store_where_its_file_was_lost(
    store: Store, records: Records, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    await put(store)
    await store.erasure.destroy_keys(TENANT)
    beside = ErasedTenants(tmp_path / "erased.txt")
    other = await open_store(records, ring, clock, beside)
    assert await other.erasure.replay() == []
    (entry,) = await ErasedTenants(tmp_path / "erased.txt").read()
    assert TENANT not in entry


async def test_a_line_that_was_cut_short_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "erased.txt"
    await ErasedTenants(path).add("one 1")
    path.write_text(path.read_text() + "two")
    beside = ErasedTenants(path)
    await beside.add("three 3")
    await beside.add("three 3")
    assert await ErasedTenants(path).read() == {"one 1", "two", "three 3"}
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_replay_with_the_wrong_master_key_is_refused(
    store: Store, records: Records, clock: FrozenClock
) -> None:
    await store.erasure.destroy_keys(TENANT)
    with pytest.raises(Damaged):
        await open_store(records, KeyRing.generate("k1"), clock)


async def test_destroyed_keys_are_not_left_in_the_file(
    tmp_path: Path, ring: KeyRing, clock: FrozenClock
) -> None:
    records = await SqliteRecords.open(tmp_path / "one.db", clock)
    store = await open_store(records, ring, clock)
    tenants = [TenantId(f"tenant-{number}") for number in range(20)]
    for tenant in tenants:
        await store.vault.partition(tenant, "p")
    bodies = {record.id: record.body async for record in store.vault.keychain.all()}
    for tenant in tenants[::2]:
        await store.erasure.destroy_keys(tenant)
    await records.close()  # the write-ahead log goes into the file, and away
    kept = await asyncio.to_thread(lambda: [f.read_bytes() for f in tmp_path.iterdir()])
    for number, tenant in enumerate(tenants):
        body = bodies[store.vault.key_id(tenant)]
        pieces = [body[at : at + 32] for at in range(0, len(body) - 32, 32)]
        found = sum(piece in whole for piece in pieces for whole in kept)
        assert bool(found) == bool(number % 2), f"{found} pieces of {len(pieces)}"


# -- the list that many instances share --------------------------------------------------------


@pytest.fixture(params=ENGINES)
async def beside(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> AsyncIterator[Records]:
    folder = tmp_path / "beside"
    folder.mkdir()
    async with opened(request.param, folder, clock) as records:
        yield records


async def test_a_shared_list_is_one_list_for_all(beside: Records) -> None:
    one, other = SharedErasedTenants(beside), SharedErasedTenants(beside)
    entries = {f"{number} fingerprint" for number in range(9)}
    for entry in entries:
        await asyncio.gather(one.add(entry), other.add(entry))
    assert await one.read() == await other.read() == entries


async def test_the_lists_of_single_machines_are_taken_over(beside: Records, tmp_path: Path) -> None:
    shared = SharedErasedTenants(beside)
    for number in (1, 2):
        machine = ErasedTenants(tmp_path / f"erased-{number}.txt")
        await machine.add("everywhere 0")
        await machine.add(f"here {number}")
        await shared.take_over(machine)
        await shared.take_over(machine)
    assert await shared.read() == {"everywhere 0", "here 1", "here 2"}


@pytest.mark.parametrize("shares", [True, False], ids=["shared list", "list inside the store"])
async def test_an_instance_that_knows_nothing_keeps_an_erased_tenant_out(
    records: Records, beside: Records, ring: KeyRing, clock: FrozenClock, shares: bool
) -> None:
    """One instance erases; the keys come back with a backup; another, new one is started."""
    list_of: ErasedList = SharedErasedTenants(beside)
    first = await open_store(records, ring, clock, list_of)
    await put(first)
    id = first.vault.key_id(TENANT)
    wrapped = await records.get("vault", id)
    assert wrapped is not None
    await first.erasure.destroy_keys(TENANT)
    restored = Put(id=id, kind=wrapped.kind, body=wrapped.body)
    await records.commit("vault", [restored])

    other = await open_store(records, ring, clock, list_of if shares else ErasedTenants())
    assert await other.erasure.replay() == [TENANT]
    for store in (first, other):
        with pytest.raises(BeingErased):
            await store.vault.partition(TENANT, "p")


async def test_what_the_list_beside_knows_the_store_learns(
    store: Store, records: Records, ring: KeyRing, clock: FrozenClock, tmp_path: Path
) -> None:
    file = ErasedTenants(tmp_path / "erased.txt")
    await file.add("a b")
    moved = await open_store(records, ring, clock, file)
    assert await moved.erasure.replay() == []
    elsewhere = ErasedTenants()
    again = await open_store(records, ring, clock, elsewhere)
    await again.erasure.replay()
    assert await elsewhere.read() == {"a b"}
