"""A count and a digest of records, by which two stores are compared.

The digest is the sum of the records' hashes, so it does not depend on their order: engines need
not agree on that. It finds accidents; what somebody changes on purpose does not open later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from services.model.ports import Record
from services.storage.moving.rows import row_of

__all__ = ["LASTING", "Sum", "lasting"]

LASTING = timedelta(hours=1)
"""What expires sooner is left out of comparisons: it may be gone from one side already."""
_BYTES = 32
_encode = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class Sum:
    """Grows with each record."""

    count: int = 0
    total: int = 0

    def add(self, record: Record) -> None:
        """Count a record in."""
        text = _encode(row_of(record))
        self.count += 1
        self.total += int.from_bytes(hashlib.sha256(text).digest(), "big")

    def add_all(self, records: Iterable[Record]) -> None:
        """Count records in."""
        for record in records:
            self.add(record)

    @property
    def digest(self) -> bytes:
        """What equal records give, in whatever order."""
        return (self.total % (1 << 8 * _BYTES)).to_bytes(_BYTES, "big")


def lasting(records: Iterable[Record], now: datetime) -> list[Record]:
    """Return the records that will be there a while."""
    return [r for r in records if r.expires_at is None or r.expires_at > now + LASTING]
