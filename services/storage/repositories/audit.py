"""Reading what the writes to a book have left in its audit log."""

from __future__ import annotations

from services.model.audit import AuditEntry
from services.model.books import Book
from services.model.errors import TooOld
from services.model.identity import Person
from services.storage.codec import decode
from services.storage.repositories import places
from services.storage.repositories.traces import AUDIT, noted
from services.storage.sealed import Opened
from services.storage.vault import Vault

__all__ = ["AuditRecords"]


class AuditRecords:
    """The audit log of each book; what is done to its records the ledgers write there."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(self, book: Book, entry: AuditEntry) -> None:
        """Note a deed that was done to the book as a whole."""
        partition = await places.ledger(self._vault, book.tenant, book.id)
        await partition.commit([noted(entry)])

    async def newest(self, book: Book, most: int) -> list[AuditEntry]:
        """Return the last entries, the newest first.

        Every commit that leaves an entry takes a revision, so the last ones are looked for among
        the last revisions, of which a few belong to something else.
        """
        partition = await places.ledger(self._vault, book.tenant, book.id)
        since = await partition.revision() - 2 * most
        try:
            opened, _ = await partition.changes(max(0, since), AUDIT)
        except TooOld:
            opened = []
        if len(opened) < most and since > 0:
            opened, _ = await partition.changes(0, AUDIT)
        newest = sorted(opened, key=_revision, reverse=True)[:most]
        return [decode(AuditEntry, each.body) for each in newest]

    async def by(self, book: Book, person: Person) -> list[AuditEntry]:
        """Return all that one person has done, in no order."""
        partition = await places.ledger(self._vault, book.tenant, book.id)
        found = await partition.find(AUDIT)
        theirs = (each.body for each in found if person.object_id.encode() in each.body)
        return [entry for body in theirs if (entry := decode(AuditEntry, body)).by.person == person]


def _revision(opened: Opened) -> int:
    return opened.revision
