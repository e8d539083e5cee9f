"""All contacts of a list at hand, as the bytes that are stored: opened when somebody asks for one.

For what has to hold thousands of others against a whole list, which as objects would take four
times the memory. Nothing of it outlives the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.model.books import Book
from services.model.contacts import Contact
from services.storage.repositories.contacts import ContactLedger

__all__ = ["StoredContacts"]


class StoredContacts(Mapping[str, Contact]):
    """Contacts by id, tombstones too; equal ones are not the same object."""

    def __init__(self, ledger: ContactLedger) -> None:
        self._ledger = ledger
        self._bodies: dict[str, tuple[bytes, int]] = {}
        """With the revision of each."""

    @classmethod
    async def of(cls, ledger: ContactLedger, book: Book) -> StoredContacts:
        """Return what is in a list by now."""
        stored = cls(ledger)
        async for page, _ in ledger.unread(book, 0):
            stored._bodies |= {each.id: (each.body, each.revision) for each in page}
        return stored

    def __getitem__(self, id: str) -> Contact:
        return self._ledger.read(*self._bodies[id])

    def __contains__(self, id: object) -> bool:
        return id in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)
