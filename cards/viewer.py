"""For whom a card is drawn: one person, or everyone who reads a post."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.model.books import Book, Role

__all__ = ["Everyone", "Reader", "Viewer"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person, and what they may do in the book that the card is about."""

    zone: ZoneInfo
    language: str = "en"
    role: Role | None = None
    """``None`` = no say in the book, or no book is meant."""

    @property
    def names_zone(self) -> bool:
        """Whether each time must say in which zone it is."""
        return False

    def may(self, role: Role) -> bool:
        """Whether the reader has the role, or a higher one."""
        return self.role is not None and self.role >= role


@dataclass(frozen=True, slots=True)
class Everyone:
    """All who read a post: it shows the book's zone by name, in the book's language.

    Its buttons are for every member; who presses one is asked for their own role then.
    """

    book: Book

    @property
    def zone(self) -> ZoneInfo:
        """The book's."""
        return self.book.zone

    @property
    def language(self) -> str:
        """The book's."""
        return self.book.language

    @property
    def names_zone(self) -> bool:
        """Readers sit in different places."""
        return True

    def may(self, role: Role) -> bool:
        """Members may edit."""
        return role <= Role.EDITOR


Reader = Viewer | Everyone
