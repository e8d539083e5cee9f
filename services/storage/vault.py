"""The keys of tenants, kept wrapped, and the partitions that they seal.

Call :meth:`Vault.open` once at the start, then :meth:`Vault.partition` wherever something of a
tenant is read or written; :meth:`Vault.directory` is for the few things that belong to no tenant
(a sign-in that has only begun, the shards of the queue).

Three kinds of keys, none with two uses:

* the key ring's master keys wrap the others and touch no data;
* each tenant has data keys, which seal, and a token key, which blinds ids and labels;
* the installation has one directory key; from it come the names of all partitions and the keys
  of the directory's own records (HKDF, RFC 5869, one label a use).

Token and directory keys are never replaced, only wrapped anew, because every stored name hangs
on them. Whoever destroys a tenant's keys has erased the tenant.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.model.errors import Damaged, Stale
from services.model.identity import TenantId
from services.model.ports import Put, Record, Records
from services.model.times import Clock
from services.storage.keys import KEY_BYTES, KeyRing, bind
from services.storage.sealed import Keys, SealedPartition, blind

__all__ = ["Vault"]

_PARTITION = "vault"
"""The one partition with a clear name: it holds the wrapped keys and nothing else."""
_KIND = "key"
_DIRECTORY = "directory"
_NAME_BYTES = 32
_REMEMBERED = 4_000


class _TenantKeys(msgspec.Struct, array_like=True):
    """What is wrapped for a tenant."""

    data: dict[int, bytes]
    token: bytes


@dataclass(frozen=True, slots=True, repr=False)
class _Directory:
    """What comes from the directory key."""

    naming: bytes
    keys: Keys


class Vault:
    """Hands out sealed partitions; keeps every tenant's keys in memory once used."""

    def __init__(self, records: Records, ring: KeyRing, clock: Clock) -> None:
        self.records = records
        self.clock = clock
        self._ring = ring
        self._tenants: dict[TenantId, Keys] = {}
        self._opened: _Directory | None = None
        # A name is asked for at every read, and is always the same.
        self._name = lru_cache(maxsize=_REMEMBERED)(self._blind_name)

    async def open(self) -> None:
        """Read the directory key, or make it at the very first start.

        Raises:
            Damaged: no key of the ring opens it.
        """
        self._opened = _derive(await self._key(_DIRECTORY, secrets.token_bytes(KEY_BYTES)))

    async def partition(self, tenant: TenantId, *name: str) -> SealedPartition:
        """Return a tenant's partition; ``name`` says which, in clear words and ids."""
        keys = self._tenants.get(tenant) or await self._load(tenant)
        return SealedPartition(self.records, self._name("tenant", tenant, *name), keys)

    async def directory(self, *name: str) -> SealedPartition:
        """Return a partition that belongs to no tenant."""
        return SealedPartition(self.records, self._name(_DIRECTORY, *name), self._directory.keys)

    @property
    def _directory(self) -> _Directory:
        if self._opened is None:
            raise RuntimeError("the vault is not open")
        return self._opened

    def _blind_name(self, *parts: str) -> str:
        return blind(self._directory.naming, *parts, size=_NAME_BYTES)

    async def _load(self, tenant: TenantId) -> Keys:
        new = _TenantKeys({1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
        blob = await self._key(self._name("keys", tenant), msgspec.json.encode(new))
        try:
            held = msgspec.json.decode(blob, type=_TenantKeys)
        except msgspec.DecodeError as err:
            raise Damaged("a tenant's keys cannot be read") from err
        keys = Keys(tenant, {id: AESGCM(key) for id, key in held.data.items()}, held.token)
        return self._tenants.setdefault(tenant, keys)

    async def _key(self, id: str, new: bytes) -> bytes:
        """Return the key called ``id``; ``new`` becomes it where there is none yet."""
        record = await self.records.get(_PARTITION, id)
        if record is None:
            try:
                await self._keep(id, new, expect="")
            except Stale:
                # Another instance was faster: its key is the one that counts.
                return await self._key(id, new)
            return new
        key = self._ring.unwrap(bind(_KIND, id), record.body)
        if not self._ring.is_current(record.body):
            await self._rewrap(record, key)
        return key

    async def _rewrap(self, record: Record, key: bytes) -> None:
        try:
            await self._keep(record.id, key, expect=record.etag)
        except Stale:
            return  # another instance has just done it

    async def _keep(self, id: str, key: bytes, expect: str) -> None:
        body = self._ring.wrap(bind(_KIND, id), key)
        await self.records.commit(_PARTITION, [Put(id=id, kind=_KIND, body=body, expect=expect)])


def _derive(key: bytes) -> _Directory:
    def use(label: str) -> bytes:
        info = f"almanac directory {label}".encode()
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)

    return _Directory(use("names"), Keys("", {1: AESGCM(use("data"))}, use("tokens")))
