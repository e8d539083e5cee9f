"""What the ledgers of calendars and of contact lists have in common.

A ledger keeps the current state of each of its records, a tombstone for 30 days of each deleted
one, for as long whatever a later write has replaced, and for a year who wrote. Every write takes
the next revision of the book, so "what has changed since" is one cheap question.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Generic, TypeVar, cast

from services.model.books import Book
from services.model.contacts import Contact
from services.model.deeds import Trace
from services.model.errors import NotFound, Stale
from services.model.events import Event
from services.storage.codec import decode
from services.storage.recall import Recall
from services.storage.repositories import places
from services.storage.repositories.batches import commit_groups
from services.storage.repositories.stamps import bare, fresh, reading, restamped, stamped
from services.storage.repositories.traces import BIN, HISTORY, KEPT, trace, traces
from services.storage.sealed import Opened, Seal, SealedPartition, SealedWrite
from services.storage.vault import Vault

__all__ = ["KEPT", "Ledger"]

_REMEMBERED = 64_000_000
"""Bytes: some 25,000 entries, the months that hundreds of teams look at."""

T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)


class Ledger(Generic[T, Id]):
    """The records of one kind, in any book. A subclass names the kind and its labels."""

    def __init__(self, vault: Vault, kind: str, cls: type[T]) -> None:
        self._vault = vault
        self._kind = kind
        self._cls = cls
        self._recall = Recall(kind, reading(cls), vault.clock, _REMEMBERED)

    async def get(self, book: Book, id: Id) -> T:
        """Return what is there now.

        Raises:
            NotFound: never there, or deleted.
        """
        found = await self.find(book, id)
        if found is None or found.deleted_at is not None:
            raise NotFound(self._kind)
        return found

    async def find(self, book: Book, id: Id) -> T | None:
        """Return the record, also a tombstone, or ``None``."""
        opened = await (await self._partition(book)).get(self._kind, id)
        return None if opened is None else stamped(self._cls, opened)

    async def changes(self, book: Book, since: int) -> tuple[list[T], int]:
        """Return what was written after a revision, tombstones included, and the one reached.

        Raises:
            TooOld: start over with ``since`` 0.
        """
        entries: list[T] = []
        reached = since
        async for page, revision in self.unread(book, since):
            entries += [self.read(each.body, each.revision) for each in page]
            reached = revision
        return entries, reached

    async def unread(self, book: Book, since: int) -> AsyncIterator[tuple[list[Opened], int]]:
        """Yield what :meth:`changes` would return page by page, so that a large book stalls nobody.

        It is opened but not read: :meth:`read` is for those that somebody wants to see. The
        revision that comes with a page is reached only when the last page has come.

        Raises:
            TooOld: start over with ``since`` 0.
        """
        async for page in (await self._partition(book)).pages(since, self._kind):
            yield page

    def read(self, body: bytes, revision: int) -> T:
        """Return what the body of an opened record holds."""
        return fresh(self._cls, body, revision)

    async def revision(self, book: Book) -> int:
        """Return the book's last revision."""
        return await (await self._partition(book)).revision()

    async def count(self, book: Book) -> int:
        """Return how many records there are, without tombstones."""
        partition = await self._partition(book)
        found = await partition.find_read(self._kind, None, lambda record: record.id)
        return len(found)

    async def history(self, book: Book, id: Id) -> list[T]:
        """Return what was replaced in the last 30 days, the oldest first."""
        partition = await self._partition(book)
        opened = await partition.find(HISTORY, [f"{self._kind}/{id}"])
        replaced = [decode(self._cls, each.body) for each in opened]
        return sorted(replaced, key=lambda entry: entry.revision)

    async def deleted(self, book: Book, most: int) -> list[T]:
        """Return what is deleted and can be had back, the last deleted first."""
        partition = await self._partition(book)
        opened = await partition.find(BIN, [self._kind])
        newest = sorted(opened, key=lambda each: each.body, reverse=True)[:most]
        ids = [each.id.removeprefix(f"{self._kind}/") for each in newest]
        found = [await self.find(book, cast(Id, id)) for id in ids]
        return [entry for entry in found if entry is not None and entry.deleted_at is not None]

    async def save(self, entry: T, book: Book) -> T:
        """Write it with its :mod:`~services.storage.repositories.traces`; return it as stored.

        A new one has no etag; one with ``deleted_at`` becomes a tombstone.

        Raises:
            Stale: it has changed since it was read, or a new one exists already.
        """
        (saved,) = await self.save_together([entry], book)
        return saved

    async def save_together(self, entries: Sequence[T], book: Book) -> tuple[T, ...]:
        """Write several in one commit, each as :meth:`save` would: all or none.

        Raises:
            Stale: one has changed since it was read, or a new one exists already.
            TooLarge: they are more than a commit holds.
        """
        partition, now = await self._partition(book), self._vault.clock.now()
        writes: list[SealedWrite] = []
        said: list[Trace | None] = []
        for entry in entries:
            before = await self._replaced(partition, entry) if entry.etag else None
            said.append(trace(before, entry, now))
            writes += [self._seal(entry, said[-1]), *traces(self._kind, before, entry, now)]
        revision = await partition.commit(writes)
        both = zip(entries, said, strict=True)
        return tuple([restamped(entry, revision, trace=own) for entry, own in both])

    async def save_all(self, entries: Iterable[tuple[T | None, T]], book: Book) -> None:
        """Write many, each as :meth:`save` would, in commits as full as they may be.

        Args:
            entries: what is there now, if anything, and what shall be; its etag is expected. They
                may be made as they are asked for: few of them are there at once.
            book: where they are.

        Raises:
            Stale: one has changed since it was read; others may be written.
        """
        now = self._vault.clock.now()
        groups = (
            [
                self._seal(new, trace(before, new, now)),
                *traces(self._kind, before, new, now),
            ]
            for before, new in entries
        )
        await commit_groups(await self._partition(book), groups)

    async def _live(self, book: Book, labels: Sequence[str] | None) -> list[T]:
        """Return the records with any of the labels, without tombstones."""
        return await self._recall.live(await self._partition(book), labels)

    def _labels(self, entry: T) -> Sequence[str]:
        """Return what the record is found by."""
        return ()

    async def _partition(self, book: Book) -> SealedPartition:
        return await places.ledger(self._vault, book.tenant, book.id)

    def _seal(self, entry: T, said: Trace | None) -> Seal:
        is_deleted = entry.deleted_at is not None
        return Seal(
            kind=self._kind,
            id=entry.id,
            body=bare(entry, trace=said),
            labels=() if is_deleted else self._labels(entry),
            expect=entry.etag,
            deleted_at=entry.deleted_at,
            expires_at=None if entry.deleted_at is None else entry.deleted_at + KEPT,
        )

    async def _replaced(self, partition: SealedPartition, entry: T) -> T:
        opened = await partition.get(self._kind, entry.id)
        if opened is None or opened.etag != entry.etag:
            raise Stale("the record has changed")
        return stamped(self._cls, opened)
