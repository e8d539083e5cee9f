"""From a change notification's subscription to the link that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.accounts import LinkId
from services.model.identity import Person, TenantId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["SubscriptionIndex"]

_KIND = "subscription"
_AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class _Target:
    person: Person
    link: LinkId


@dataclass(frozen=True, slots=True)
class _Awaited:
    link: LinkId


class SubscriptionIndex:
    """Finds the link of a subscription. A hint only: the link itself names its subscription."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, subscription_id: str, person: Person, link: LinkId) -> None:
        """Remember whose it is."""
        body = encode(_Target(person, link))
        partition = await places.subscriptions(self._vault)
        told = Seal(kind=_KIND, id=subscription_id, body=body)
        await partition.commit([told, Remove(kind=_AWAITED, id=link)])

    async def expect(self, link: LinkId, until: datetime) -> None:
        """Remember that a subscription is asked for, until it is there or that time comes."""
        body = encode(_Awaited(link))
        partition = await places.subscriptions(self._vault)
        seal = Seal(kind=_AWAITED, id=link, body=body, expires_at=until)
        await partition.commit([seal])

    async def is_any_awaited(self) -> bool:
        """Return whether any is asked for just now."""
        return bool(await (await places.subscriptions(self._vault)).find(_AWAITED))

    async def find(self, subscription_id: str) -> tuple[Person, LinkId] | None:
        """Return whose it is, or ``None``."""
        opened = await (await places.subscriptions(self._vault)).get(_KIND, subscription_id)
        if opened is None:
            return None
        target = decode(_Target, opened.body)
        return target.person, target.link

    async def remove(self, subscription_id: str) -> None:
        """Forget it; nothing happens where it is unknown."""
        partition = await places.subscriptions(self._vault)
        await partition.commit([Remove(kind=_KIND, id=subscription_id)])

    async def remove_all_of(self, tenant: TenantId) -> None:
        """Forget all that lead into a tenant."""
        partition = await places.subscriptions(self._vault)
        opened = await partition.find(_KIND)
        theirs = [each for each in opened if decode(_Target, each.body).person.tenant == tenant]
        await remove_all(partition, theirs)
