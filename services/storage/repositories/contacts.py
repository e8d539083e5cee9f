"""The ledger of contact lists."""

from __future__ import annotations

from services.model.books import Book
from services.model.contacts import Apart, Contact, ContactId, PhotoId
from services.storage.codec import decode, encode
from services.storage.repositories.ledger import Ledger
from services.storage.repositories.traces import HISTORY
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["ContactLedger"]


class ContactLedger(Ledger[Contact, ContactId]):
    """Contacts of any contact list."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "contact", Contact)

    async def all(self, book: Book) -> list[Contact]:
        """Return every contact of a list, in no order."""
        return await self._live(book, None)

    async def photos(self, book: Book) -> frozenset[PhotoId]:
        """Return the pictures that contacts of a list show, or did in the last 30 days."""
        partition = await self._partition(book)
        found: set[PhotoId] = set()
        # In this order: what a write replaces meanwhile goes from the one to the other.
        for kind in ("contact", HISTORY):
            async for page, _ in partition.pages(0, kind):
                found.update(decode(Contact, each.body).content.photo for each in page)
        return frozenset(found)

    async def apart(self, book: Book) -> frozenset[Apart]:
        """Return which contacts of a list are not the same, however like they are."""
        opened = await (await self._partition(book)).find(_APART)
        return frozenset(decode(Apart, each.body) for each in opened)

    async def set_apart(self, book: Book, pair: Apart) -> None:
        """Remember that two are not the same; again, and nothing changes."""
        seal = Seal(kind=_APART, id=f"{pair.one}/{pair.other}", body=encode(pair))
        partition = await self._partition(book)
        if await partition.get(_APART, seal.id) is None:
            await partition.commit([seal])


_APART = "apart"
