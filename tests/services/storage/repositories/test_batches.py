from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from services.model.errors import Stale
from services.model.ports import Write
from services.storage.counted import CountedRecords, Numbers
from services.storage.repositories.batches import AT_ONCE, commit_all, remove_all
from services.storage.sealed import Seal
from services.storage.vault import Vault
from tests._builders import TENANT


@pytest.mark.parametrize(("count", "size"), [(0, 0), (250, 10), (30, 100_000), (2, 1_300_000)])
@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_any_number_of_writes_of_any_size_is_committed_in_order(
    vault: Vault, count: int, size: int
) -> None:
    partition = await vault.partition(TENANT, "many")
    writes = [
        Seal(kind="k", id=f"{number:03}", body=bytes(size), labels=("a", "b"))
        for number in range(count)
    ]
    await commit_all(partition, writes)
    found = await partition.find("k")
    assert sorted(opened.id for opened in found) == [write.id for write in writes]
    assert all(len(opened.body) == size for opened in found)
    await remove_all(partition, found)
    assert await partition.find("k") == []


class SlowDisk(CountedRecords):
    """Records whose disk takes what has come by the time that as many wait as may."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault.records, Numbers())
        self.under_way = self.most = 0
        self._turn = asyncio.Event()

    async def commit(self, partition: str, writes: Sequence[Write]) -> int:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.under_way == AT_ONCE:
            self._turn.set()
        await self._turn.wait()
        try:
            return await super().commit(partition, writes)
        finally:
            self.under_way -= 1


async def test_a_disk_that_is_slow_is_waited_for_once_for_several_commits(vault: Vault) -> None:
    disk = SlowDisk(vault)
    partition = replace(await vault.partition(TENANT, "many"), records=disk)
    await commit_all(partition, [Seal(kind="k", id=f"{n:04}", body=b"x") for n in range(1_500)])
    assert len(await partition.find("k")) == 1_500
    assert (disk.most, disk.under_way) == (AT_ONCE, 0)


async def test_of_commits_that_are_under_way_none_goes_on_behind_a_failure(vault: Vault) -> None:
    disk = SlowDisk(vault)
    partition = replace(await vault.partition(TENANT, "many"), records=disk)
    ids = [f"{number:04}" for number in range(1_500)]
    writes = [Seal(kind="k", id=id, body=b"x", expect="1" if id == "0000" else "") for id in ids]
    with pytest.raises(Stale):
        await commit_all(partition, writes)
    assert disk.under_way == 0
    there = {opened.id for opened in await partition.find("k")}
    assert "0000" not in there and there <= set(ids), "what was handed over besides stays"
