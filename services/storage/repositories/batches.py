"""More writes than one commit takes, where nobody needs them to happen together."""

from __future__ import annotations

from collections.abc import Iterable

from services.model.ports import MAX_COMMIT_BYTES, MAX_COMMIT_WRITES
from services.storage.sealed import Opened, Remove, Seal, SealedPartition, SealedWrite

__all__ = ["commit_all", "remove_all"]

_SEALING_ADDS = 200
_LABEL_TAKES = 50
"""Bytes, rather too many than too few."""


async def commit_all(partition: SealedPartition, writes: Iterable[SealedWrite]) -> None:
    """Commit any number of writes, in order, as many at a time as fit."""
    fitting: list[SealedWrite] = []
    size = 0
    for write in writes:
        takes = _size(write)
        if len(fitting) == MAX_COMMIT_WRITES or (fitting and size + takes > MAX_COMMIT_BYTES):
            await partition.commit(fitting)
            fitting, size = [], 0
        fitting.append(write)
        size += takes
    if fitting:
        await partition.commit(fitting)


async def remove_all(partition: SealedPartition, records: Iterable[Opened]) -> None:
    """Take away any number of records, in order."""
    await commit_all(partition, [Remove(kind=each.kind, id=each.id) for each in records])


def _size(write: SealedWrite) -> int:
    if not isinstance(write, Seal):
        return 0
    return len(write.body) + _SEALING_ADDS + _LABEL_TAKES * len(write.labels)
