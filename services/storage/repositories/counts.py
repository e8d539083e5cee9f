"""The message that counts up while a link's first sync goes on, so that it is found again.

It outlives the process that has sent it: whoever goes on with the sync goes on in the same message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from services.model.accounts import LinkId
from services.model.identity import Person
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["CountRecords"]

_KIND = "count"
_KEPT = timedelta(days=2)
"""A first sync that rests for longer may begin another message."""


@dataclass(frozen=True, slots=True)
class _Count:
    activity_id: str


class CountRecords:
    """One message a link, in its owner's account."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def find(self, person: Person, link: LinkId) -> str:
        """Return the activity id of the message; empty where there is none."""
        opened = await (await places.account(self._vault, person)).get(_KIND, link)
        return "" if opened is None else decode(_Count, opened.body).activity_id

    async def put(self, person: Person, link: LinkId, activity_id: str) -> None:
        """Keep it in place of another one."""
        expires_at = self._vault.clock.now() + _KEPT
        seal = Seal(kind=_KIND, id=link, body=encode(_Count(activity_id)), expires_at=expires_at)
        await (await places.account(self._vault, person)).commit([seal])

    async def remove(self, person: Person, link: LinkId) -> None:
        """Forget it: it has come to its end, or somebody has deleted it."""
        partition = await places.account(self._vault, person)
        await partition.commit([Remove(kind=_KIND, id=link)])
