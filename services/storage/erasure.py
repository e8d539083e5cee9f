"""Erasing a tenant for ever: its keys first, its records after.

Once :meth:`Erasure.destroy_keys` returns, nobody can read anything of the tenant, though all of it
still lies there as noise. Other instances look at the keys each minute, so what remains is swept
up some minutes later, a little at a time (:meth:`Erasure.sweep`), and with the mark of the keys
gone (:meth:`Erasure.finish`) the same organisation may begin anew. Who was erased is remembered
without a name, beside the store and inside, and :meth:`Erasure.replay` does it again to a store
that came back from a backup.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from services.model.errors import Stale
from services.model.identity import TenantId
from services.model.ports import Record
from services.storage.codec import decode, encode
from services.storage.emptying import empty_some
from services.storage.erased import ErasedList
from services.storage.sealed import Seal
from services.storage.tenant_keys import TenantKeys
from services.storage.vault import Vault

__all__ = ["Erasure", "PastErasure"]

_PLACE = "erasures"
_TENANT = "tenant"
_PAST = "past"


@dataclass(frozen=True, slots=True)
class PastErasure:
    """That somebody was erased, and when; not who."""

    at: datetime
    records: int
    """How many records were swept up."""


class Erasure:
    """Destroys keys and sweeps up what they had sealed."""

    def __init__(self, vault: Vault, erased: ErasedList) -> None:
        self._vault = vault
        self._keychain = vault.keychain
        self._erased = erased

    async def replay(self) -> list[TenantId]:
        """Destroy keys that were destroyed before; return whose they are: they are to be swept.

        Raises:
            Damaged: the master keys do not open the vault.
        """
        partition = await self._vault.directory(_PLACE)
        inside = {each.id for each in await partition.find(_TENANT)}
        beside = await self._erased.read()
        for entry in inside - beside:
            await self._erased.add(entry)
        for entry in beside - inside:
            await partition.commit([Seal(kind=_TENANT, id=entry, body=b"")])
        found = []
        for entry in sorted(inside | beside):
            record = await self._keychain.find(entry.partition(" ")[0])
            if record is not None and not self._keychain.is_erased(record):
                keys = TenantKeys.read(await self._keychain.open(record))
                if entry == _entry(record, keys):
                    await self.destroy_keys(keys.tenant)
                    found.append(keys.tenant)
        return found

    async def destroy_keys(self, tenant: TenantId) -> None:
        """Make everything of a tenant unreadable, at once and for ever; again, nothing happens."""
        while True:
            record = await self._keychain.find(self._vault.key_id(tenant))
            if record is None or self._keychain.is_erased(record):
                return
            # Remembered first: whatever happens next, a start would complete it.
            await self._remember(_entry(record, TenantKeys.read(await self._keychain.open(record))))
            try:
                await self._keychain.erase(record)
            except Stale:
                continue  # it was wrapped anew just now
            self._vault.forget(tenant)
            return

    async def sweep(
        self, tenant: TenantId, after: str = "", most: int = 2_000
    ) -> tuple[str | None, int]:
        """Take up to about ``most`` records away.

        Returns:
            Where to go on, ``None`` = nothing is left; and how many records it were.
        """
        swept = 0
        async for name in self._vault.names(tenant, after):
            while number := await empty_some(self._vault.records, name, self._vault.clock.now()):
                swept += number
                if swept >= most:
                    return after, swept
            after = name
        return None, swept

    async def finish(self, tenant: TenantId, records: int) -> None:
        """Let the organisation begin anew, and note that somebody was erased."""
        record = await self._keychain.find(self._vault.key_id(tenant))
        if record is None or not self._keychain.is_erased(record):
            return
        past = PastErasure(self._vault.clock.now(), records)
        partition = await self._vault.directory(_PLACE)
        await partition.commit([Seal(kind=_PAST, id=secrets.token_hex(8), body=encode(past))])
        await self._keychain.clear(record)

    async def past(self) -> list[PastErasure]:
        """Return all erasures, the oldest first."""
        opened = await (await self._vault.directory(_PLACE)).find(_PAST)
        return sorted((decode(PastErasure, each.body) for each in opened), key=lambda one: one.at)

    async def _remember(self, entry: str) -> None:
        await self._erased.add(entry)
        partition = await self._vault.directory(_PLACE)
        await partition.commit([Seal(kind=_TENANT, id=entry, body=b"")])


def _entry(record: Record, keys: TenantKeys) -> str:
    return f"{record.id} {keys.fingerprint}"
