"""More writes than one commit takes, where nobody needs them to happen together."""

from __future__ import annotations

from collections.abc import Iterable

from services.model.ports import MAX_COMMIT_WRITES
from services.storage.sealed import Opened, Remove, SealedPartition, SealedWrite

__all__ = ["commit_all", "remove_all"]


async def commit_all(partition: SealedPartition, writes: Iterable[SealedWrite]) -> None:
    """Commit any number of writes, in order, as many at a time as fit."""
    waiting = list(writes)
    for start in range(0, len(waiting), MAX_COMMIT_WRITES):
        await partition.commit(waiting[start : start + MAX_COMMIT_WRITES])


async def remove_all(partition: SealedPartition, records: Iterable[Opened]) -> None:
    """Take away any number of records, in order."""
    await commit_all(partition, [Remove(kind=each.kind, id=each.id) for each in records])
