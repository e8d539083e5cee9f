"""Who is away, or works elsewhere, in some days: from what calendars say, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from services.books.sharing import Sharing
from services.events.agenda import on_days
from services.model.books import Book, BookId, Role
from services.model.concerns import OUT, concerned
from services.model.conversations import Member
from services.model.events import Occurrence
from services.model.filters import folded
from services.model.identity import ConversationHome, Person
from services.model.veil import one_seen_by
from services.storage.store import Store

__all__ = ["Absence", "Away"]


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody, and all that says so."""

    name: str
    """Empty where nobody is named and nobody is known to have written it."""
    occurrences: tuple[Occurrence, ...]
    """By start."""


class Away:
    """The use case of absences."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def between(
        self, person: Person, books: Sequence[BookId], first: date, last: date, zone: ZoneInfo
    ) -> tuple[Absence, ...]:
        """Return who is out from ``first`` to ``last``, both included, by name.

        Args:
            person: who asks.
            books: the calendars to look into.
            first: a day.
            last: a day, not before it.
            zone: whose days they are.

        Raises:
            NotFound: one of the calendars is not for the person who asks.
        """
        found: dict[str, list[Occurrence]] = {}
        for id in books:
            book = await self._sharing.book_for(person, id, Role.READER)
            members = await self._members(book)
            for occurrence in await on_days(self._store, book, first, last, zone):
                if occurrence.written.show_as in OUT:
                    for name in _names(occurrence, members):
                        found.setdefault(name, []).append(one_seen_by(occurrence, person))
        named = sorted(found, key=lambda name: (not name, folded(name)))
        return tuple(Absence(name, tuple(found[name])) for name in named)

    async def _members(self, book: Book) -> Sequence[Member]:
        if not isinstance(book.home, ConversationHome):
            return ()
        return await self._store.conversations.roster(book.home.tenant, book.home.conversation)


def _names(occurrence: Occurrence, members: Sequence[Member]) -> list[str]:
    """Return who is out: members or, where it is none of them, who wrote or organises it."""
    event = occurrence.event
    organiser = event.mirror.organiser if event.mirror else ""
    names = [member.name for member in concerned(occurrence, members)]
    return names or [event.created_by.name or organiser]
