"""The keys of one tenant, as they are kept inside the wrapping.

A token key, which never changes, and data keys by id. A new data key is *announced*: it seals only
:data:`ANNOUNCED` after it was made, by when every instance has read of it, so none ever meets a
record under a key that it does not know.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.model.errors import Damaged
from services.model.identity import TenantId
from services.storage.blinding import Blinding, blind
from services.storage.keys import KEY_BYTES, Tally
from services.storage.sealed import Keys

__all__ = ["ANNOUNCED", "FRESH", "DataKey", "TenantKeys"]

FRESH = timedelta(seconds=60)
"""For so long an instance trusts what it has read of a tenant's keys."""
ANNOUNCED = 5 * FRESH


class DataKey(msgspec.Struct, frozen=True, array_like=True):
    """A key that seals from a time on."""

    key: bytes
    since: datetime


class TenantKeys(msgspec.Struct, frozen=True, array_like=True):
    """What is wrapped for a tenant. Its ``repr`` must never be written anywhere."""

    tenant: TenantId
    token: bytes
    data: dict[int, DataKey]

    @classmethod
    def made(cls, tenant: TenantId, now: datetime) -> TenantKeys:
        """Return new random keys."""
        first = DataKey(secrets.token_bytes(KEY_BYTES), now)
        return cls(tenant, secrets.token_bytes(KEY_BYTES), {1: first})

    @classmethod
    def read(cls, blob: bytes) -> TenantKeys:
        """Return the keys that :meth:`written` made ``blob`` from.

        Raises:
            Damaged: it holds something else.
        """
        try:
            return msgspec.json.decode(blob, type=cls)
        except msgspec.DecodeError as err:
            raise Damaged("a tenant's keys cannot be read") from err

    def written(self) -> bytes:
        """Return the keys as bytes, to be wrapped."""
        return msgspec.json.encode(self)

    @property
    def newest(self) -> int:
        """The id of the key that seals, or is announced to."""
        return max(self.data)

    @property
    def fingerprint(self) -> str:
        """What tells these keys from others that the same tenant had or will have."""
        return blind(self.token, "fingerprint")

    def sealing(self, now: datetime) -> int:
        """Return the id of the key that seals now."""
        in_force = [id for id, key in self.data.items() if key.since <= now]
        return max(in_force, default=min(self.data))

    def turned(self, now: datetime) -> TenantKeys:
        """Return the keys with one more, announced."""
        key = DataKey(secrets.token_bytes(KEY_BYTES), now + ANNOUNCED)
        return TenantKeys(self.tenant, self.token, {**self.data, self.newest + 1: key})

    def without_old(self) -> TenantKeys:
        """Return the keys without those that the newest has followed."""
        return TenantKeys(self.tenant, self.token, {self.newest: self.data[self.newest]})

    def opened(self, now: datetime, tally: Tally) -> Keys:
        """Return what partitions are sealed and blinded with."""
        data = {id: AESGCM(each.key) for id, each in self.data.items()}
        return Keys(self.tenant, self.sealing(now), data.get, Blinding(self.token), tally)
