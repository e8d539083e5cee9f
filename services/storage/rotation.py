"""Turning keys while the program runs.

* :meth:`Rotation.check` says whether a master key was dropped too early.
* :meth:`Rotation.rewrap` wraps every key of the vault with the current master key, whatever
  wrapped it before. Once it is through, the older master keys can be dropped.
* :meth:`Rotation.turn` gives a tenant a new data key when the last one is a year old or has sealed
  2**31 times. What is written from then on is sealed with it.
* :meth:`Rotation.reseal` seals the rest anew, a little at each call, from one :class:`Place` to
  the next; any call may be lost or repeated. What is sealed anew moves to the end of its
  partition's revisions, so the walk over a partition ends at the revision that it began under.
* :meth:`Rotation.drop_old` destroys the old keys after a walk that found nothing, a week later at
  the soonest: by then nobody can still be in the middle of a write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.model.errors import BeingErased, Damaged, Stale
from services.model.identity import TenantId
from services.model.ports import MAX_COMMIT_BYTES, Put, Record, size_of
from services.storage import tallies
from services.storage.sealed import SealedPartition, key_id_of
from services.storage.tenant_keys import TenantKeys
from services.storage.vault import Vault

__all__ = ["MOST_SEALS", "OLDEST", "SETTLED", "Place", "Rotation"]

OLDEST = timedelta(days=365)
MOST_SEALS = 2**31
SETTLED = timedelta(days=7)
_AT_ONCE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a walk over a tenant's partitions has come."""

    partition: str = ""
    """The one that is being walked over, by its stored name; empty = none yet."""
    after: str | None = None
    """Where its next page begins; ``None`` = this partition is done."""
    until: int = 0
    """The partition's revision when the walk came to it."""
    found: int = 0
    """Records that this walk has sealed anew."""
    damaged: int = 0
    """Records under an old key that do not open: they keep their key."""
    is_done: bool = False


class Rotation:
    """Rewraps, turns and reseals, over everything in a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._keychain = vault.keychain

    async def check(self) -> None:
        """Say whether the master keys are all that are needed, without opening anything.

        Raises:
            Damaged: some are missing; the text names them.
        """
        missing = {self._keychain.missing(record) async for record in self._keychain.all()} - {""}
        if missing:
            names = ", ".join(sorted(missing))
            raise Damaged(f"master keys are missing that still wrap other keys: {names}")

    async def rewrap(self) -> int:
        """Wrap by the current master key what an older one wraps; return how many keys that were.

        Raises:
            Damaged: a key does not open, so the old master keys must stay.
        """
        return sum([await self._keychain.rewrap(record) async for record in self._keychain.all()])

    async def turn(self) -> list[TenantId]:
        """Make new data keys where it is time; return the tenants that have more than one."""
        tenants = []
        async for record in self._keychain.all():
            if not self._vault.is_directory(record):
                keys = TenantKeys.read(await self._keychain.open(record))
                if await self._is_due(keys):
                    keys = await self._write(record, keys.turned(self._now()))
                tenants += [keys.tenant] if len(keys.data) > 1 else []
        return tenants

    async def ready_at(self, tenant: TenantId) -> datetime:
        """Return from when on the newest key seals: there is nothing to seal anew before."""
        _, keys = await self._read(tenant)
        return keys.data[keys.newest].since

    async def reseal(self, tenant: TenantId, place: Place, most: int = 500) -> Place:
        """Read up to about ``most`` records, seal anew those under old keys, say how far it is."""
        read = 0
        while read < most and not place.is_done:
            if place.after is None:
                place = await self._next(tenant, place)
            else:
                place, number = await self._page(tenant, place)
                read += number
        return place

    async def drop_old(self, tenant: TenantId) -> bool:
        """Destroy the old keys, unless it is too early to."""
        record, keys = await self._read(tenant)
        if self._now() - keys.data[keys.newest].since < SETTLED:
            return False
        await self._write(record, keys.without_old())
        return True

    async def _next(self, tenant: TenantId, place: Place) -> Place:
        async for name in self._vault.names(tenant, after=place.partition):
            until = await self._vault.records.revision(name)
            return replace(place, partition=name, after="", until=until)
        return replace(place, is_done=True)

    async def _page(self, tenant: TenantId, place: Place) -> tuple[Place, int]:
        partition = await self._vault.named(tenant, place.partition)
        page = await self._vault.records.changes(
            place.partition, 0, limit=_AT_ONCE, after=place.after or None
        )
        old = [
            record
            for record in page.records
            if record.revision <= place.until and key_id_of(record.body) != partition.keys.sealing
        ]
        puts, damaged = _resealed(partition, old)
        for few in _few_at_a_time(puts):
            await _commit(partition, few)
        is_last = not page.records or page.records[-1].revision >= place.until
        following = replace(
            place,
            after=None if is_last else page.next,
            found=place.found + len(puts),
            damaged=place.damaged + damaged,
        )
        return following, len(page.records)

    async def _is_due(self, keys: TenantKeys) -> bool:
        if self._now() - keys.data[keys.newest].since >= OLDEST:
            return True
        partition = await self._vault.directory(tallies.PLACE)
        return await tallies.read(partition, keys.tenant, keys.newest) >= MOST_SEALS

    async def _read(self, tenant: TenantId) -> tuple[Record, TenantKeys]:
        record = await self._keychain.find(self._vault.key_id(tenant))
        if record is None or self._keychain.is_erased(record):
            raise BeingErased
        return record, TenantKeys.read(await self._keychain.open(record))

    async def _write(self, record: Record, keys: TenantKeys) -> TenantKeys:
        await self._keychain.keep(record.id, keys.written(), expect=record.etag)
        self._vault.forget(keys.tenant)
        return keys

    def _now(self) -> datetime:
        return self._vault.clock.now()


def _resealed(partition: SealedPartition, records: Sequence[Record]) -> tuple[list[Put], int]:
    """Return the writes, and how many records do not open."""
    puts = []
    for record in records:
        try:
            puts.append(partition.rewritten(record))
        except Damaged:
            continue
    return puts, len(records) - len(puts)


def _few_at_a_time(puts: Sequence[Put]) -> Iterator[list[Put]]:
    """Yield the writes in commits that are not too large."""
    few: list[Put] = []
    size = 0
    for put in puts:
        if few and size + size_of(put) > MAX_COMMIT_BYTES:
            yield few
            few, size = [], 0
        few.append(put)
        size += size_of(put)
    if few:
        yield few


async def _commit(partition: SealedPartition, puts: Sequence[Put]) -> None:
    """Write what nobody has written meanwhile; what somebody has is sealed anew already."""
    try:
        await partition.records.commit(partition.name, puts)
    except Stale:
        for put in puts if len(puts) > 1 else ():
            await _commit(partition, [put])
