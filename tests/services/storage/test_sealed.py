from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.errors import Damaged, Stale
from services.model.ports import Put, Record, Records
from services.storage.sealed import Opened, Remove, Seal, SealedPartition
from services.storage.vault import Vault
from tests._builders import OTHER_TENANT, TENANT


@pytest.fixture
async def partition(vault: Vault) -> SealedPartition:
    return await vault.partition(TENANT, "ledger", "book-1")


async def the_record(records: Records, partition: SealedPartition, id: str = "a") -> Record:
    found = await records.get(partition.name, partition._record_id("event", id))
    assert found is not None
    return found


async def put_body(records: Records, record: Record, body: bytes) -> None:
    """Write behind the partition's back, as somebody with the file in hand could."""
    await records.commit(record.partition, [Put(id=record.id, kind=record.kind, body=body)])


def a_seal(id: str = "a", body: bytes = b"body", kind: str = "event") -> Seal:
    return Seal(kind=kind, id=id, body=body)


async def test_what_was_sealed_opens(partition: SealedPartition) -> None:
    await partition.commit([a_seal("an id, any id: ø/\\?#")])
    opened = await partition.get("event", "an id, any id: ø/\\?#")
    assert opened == Opened("event", "an id, any id: ø/\\?#", b"body", 1, "1")


async def test_two_seals_of_one_text_differ(records: Records, partition: SealedPartition) -> None:
    await partition.commit([a_seal("a"), a_seal("b")])
    one, other = [await the_record(records, partition, id) for id in ("a", "b")]
    assert one.body != other.body
    await partition.commit([a_seal("a")])
    assert (await the_record(records, partition)).body != one.body


async def test_swapped_records_do_not_open(records: Records, partition: SealedPartition) -> None:
    await partition.commit([a_seal("a"), a_seal("b")])
    one, other = [await the_record(records, partition, id) for id in ("a", "b")]
    await put_body(records, one, other.body)
    await put_body(records, other, one.body)
    for id in ("a", "b"):
        with pytest.raises(Damaged):
            await partition.get("event", id)


async def test_a_record_of_another_kind_does_not_open(
    records: Records, partition: SealedPartition
) -> None:
    await partition.commit([a_seal()])
    record = await the_record(records, partition)
    renamed = Put(id=record.id, kind="contact", body=record.body)
    await records.commit(record.partition, [renamed])
    with pytest.raises(Damaged):
        await partition.find("contact")


async def test_one_id_of_two_kinds_is_two_records(partition: SealedPartition) -> None:
    await partition.commit([a_seal(kind="event"), a_seal(kind="history", body=b"old")])
    opened = await partition.get("history", "a")
    assert opened is not None and opened.body == b"old"


async def test_a_record_of_another_tenant_does_not_open(
    records: Records, vault: Vault, partition: SealedPartition
) -> None:
    other = await vault.partition(OTHER_TENANT, "ledger", "book-1")
    assert other.name != partition.name
    for place in (partition, other):
        await place.commit([a_seal()])
    theirs = await the_record(records, other)
    await put_body(records, await the_record(records, partition), theirs.body)
    with pytest.raises(Damaged):
        await partition.get("event", "a")
    # Not even under the same name and the same keys: the tenant itself is bound in.
    renamed = replace(other.keys, scope=TENANT)
    with pytest.raises(Damaged):
        await SealedPartition(records, other.name, renamed).get("event", "a")


async def test_a_record_of_another_partition_does_not_open(
    records: Records, vault: Vault, partition: SealedPartition
) -> None:
    other = await vault.partition(TENANT, "ledger", "book-2")
    await other.commit([a_seal()])
    moved = await the_record(records, other)
    await records.commit(partition.name, [Put(id=moved.id, kind="event", body=moved.body)])
    with pytest.raises(Damaged):
        await partition.find("event")


async def test_every_flipped_byte_and_every_cut_is_noticed(
    records: Records, partition: SealedPartition
) -> None:
    await partition.commit([a_seal()])
    record = await the_record(records, partition)
    for position in range(len(record.body)):
        flipped = bytearray(record.body)
        flipped[position] ^= 1
        for damaged in (bytes(flipped), record.body[:position]):
            with pytest.raises(Damaged):
                partition._open(record._replace(body=damaged))


async def test_what_a_newer_program_sealed_in_its_own_way_is_neither_read_nor_rewritten(
    records: Records, partition: SealedPartition
) -> None:
    await partition.commit([a_seal("a")])
    sealed = await the_record(records, partition)
    await put_body(records, sealed, bytes([sealed.body[0] + 1]) + sealed.body[1:])
    newer = await the_record(records, partition)
    with pytest.raises(Damaged, match="unknown format"):
        await partition.get("event", "a")
    with pytest.raises(Damaged, match="unknown format"):
        partition.rewritten(newer)
    assert await the_record(records, partition) == newer


async def test_an_unknown_data_key_is_said(records: Records, partition: SealedPartition) -> None:
    await partition.commit([a_seal()])
    record = await the_record(records, partition)
    unknown = record.body[:1] + (7).to_bytes(4, "big") + record.body[5:]
    await put_body(records, record, unknown)
    with pytest.raises(Damaged, match="unknown key"):
        await partition.get("event", "a")


async def test_an_older_data_key_reads_and_the_newest_writes(
    records: Records, vault: Vault, partition: SealedPartition
) -> None:
    await partition.commit([a_seal("a")])
    other = await vault.partition(OTHER_TENANT, "any")
    both = {1: partition.keys.data(1), 2: other.keys.data(1)}
    turned_keys = replace(partition.keys, data=both.get, sealing=2)
    turned = SealedPartition(records, partition.name, turned_keys)
    await turned.commit([a_seal("b")])
    assert (await the_record(records, partition, "b")).body[1:5] == (2).to_bytes(4, "big")
    assert {opened.id for opened in await turned.find("event")} == {"a", "b"}


async def test_labels_find_and_are_blind(records: Records, partition: SealedPartition) -> None:
    week = ["week 2026-W47"]
    await partition.commit(
        [
            Seal(kind="event", id="a", body=b"1", labels=["week 2026-W47", "week 2026-W47"]),
            Seal(kind="event", id="b", body=b"2", labels=["week 2026-W48"]),
        ]
    )
    assert [opened.id for opened in await partition.find("event", week)] == ["a"]
    assert len(await partition.find("event", ["week 2026-W47", "week 2026-W48"])) == 2
    assert (await the_record(records, partition)).tokens == (partition.token("week 2026-W47"),)


async def test_equal_labels_look_different_elsewhere(vault: Vault) -> None:
    places = [
        await vault.partition(TENANT, "ledger", "book-1"),
        await vault.partition(TENANT, "ledger", "book-2"),
        await vault.partition(OTHER_TENANT, "ledger", "book-1"),
        await vault.directory("ledger", "book-1"),
    ]
    assert len({place.token("label") for place in places}) == 4
    assert len({place._record_id("event", "a") for place in places}) == 4
    assert len({place.name for place in places}) == 4


async def test_many_records_come_over_many_pages(partition: SealedPartition) -> None:
    for start in range(0, 630, 90):
        await partition.commit([a_seal(str(n)) for n in range(start, start + 90)])
    assert len(await partition.find("event")) == 630
    opened, revision = await partition.changes(0, "event")
    assert (len(opened), revision) == (630, 7)
    assert (await partition.changes(6))[0] == opened[540:]


async def test_expectations_reach_the_records(partition: SealedPartition) -> None:
    await partition.commit([Seal(kind="event", id="a", body=b"1", expect="")])
    with pytest.raises(Stale):
        await partition.commit([Seal(kind="event", id="a", body=b"2", expect="")])
    with pytest.raises(Stale):
        await partition.commit([Remove(kind="event", id="a", expect="9")])
    await partition.commit([Remove(kind="event", id="a", expect="1")])
    assert await partition.get("event", "a") is None
    assert await partition.revision() == 2
