"""What contacts celebrate: birthdays and anniversaries, which come again each year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.model.contacts import ContactId
from services.model.settings import Marked

__all__ = ["SOME_YEAR", "Celebrated", "Celebration"]

SOME_YEAR = 1604
"""Stands for a year that nobody knows."""


@dataclass(frozen=True, slots=True)
class Celebrated:
    """A day that comes again each year."""

    contact: ContactId
    name: str
    began: date
    """The year 1604 is none."""
    what: Marked


@dataclass(frozen=True, slots=True)
class Celebration:
    """One time that it comes."""

    day: date
    of: Celebrated

    @property
    def years(self) -> int | None:
        """How many years it is by then; ``None`` = nobody knows."""
        return None if self.of.began.year == SOME_YEAR else self.day.year - self.of.began.year
