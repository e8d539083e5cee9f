"""Tell people that a value of theirs lost a merge, and ask what should become of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.model.accounts import RemoteId
from services.model.errors import NotFound
from services.model.notices import Announcer, OfferNotice
from services.model.tasks import Task, link_of
from services.sync.offers import Offers

__all__ = ["OfferBack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBack:
    """Carries out ``offer_back``."""

    offers: Offers
    announcer: Announcer

    async def __call__(self, task: Task) -> None:
        """Offer back what the pair of the task has kept."""
        person, link_id = link_of(task)
        with suppress(NotFound):  # the link is gone
            remote = RemoteId(task.payload["remote"])
            for offered in await self.offers.open(person, link_id, remote):
                notice = OfferNotice(offered.offer, offered.book, offered.item)
                await self.announcer.announce(notice)
                await self.offers.told(offered.offer)
