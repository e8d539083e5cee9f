"""The audit log of a book, for its owners: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass

from services.books.sharing import Sharing
from services.model.audit import AuditEntry
from services.model.books import Book, BookId, Role
from services.model.contacts import ContactId
from services.model.events import EventId
from services.model.identity import Person
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["Audit", "Traced"]


@dataclass(frozen=True, slots=True)
class Traced:
    """A deed, and what its thing is called today."""

    entry: AuditEntry
    title: str
    """Empty once the thing is gone for good: its name went with it."""


class Audit:
    """Use cases of audit logs."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def newest(
        self, person: Person, book_id: BookId, most: int = 20, *, for_all: bool = False
    ) -> tuple[Traced, ...]:
        """Return the last deeds, the newest first.

        Args:
            person: who asks.
            book_id: the calendar or contact list.
            most: how many.
            for_all: others read it, too: what the asker keeps private is not named either.

        Raises:
            NotFound: there is no such book, as far as this person may know.
            NotAllowed: they do not own it.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        await self._sharing.require(person, book, Role.OWNER)
        entries = await self._store.audit.newest(book, most)
        reader = None if for_all else person
        return tuple([Traced(entry, await self._title(reader, book, entry)) for entry in entries])

    async def _title(self, person: Person | None, book: Book, entry: AuditEntry) -> str:
        if entry.kind == "event":
            event = await self._store.events.find(book, EventId(entry.item))
            return seen_by(event, person).content.title if event else ""
        if entry.kind == "book":
            return ""  # it is the book whose log this is
        contact = await self._store.contacts.find(book, ContactId(entry.item))
        return contact.content.name if contact else ""
