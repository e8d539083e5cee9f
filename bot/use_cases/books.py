"""Calendars and contact lists as such: their settings, members, copies, and what was deleted."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ground import Ground
from services.books.audit import Audit
from services.books.book_bin import BookBin
from services.books.calendars import Calendars
from services.books.clones import Clones
from services.books.memberships import Memberships
from services.books.recycle_bin import RecycleBin

__all__ = ["BookCases", "book_cases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookCases:
    """What is done with a whole calendar or contact list."""

    calendars: Calendars
    memberships: Memberships
    clones: Clones
    book_bin: BookBin
    recycle_bin: RecycleBin
    audit: Audit


def book_cases(ground: Ground) -> BookCases:
    """Build the use cases of calendars and contact lists as such."""
    store, sharing, clock = ground.store, ground.sharing, ground.clock
    calendars = Calendars(store, sharing, clock)
    return BookCases(
        calendars=calendars,
        memberships=Memberships(store, sharing, clock),
        clones=Clones(store, sharing, calendars, clock),
        book_bin=BookBin(store, sharing, clock),
        recycle_bin=RecycleBin(store, sharing, clock),
        audit=Audit(store, sharing),
    )
