from __future__ import annotations

import asyncio

import pytest

from services.model.errors import Damaged
from services.model.ports import Put, Records
from services.storage.keys import KeyRing
from services.storage.rotation import Rotation
from services.storage.sealed import Seal
from services.storage.vault import Vault
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import FrozenClock

SEAL = Seal(kind="event", id="a", body=b"body")
OLD = "k1:" + "A" * 43 + "="
NEW = "k2:" + "B" * 42 + "A="


async def a_vault(records: Records, ring: KeyRing) -> Vault:
    vault = Vault(records, ring, FrozenClock())
    await vault.open()
    return vault


async def test_what_one_instance_wrote_another_reads(records: Records, ring: KeyRing) -> None:
    await (await (await a_vault(records, ring)).partition(TENANT, "p")).commit([SEAL])
    opened = await (await (await a_vault(records, ring)).partition(TENANT, "p")).get("event", "a")
    assert opened is not None and opened.body == b"body"


async def test_instances_that_start_together_agree_on_the_keys(
    records: Records, ring: KeyRing
) -> None:
    vaults = await asyncio.gather(*(a_vault(records, ring) for _ in range(5)))
    places = await asyncio.gather(*(vault.partition(TENANT, "p") for vault in vaults))
    assert len({place.name for place in places}) == 1
    assert len({place.token("label") for place in places}) == 1


async def test_a_ring_without_the_key_is_refused_at_the_start(records: Records) -> None:
    await a_vault(records, KeyRing.parse(OLD))
    with pytest.raises(Damaged):
        await a_vault(records, KeyRing.parse(NEW))


async def test_an_old_ring_key_reads_and_a_new_one_writes(records: Records) -> None:
    before = await a_vault(records, KeyRing.parse(OLD))
    await (await before.partition(TENANT, "p")).commit([SEAL])
    await (await before.directory("p")).commit([SEAL])

    turned = await a_vault(records, KeyRing.parse(f"{NEW},{OLD}"))
    assert await (await turned.partition(TENANT, "p")).get("event", "a") is not None
    await (await turned.partition(OTHER_TENANT, "p")).commit([SEAL])

    # Everything has been wrapped anew, so the old key may go.
    await Rotation(turned).rewrap()
    after = await a_vault(records, KeyRing.parse(NEW))
    for tenant in (TENANT, OTHER_TENANT):
        assert await (await after.partition(tenant, "p")).get("event", "a") is not None
    assert await (await after.directory("p")).get("event", "a") is not None


async def test_swapped_tenant_keys_do_not_open(records: Records, ring: KeyRing) -> None:
    vault = await a_vault(records, ring)
    for tenant in (TENANT, OTHER_TENANT):
        await vault.partition(tenant, "p")
    one, other = [
        record
        for record in (await records.find("vault", "key")).records
        if record.id != "directory"
    ]
    await records.commit("vault", [Put(id=one.id, kind="key", body=other.body)])
    fresh = await a_vault(records, ring)
    outcomes = await asyncio.gather(
        fresh.partition(TENANT, "p"), fresh.partition(OTHER_TENANT, "p"), return_exceptions=True
    )
    assert sum(isinstance(outcome, Damaged) for outcome in outcomes) == 1


async def test_a_vault_that_was_not_opened_hands_out_nothing(
    records: Records, ring: KeyRing
) -> None:
    with pytest.raises(RuntimeError):
        await Vault(records, ring, FrozenClock()).partition(TENANT, "p")


async def test_instances_that_turn_the_ring_together_agree(records: Records) -> None:
    await a_vault(records, KeyRing.parse(OLD))
    ring = KeyRing.parse(f"{NEW},{OLD}")
    vaults = await asyncio.gather(*(a_vault(records, ring) for _ in range(3)))
    places = await asyncio.gather(*(vault.directory("p") for vault in vaults))
    assert len({place.name for place in places}) == 1
