"""Pictures of contacts: sealed like all else, apart from the ledger, which is read as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from services.model.books import Book, BookId
from services.model.contacts import Contact, PhotoId
from services.model.identity import TenantId
from services.storage.repositories import places
from services.storage.sealed import Seal
from services.storage.vault import Vault

__all__ = ["PhotoRecords"]

_KIND = "photo"


class PhotoRecords:
    """The pictures of each contact list, each under an id that follows from what it shows."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def put(self, book: Book, id: PhotoId, png: bytes) -> None:
        """Keep a picture; the same one again changes nothing."""
        partition = await places.photos(self._vault, book.tenant, book.id)
        await partition.commit([Seal(kind=_KIND, id=id, body=png)])

    async def find(self, tenant: TenantId, book: BookId, id: PhotoId) -> bytes | None:
        """Return a picture as PNG, or ``None``."""
        opened = await (await places.photos(self._vault, tenant, book)).get(_KIND, id)
        return None if opened is None else opened.body

    async def of(
        self, book: Book, contacts: Iterable[Contact], most_bytes: int
    ) -> dict[PhotoId, bytes]:
        """Return the pictures of some contacts as PNGs, by what leads to them.

        Whoever comes after so many bytes goes without.
        """
        found: dict[PhotoId, bytes] = {}
        size = 0
        for id in dict.fromkeys(contact.content.photo for contact in contacts):
            png = await self.find(book.tenant, book.id, id) if id else None
            size += len(png or b"")
            if size > most_bytes:
                break
            if png:
                found[id] = png
        return found
