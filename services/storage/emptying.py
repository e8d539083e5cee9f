"""Taking away everything that is in a partition, without having to read any of it.

What is left is a tombstone that has expired already. Nobody ever sees it, but whoever remembers
the partition from before (a search's index, a sync) is told to start over.
"""

from __future__ import annotations

from datetime import datetime

from services.model.ports import Put, Records, Remove, Write

__all__ = ["empty", "empty_some"]

_END = "end"
_AT_ONCE = 90


async def empty(records: Records, partition: str, now: datetime) -> int:
    """Take away all records; return how many there were."""
    total = 0
    while number := await empty_some(records, partition, now):
        total += number
    return total


async def empty_some(records: Records, partition: str, now: datetime) -> int:
    """Take away as many as one commit does; return how many, 0 = there is nothing left."""
    page = await records.changes(partition, 0, limit=_AT_ONCE)
    writes: list[Write] = [Remove(id=record.id) for record in page.records]
    if writes and page.next is None:
        writes.append(Put(id=_END, kind=_END, body=b"", deleted_at=now, expires_at=now))
    if writes:
        await records.commit(partition, writes)
    return len(page.records)
