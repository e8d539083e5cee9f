"""All contacts of a list at hand, as bytes that are packed: opened when somebody asks for one.

For what has to hold thousands of others against a whole list, which as objects would take ten
times the memory. Nothing of it outlives the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.model.books import Book
from services.model.contacts import Contact
from services.search.packed import Packed
from services.storage.repositories.contacts import ContactLedger

__all__ = ["StoredContacts"]


class StoredContacts(Mapping[str, Contact]):
    """Contacts by id, tombstones too; equal ones are not the same object."""

    def __init__(self, ledger: ContactLedger) -> None:
        self._ledger = ledger
        self._bodies = Packed()
        self._revisions: dict[str, int] = {}

    @classmethod
    async def of(cls, ledger: ContactLedger, book: Book) -> StoredContacts:
        """Return what is in a list by now."""
        stored = cls(ledger)
        async for page, _ in ledger.unread(book, 0):
            stored._bodies.update((each.id, each.body) for each in page)
            stored._revisions.update((each.id, each.revision) for each in page)
        return stored

    def __getitem__(self, id: str) -> Contact:
        return self._ledger.read(self._bodies[id], self._revisions[id])

    def __contains__(self, id: object) -> bool:
        return id in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)
