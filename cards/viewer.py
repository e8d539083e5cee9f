"""For whom a card is drawn: one person, or everyone who reads a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from services.model.books import Book, Role
from services.model.events import Author, Occurrence
from services.model.identity import Person
from services.model.veil import one_seen_by

__all__ = ["Everyone", "Reader", "Viewer"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person, and what they may do in the book that the card is about."""

    zone: ZoneInfo
    language: str = "en"
    role: Role | None = None
    """``None`` = no say in the book, or no book is meant."""
    person: Person | None = None
    """Set for whom it matters who made something: they change what is their own."""

    @property
    def names_zone(self) -> bool:
        """Whether each time must say in which zone it is."""
        return False

    def may(self, role: Role) -> bool:
        """Whether the reader has the role, or a higher one."""
        return self.role is not None and self.role >= role

    def sees(self, one: Occurrence) -> Occurrence:
        """What a use case has given to somebody is theirs to see."""
        return one

    def sees_all(self, found: Sequence[Occurrence]) -> Sequence[Occurrence]:
        """As :meth:`sees`, of many."""
        return found

    def may_change(self, by: Author) -> bool:
        """Whether the reader may change what somebody has made."""
        return self.may(Role.EDITOR) or (
            self.may(Role.CONTRIBUTOR) and by.person is not None and by.person == self.person
        )


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
        """What every member may; who may more finds it in their own view."""
        return role <= self.book.access.everybody

    def sees(self, one: Occurrence) -> Occurrence:
        """What is private to one of the readers is veiled, whoever has it drawn."""
        return one_seen_by(one, None)

    def sees_all(self, found: Sequence[Occurrence]) -> Sequence[Occurrence]:
        """As :meth:`sees`, of many."""
        return [one_seen_by(one, None) for one in found]

    def may_change(self, by: Author) -> bool:
        """Whether every member may change what somebody has made."""
        return self.may(Role.EDITOR)


Reader = Viewer | Everyone
