"""The ledger of contact lists."""

from __future__ import annotations

from services.model.books import Book
from services.model.contacts import Contact, ContactId
from services.storage.repositories.ledger import Ledger
from services.storage.vault import Vault

__all__ = ["ContactLedger"]


class ContactLedger(Ledger[Contact, ContactId]):
    """Contacts of any contact list."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "contact", Contact)

    async def all(self, book: Book) -> list[Contact]:
        """Return every contact of a list, in no order."""
        return await self._live(book, None)
