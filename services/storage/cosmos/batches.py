"""A commit as one transactional batch, planned without any I/O.

The head comes first. It is replaced under its etag, so the service refuses the batch at its first
operation when any other commit came in between; what was looked up about the records still holds
otherwise. Each record's own etag is given all the same.

What a write expects is known either from a look before (``present``) or not at all: a new record
is sent as a create without any look, since most of them are new indeed. Where the service refuses
that, the record is looked at, and the plan is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.model.errors import Stale
from services.model.ports import Head, Put, Record, Remove, Write, etag_of
from services.storage.cosmos.head import Grave, PartitionHead
from services.storage.cosmos.items import item_of, stamp

__all__ = ["Batch", "Operation", "Present", "must_look", "plan", "plan_restore"]


@dataclass(frozen=True, slots=True)
class Present:
    """What is known of a stored record before it is written over."""

    revision: int
    etag: str
    """The service's own."""
    is_tombstone: bool
    expires_at: str | None

    @classmethod
    def of(cls, item: Mapping[str, Any], etag: str) -> Present:
        """Return what an item tells; its body is not asked for."""
        return cls(item["revision"], etag, "deleted_at" in item, item.get("expires_at"))

    def port_etag(self, now: datetime) -> str:
        """Return the etag that a write may expect; what has expired is not there."""
        is_expired = self.expires_at is not None and self.expires_at <= stamp(now)
        return "" if is_expired else etag_of(self.revision)


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a batch."""

    does: str
    """``create``, ``upsert``, ``replace`` or ``delete``."""
    id: str
    item: dict[str, Any] | None = None
    etag: str | None = None

    def for_sdk(self) -> tuple[Any, ...]:
        """Return it as the SDK takes it, anew each time: the SDK empties the options it is given.

        (It pops ``if_match_etag``, so the same tuple sent twice would insist on nothing.)
        """
        given = {
            "create": (self.item,),
            "upsert": (self.item,),
            "replace": (self.id, self.item),
            "delete": (self.id,),
        }[self.does]
        return self.does, given, {} if self.etag is None else {"if_match_etag": self.etag}


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent in one go, and the head that the partition has then."""

    head: PartitionHead
    operations: tuple[Operation, ...]


def must_look(write: Write, known: Present | None) -> bool:
    """Return whether a write can be planned only with the present record at hand.

    ``known`` is what is remembered of it: good for a plan, since the service checks its etag, but
    no ground to refuse a write.
    """
    if isinstance(write, Put) and not write.expect:
        return False
    if known is None:
        return True
    return write.expect is not None and write.expect != etag_of(known.revision)


def plan(
    partition: str,
    head: PartitionHead,
    writes: Sequence[Write],
    present: Mapping[str, Present | None],
    mark: str,
    now: datetime,
) -> Batch:
    """Return the batch that applies all writes under the next revision.

    Raises:
        Stale: an expectation does not hold.
    """
    operations = []
    removed = 0
    for write in writes:
        known = present.get(write.id)
        if write.id in present:
            _check(write, "" if known is None else known.port_etag(now))
        if isinstance(write, Put):
            item = item_of(partition, write, head.revision + 1, now)
            operations.append(_put(write, item, known))
        elif known is not None:
            operations.append(Operation("delete", write.id, etag=known.etag))
            removed = max(removed, known.revision if known.is_tombstone else 0)
    following = head.after(mark, _graves(writes, head.revision + 1), removed, now)
    return Batch(following, (_head(partition, head, following), *operations))


def plan_restore(
    head: PartitionHead, wanted: Head, records: Sequence[Record], now: datetime
) -> Batch:
    """Return the batch that writes records as they were elsewhere."""
    buried = [grave for record in records for grave in _graves([record], record.revision)]
    following = head.restored(wanted.revision, wanted.horizon, buried, now)
    operations = (
        Operation("upsert", record.id, item_of(wanted.partition, record, record.revision, now))
        for record in records
    )
    return Batch(following, (_head(wanted.partition, head, following), *operations))


def _check(write: Write, etag: str) -> None:
    if write.expect is not None and write.expect != etag:
        raise Stale("the record has changed")


def _put(put: Put, item: dict[str, Any], known: Present | None) -> Operation:
    if put.expect is None:
        return Operation("upsert", put.id, item)
    if known is None:
        return Operation("create", put.id, item)
    return Operation("replace", put.id, item, known.etag)


def _head(partition: str, head: PartitionHead, following: PartitionHead) -> Operation:
    item = following.item(partition)
    if not head.etag:
        return Operation("create", item["id"], item)
    return Operation("replace", item["id"], item, head.etag)


def _graves(writes: Iterable[Write | Record], revision: int) -> list[Grave]:
    return [
        Grave(stamp(write.expires_at), revision)
        for write in writes
        if not isinstance(write, Remove) and write.deleted_at and write.expires_at
    ]
