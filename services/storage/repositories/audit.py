"""Reading the audit log of a book: entries of their own, and what records say of themselves.

What is done to records the ledgers write down (:mod:`services.storage.repositories.traces`); what
is done to the book as a whole is written here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count

from msgspec import Struct

from services.model.audit import AuditEntry
from services.model.books import Book
from services.model.deeds import Trace
from services.model.errors import TooOld
from services.model.events import Author
from services.model.identity import Person
from services.storage.codec import decode
from services.storage.repositories import places
from services.storage.repositories.traces import AUDIT, AUDITED, noted
from services.storage.sealed import Opened, SealedPartition
from services.storage.vault import Vault

__all__ = ["AuditRecords"]

_OF_ITSELF = ("event", "contact")
"""Kinds of records that say themselves what was done last; only one of them is in a book."""
_WIDER = 16


class AuditRecords:
    """The audit log of each book."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(self, book: Book, entry: AuditEntry) -> None:
        """Note a deed that was done to the book as a whole."""
        partition = await places.ledger(self._vault, book.tenant, book.id)
        await partition.commit([noted(entry)])

    async def newest(self, book: Book, most: int) -> list[AuditEntry]:
        """Return the last entries, the newest first.

        Nearly every commit does something, so the last deeds are looked for among the last
        revisions; where too few of these did anything, among more.
        """
        partition = await places.ledger(self._vault, book.tenant, book.id)
        reached, looked = await partition.revision(), most
        while reached > looked:
            with suppress(TooOld):
                entries = await self._since(partition, reached - looked, most)
                if len(entries) == most:
                    return entries
            looked *= _WIDER
        return await self._since(partition, 0, most)

    async def by(self, book: Book, person: Person) -> list[AuditEntry]:
        """Return all that one person has done, in no order."""
        partition = await places.ledger(self._vault, book.tenant, book.id)
        own = person.object_id.encode()
        entries = [
            self._entry(each)
            for kind in (AUDIT, *_OF_ITSELF)
            for each in await partition.find(kind)
            if own in each.body  # most are somebody else's: that is seen without reading them
        ]
        return [entry for entry in entries if entry is not None and entry.by.person == person]

    async def _since(self, partition: SealedPartition, since: int, most: int) -> list[AuditEntry]:
        """Return the newest of the deeds that made a revision above ``since``."""
        newest: list[tuple[int, int, AuditEntry]] = []
        looked_at = count()
        async for page in partition.unopened(since):
            telling = (r for r in page.records if r.kind == AUDIT or r.kind in _OF_ITSELF)
            for record in telling:
                entry = self._entry(partition.opened(record))
                if entry is not None and entry.revision > since:
                    heappush(newest, (entry.revision, next(looked_at), entry))
                if len(newest) > most:
                    heappop(newest)
        return [entry for *_, entry in sorted(newest, reverse=True)]

    def _entry(self, opened: Opened) -> AuditEntry | None:
        """Return what a record says of a deed, with the revision that this has made."""
        if opened.kind == AUDIT:
            entry = decode(AuditEntry, opened.body)
            return replace(entry, revision=entry.revision or opened.revision)
        said = decode(_Said, opened.body)
        if said.trace is None or said.trace.at + AUDITED <= self._vault.clock.now():
            return None
        return AuditEntry(
            at=said.trace.at,
            by=said.updated_by,
            deed=said.trace.deed,
            kind=opened.kind,
            item=opened.id,
            revision=opened.revision,
        )


class _Said(Struct):
    """The part of an event or a contact that says who did what last."""

    updated_by: Author
    trace: Trace | None = None
