"""What lost a merge and is offered back to whoever wrote it.

When both sides of a link change the same field, one value shows and the other is kept with the
pair (:class:`services.model.pairs.Conflict`). An :class:`Offer` is that value on its way to its
author, who says what should become of it; nobody else ever sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from services.model.books import BookId
from services.model.identity import Person
from services.model.items import Content, ItemId
from services.model.pairs import Side

__all__ = ["Offer", "OfferId"]

OfferId = NewType("OfferId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One value that lost, and whose it was."""

    id: OfferId
    """Follows from what lost where, so that an offer that is made twice is one."""
    to: Person
    book: BookId
    item: ItemId
    day: date | None = None
    """Of which date, where the item is a series and each date of it has a life of its own."""
    side: Side
    """Where the value had been written."""
    field: str
    """The group of fields that lost: ``when``, ``title``, ``place``, ``text`` ..."""
    value: Content
    """The losing side's whole content; ``field`` says which part of it lost."""
    at: datetime
    """When it lost."""
    is_told: bool = False
    """Its author has seen it. It is kept all the same, so that it is not offered again."""
