from __future__ import annotations

import pytest

from services.storage.repositories.batches import commit_all, remove_all
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
