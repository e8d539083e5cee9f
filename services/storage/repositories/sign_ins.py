"""Sign-ins that have begun: what must be known when the browser comes back."""

from __future__ import annotations

import hashlib
from datetime import datetime

from services.model.errors import Stale
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["SignInStates"]

_KIND = "sign_in"


class SignInStates:
    """Data behind an OAuth state, good for one use. The state itself is kept as a hash alone."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, state: str, data: bytes, expires_at: datetime) -> None:
        """Keep ``data`` until it is taken, or until ``expires_at``."""
        partition = await places.sign_ins(self._vault)
        seal = Seal(kind=_KIND, id=_hash(state), body=data, expires_at=expires_at)
        await partition.commit([seal])

    async def take(self, state: str) -> bytes | None:
        """Return the data, once; ``None`` when it was taken, has expired or never was."""
        partition = await places.sign_ins(self._vault)
        opened = await partition.get(_KIND, _hash(state))
        if opened is None:
            return None
        try:
            await partition.commit([Remove(kind=_KIND, id=opened.id, expect=opened.etag)])
        except Stale:
            return None  # the same answer came twice, and the other one has it
        return opened.body


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
