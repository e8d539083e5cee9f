"""What the buttons carry under a value that lost a merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action
from services.model.offers import OfferId

__all__ = ["OfferBoth", "OfferKeep", "OfferTake"]


@dataclass(frozen=True, slots=True)
class OfferTake(Action):
    """Put the value that lost in place of the one that shows."""

    verb: ClassVar[str] = "offer.take"
    offer: OfferId
    etag: str | None = None
    """Of what was shown beside it."""


@dataclass(frozen=True, slots=True)
class OfferBoth(Action):
    """Leave what shows, and make a copy that has the value that lost."""

    verb: ClassVar[str] = "offer.both"
    offer: OfferId


@dataclass(frozen=True, slots=True)
class OfferKeep(Action):
    """Leave it as it is."""

    verb: ClassVar[str] = "offer.keep"
    offer: OfferId
