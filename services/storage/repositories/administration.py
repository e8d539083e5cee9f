"""The log of what administrators of an organisation have done; each entry stays for a year."""

from __future__ import annotations

import secrets

from services.model.administration import AdminEntry
from services.model.identity import TenantId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.traces import AUDITED
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["AdminRecords"]

_KIND = "deed"


class AdminRecords:
    """Written and read, never changed."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(self, tenant: TenantId, entry: AdminEntry) -> None:
        """Note a deed."""
        partition = await places.administration(self._vault, tenant)
        id, expires_at = secrets.token_hex(8), entry.at + AUDITED
        await partition.commit([Seal(kind=_KIND, id=id, body=encode(entry), expires_at=expires_at)])

    async def newest(self, tenant: TenantId, most: int) -> tuple[AdminEntry, ...]:
        """Return the last deeds, the newest first."""
        opened = await (await places.administration(self._vault, tenant)).find(_KIND)
        newest = sorted(opened, key=lambda each: each.revision, reverse=True)[:most]
        return tuple(decode(AdminEntry, each.body) for each in newest)
