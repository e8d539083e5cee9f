"""How often each data key has sealed, over all instances.

A random nonce of 96 bits is good for 2**32 seals of one key (NIST SP 800-38D). Each instance
counts in memory and adds to the sum once a minute, when it is worth a write: what a crash forgets
is nothing beside the half of that number at which a key is replaced.
"""

from __future__ import annotations

from services.model.errors import Stale
from services.model.identity import TenantId
from services.storage.sealed import Seal, SealedPartition

__all__ = ["PLACE", "WORTH_WRITING", "add", "read"]

PLACE = "tallies"
"""The directory's partition."""
WORTH_WRITING = 1_000
_KIND = "tally"


async def add(partition: SealedPartition, tenant: TenantId, key: int, seals: int) -> None:
    """Add to the number of a key."""
    while True:
        opened = await partition.get(_KIND, _id(tenant, key))
        total = seals + (int(opened.body) if opened else 0)
        seal = Seal(
            kind=_KIND,
            id=_id(tenant, key),
            body=str(total).encode(),
            expect=opened.etag if opened else "",
        )
        try:
            await partition.commit([seal])
        except Stale:
            continue  # another instance has just added
        return


async def read(partition: SealedPartition, tenant: TenantId, key: int) -> int:
    """Return how often a key has sealed, about."""
    opened = await partition.get(_KIND, _id(tenant, key))
    return int(opened.body) if opened else 0


def _id(tenant: TenantId, key: int) -> str:
    return f"{tenant}/{key}"
