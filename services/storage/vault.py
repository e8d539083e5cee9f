"""The keys of tenants, kept wrapped, and the partitions that they seal.

Call :meth:`Vault.open` once at the start, then :meth:`Vault.partition` wherever something of a
tenant is read or written; :meth:`Vault.directory` is for the few things that belong to no tenant
(a sign-in that has only begun, the shards of the queue).

Three kinds of keys, none with two uses:

* the master keys wrap the others and touch no data;
* each tenant has data keys, which seal, and a token key, which blinds ids and labels;
* the installation has one directory key; from it come the names of all partitions and the keys
  of the directory's own records (HKDF, RFC 5869, one label a use; a data key for each month).

Token and directory keys are never replaced, only wrapped anew, because every stored name hangs
on them; :mod:`services.storage.rotation` turns the others. Whoever destroys a tenant's keys has
erased the tenant (:mod:`services.storage.erasure`). Both must reach every instance, so what was
read of a tenant's keys is looked at again each minute.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.model.errors import BeingErased, Stale
from services.model.identity import TenantId
from services.model.ports import Record, Records
from services.model.times import Clock
from services.storage import tallies
from services.storage.blinding import Blinding
from services.storage.keychain import DIRECTORY, Keychain
from services.storage.keys import KEY_BYTES, Tally, Wrapping
from services.storage.sealed import Keys, SealedPartition
from services.storage.tenant_keys import FRESH, TenantKeys
from services.storage.tickets import Tickets

__all__ = ["Vault"]

_NAME_BYTES = 32
_REMEMBERED = 4_000
_PAGE = 500


@dataclass(slots=True)
class _Held:
    """What is in memory of a tenant's keys, and when it was looked at."""

    keys: TenantKeys
    etag: str
    opened: Keys
    at: datetime


class Vault:
    """Hands out sealed partitions; keeps every tenant's keys in memory once used."""

    def __init__(self, records: Records, wrapping: Wrapping, clock: Clock) -> None:
        self.records = records
        self.clock = clock
        self.keychain = Keychain(records, wrapping)
        self._tenants: dict[TenantId, _Held] = {}
        self._opened: _Directory | None = None
        # A name is asked for at every read, and is always the same.
        self._name = lru_cache(maxsize=_REMEMBERED)(self._blind_name)

    async def open(self) -> None:
        """Read the directory key, or make it at the very first start.

        Raises:
            Damaged: no master key opens it.
            Broken: an import into the store was begun and not finished.
        """
        await self.keychain.check_complete()
        record = await self.keychain.find(DIRECTORY)
        if record is None:
            key = secrets.token_bytes(KEY_BYTES)
            try:
                await self.keychain.keep(DIRECTORY, key, expect="")
            except Stale:  # another instance was faster: its key is the one that counts
                return await self.open()
        else:
            key = await self.keychain.open(record)
            await self.keychain.rewrap(record)
        self._opened = _Directory(key)

    async def partition(self, tenant: TenantId, *name: str) -> SealedPartition:
        """Return a tenant's partition; ``name`` says which, in clear words and ids.

        Raises:
            BeingErased: the tenant's keys are destroyed, and not all of its records are gone.
        """
        keys = await self._keys(tenant)
        return SealedPartition(self.records, self._name(tenant, *name), keys)

    async def named(self, tenant: TenantId, stored_name: str) -> SealedPartition:
        """Return a tenant's partition by the name that :meth:`names` gave."""
        return SealedPartition(self.records, stored_name, await self._keys(tenant))

    async def names(self, tenant: TenantId, after: str = "") -> AsyncIterator[str]:
        """Yield the stored names of all partitions of a tenant, in order, without its keys."""
        group = self.group(tenant)
        after = after or group
        while True:
            heads = await self.records.partitions(after=after, limit=_PAGE)
            for head in heads:
                if not head.partition.startswith(group):
                    return
                yield head.partition
            if len(heads) < _PAGE:
                return
            after = heads[-1].partition

    async def directory(self, *name: str) -> SealedPartition:
        """Return a partition that belongs to no tenant."""
        keys = self._directory.keys(self.clock.now())
        return SealedPartition(self.records, self._name("", DIRECTORY, *name), keys)

    def ticket(self, purpose: str, words: str) -> str:
        """Return words, sealed (:mod:`services.storage.tickets`) for whoever brings them back."""
        return self._directory.tickets(purpose).write(words)

    def told_by(self, purpose: str, ticket: str) -> str | None:
        """Return the words of a ticket for this purpose, ``None`` where it is none of ours."""
        return self._directory.tickets(purpose).read(ticket)

    def group(self, tenant: TenantId) -> str:
        """Return what the names of a tenant's partitions begin with."""
        return self._directory.group(tenant)

    def key_id(self, tenant: TenantId) -> str:
        """Return under which id a tenant's keys are kept."""
        return self._directory.naming.name("keys", tenant, size=_NAME_BYTES)

    def is_directory(self, record: Record) -> bool:
        """Tell whether a wrapped key is the directory's: the others are tenants'."""
        return record.id == DIRECTORY

    def forget(self, tenant: TenantId) -> None:
        """Let go of what is in memory: the keys have changed."""
        self._tenants.pop(tenant, None)

    @property
    def _directory(self) -> _Directory:
        if self._opened is None:
            raise RuntimeError("the vault is not open")
        return self._opened

    def _blind_name(self, tenant: TenantId, *parts: str) -> str:
        """Return a partition's name: those of one tenant begin alike, to be found together."""
        own = self._directory.naming.name("partition", tenant, *parts, size=_NAME_BYTES)
        return self.group(tenant) + own

    async def _keys(self, tenant: TenantId) -> Keys:
        held = self._tenants.get(tenant)
        now = self.clock.now()
        if held is None or not timedelta(0) <= now - held.at < FRESH:
            held = await self._look(tenant, held, now)
        return held.opened

    async def _look(self, tenant: TenantId, held: _Held | None, now: datetime) -> _Held:
        """Return the keys as they are stored now, made where there are none."""
        tally = held.opened.tally if held else Tally()
        await self._count(tenant, held)
        record = await self._record(tenant, now)
        if held is None or held.etag != record.etag:
            keys = TenantKeys.read(await self.keychain.open(record))
            held = _Held(keys, record.etag, keys.opened(now, tally), now)
        else:
            held.at = now
            held.opened = replace(held.opened, sealing=held.keys.sealing(now))
        self._tenants[tenant] = held
        return held

    async def _record(self, tenant: TenantId, now: datetime) -> Record:
        id = self.key_id(tenant)
        record = await self.keychain.find(id)
        while record is None:
            with suppress(Stale):  # another instance was faster: its keys are the ones that count
                await self.keychain.keep(id, TenantKeys.made(tenant, now).written(), expect="")
            record = await self.keychain.find(id)
        if self.keychain.is_erased(record):
            self.forget(tenant)
            raise BeingErased
        return record

    async def _count(self, tenant: TenantId, held: _Held | None) -> None:
        """Write down how often the key has sealed, now and then."""
        if held is not None and held.opened.tally.seals >= tallies.WORTH_WRITING:
            seals, held.opened.tally.seals = held.opened.tally.seals, 0
            partition = await self.directory(tallies.PLACE)
            await tallies.add(partition, tenant, held.opened.sealing, seals)


class _Directory:
    """What comes from the directory key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.naming = Blinding(self._use("names"))
        self._blinding = Blinding(self._use("tokens"))
        self._data = lru_cache(maxsize=64)(self._data_key)
        self.group = lru_cache(maxsize=_REMEMBERED)(self._group)
        self.tickets = lru_cache(maxsize=8)(self._tickets)

    def keys(self, now: datetime) -> Keys:
        """Return what seals this month; what earlier months sealed opens for ever."""
        return Keys("", now.year * 12 + now.month, self._data, self._blinding)

    def _group(self, tenant: TenantId) -> str:
        return self.naming.name("group", tenant) + "."

    def _data_key(self, id: int) -> AESGCM:
        return AESGCM(self._use(f"data {id}"))

    def _tickets(self, purpose: str) -> Tickets:
        return Tickets(self._use(f"tickets {purpose}"), self._use(f"names of tickets {purpose}"))

    def _use(self, label: str) -> bytes:
        info = f"almanac directory {label}".encode()
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self._key)
