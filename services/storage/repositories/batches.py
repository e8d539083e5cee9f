"""More writes than one commit takes, where nobody needs them to happen together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from services.model.ports import MAX_COMMIT_BYTES, MAX_COMMIT_WRITES
from services.storage.sealed import Opened, Remove, Seal, SealedPartition, SealedWrite

__all__ = ["commit_all", "commit_groups", "remove_all"]

AT_ONCE = 8
"""Commits that are under way at once: a disk that is slow is waited for once for some of them."""
_SEALING_ADDS = 200
_LABEL_TAKES = 50
"""Bytes, rather too many than too few."""


async def commit_all(partition: SealedPartition, writes: Iterable[SealedWrite]) -> None:
    """Commit any number of writes, in order, as many at a time as fit."""
    await commit_groups(partition, ([write] for write in writes))


async def commit_groups(
    partition: SealedPartition, groups: Iterable[Sequence[SealedWrite]]
) -> None:
    """Commit any number of groups, in order, as many at a time as fit; each is whole or not there.

    While some are being written the next are made and sealed. None is under way any more when
    this returns or raises.

    Raises:
        Stale: an expectation of one did not hold; what was committed besides stays.
    """
    under_way: deque[asyncio.Task[int]] = deque()
    try:
        for fitting in _fitting(groups):
            sealed = await partition.sealed(fitting)
            if len(under_way) == AT_ONCE:
                await under_way.popleft()
            commit = partition.records.commit(partition.name, sealed)
            under_way.append(asyncio.create_task(commit))
        while under_way:
            await under_way.popleft()
    finally:
        await asyncio.gather(*under_way, return_exceptions=True)


async def remove_all(partition: SealedPartition, records: Iterable[Opened]) -> None:
    """Take away any number of records, in order."""
    await commit_all(partition, [Remove(kind=each.kind, id=each.id) for each in records])


def _fitting(groups: Iterable[Sequence[SealedWrite]]) -> Iterator[list[SealedWrite]]:
    """Yield as many groups at a time as a commit takes, in one list."""
    fitting: list[SealedWrite] = []
    size = 0
    for group in groups:
        takes = sum(map(_size, group))
        is_full = len(fitting) + len(group) > MAX_COMMIT_WRITES or size + takes > MAX_COMMIT_BYTES
        if fitting and is_full:
            yield fitting
            fitting, size = [], 0
        fitting += group
        size += takes
    if fitting:
        yield fitting


def _size(write: SealedWrite) -> int:
    if not isinstance(write, Seal):
        return 0
    return len(write.body) + _SEALING_ADDS + _LABEL_TAKES * len(write.labels)
