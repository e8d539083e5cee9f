"""Values that lost a merge, kept for their author alone, as long as deleted things are."""

from __future__ import annotations

from services.model.identity import Person
from services.model.offers import Offer, OfferId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.repositories.batches import remove_all
from services.storage.repositories.traces import KEPT
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["OfferRecords"]

_KIND = "offer"


class OfferRecords:
    """The offers of each person."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def find(self, person: Person, id: OfferId) -> Offer | None:
        """Return an offer to this person, settled or not."""
        opened = await (await places.offers(self._vault, person)).get(_KIND, id)
        return None if opened is None else decode(Offer, opened.body)

    async def of_person(self, person: Person) -> tuple[Offer, ...]:
        """Return everything that was offered to somebody in the last 30 days, oldest first."""
        opened = await (await places.offers(self._vault, person)).find(_KIND)
        offers = [decode(Offer, each.body) for each in opened]
        return tuple(sorted(offers, key=lambda offer: (offer.at, offer.id)))

    async def put(self, offer: Offer) -> None:
        """Keep an offer, in place of the one with its id."""
        seal = Seal(kind=_KIND, id=offer.id, body=encode(offer), expires_at=offer.at + KEPT)
        await (await places.offers(self._vault, offer.to)).commit([seal])

    async def erase(self, person: Person) -> None:
        """Forget all that was offered to somebody."""
        partition = await places.offers(self._vault, person)
        await remove_all(partition, await partition.find(_KIND))
