"""How much a person uses each contact: what is used often and lately is found first.

A use counts one, and half as much after each month that has passed: an exponential decay, as
browsers rank addresses by "frecency". https://en.wikipedia.org/wiki/Exponential_decay
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.model.books import BookId
from services.model.contacts import ContactId

__all__ = ["MOST", "Use", "Uses"]

HALF_LIFE = timedelta(days=30)
MOST = 100
"""Contacts that are kept in mind for a person: the least used of more are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One contact, and what its uses came to when it was used last."""

    book: BookId
    contact: ContactId
    score: float
    at: datetime

    def worth(self, now: datetime) -> float:
        """Return what the uses are worth by now."""
        return self.score * math.pow(0.5, (now - self.at) / HALF_LIFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """All of a person's; without an etag nothing is stored yet."""

    uses: tuple[Use, ...] = ()
    etag: str = ""
    revision: int = 0

    def after(self, book: BookId, contact: ContactId, now: datetime) -> tuple[Use, ...]:
        """Return the uses after one more, the most used first."""
        before = [one for one in self.uses if one.contact == contact]
        score = 1 + sum(one.worth(now) for one in before)
        new = Use(book=book, contact=contact, score=score, at=now)
        rest = [one for one in self.uses if one.contact != contact]
        return tuple(sorted([new, *rest], key=lambda one: -one.worth(now))[:MOST])
