"""Search segments: ready-made pieces of a book's search index, sealed, beside its ledger.

What a segment holds is a matter of :mod:`services.search.segment`; here it is some parts, each of
which fits into a commit. One small record, the *list*, names the segments, oldest first; each goes
on where the one before ends, and what was written to the ledger since is in none of them.

Segments are never the truth. Whoever finds them damaged, or has changed what they must not hold any
more, calls :meth:`SegmentRecords.drop`, and new ones are made from the ledger. They also expire by
themselves, as what is deleted does: nothing outlives its tombstone in them. Whoever writes one puts
the task that sees to them from then on (:mod:`services.jobs.keep_index`).

Every commit replaces the list under its etag. So of two instances that write at the same time one
is told ``Stale`` at its next part, and after a ``drop`` nobody can finish what was begun before.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.model import ports
from services.model.books import Book
from services.model.errors import Damaged, Stale
from services.model.ports import etag_of
from services.model.tasks import TaskKind, book_task
from services.storage.codec import decode, encode
from services.storage.queue import TaskQueue
from services.storage.repositories import places
from services.storage.repositories.batches import commit_all
from services.storage.repositories.traces import KEPT
from services.storage.sealed import Remove, Seal, SealedPartition
from services.storage.vault import Vault

__all__ = ["SEEN_TO_EVERY", "Listed", "Segment", "SegmentRecords"]

SEEN_TO_EVERY = timedelta(days=7)
"""So at least once while segments are ageing, even if a week is missed."""

_LIST, _PART = "list", "part"
_ONLY = "segments"
_AGEING = timedelta(days=10)
_FEW = 8
"""Parts that are looked at in one go, some megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What the list says of a segment."""

    until: int
    """The ledger's revision up to which it goes."""
    rows: int
    """How many records are in it, deleted ones too."""
    expires_at: datetime
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A book's segments, oldest first, as they were listed under an etag."""

    segments: tuple[Segment, ...] = ()
    etag: str = ""
    is_ageing: bool = False
    """True when one will soon expire, so that all should be written anew."""

    @property
    def until(self) -> int:
        """The ledger's revision up to which they go."""
        return self.segments[-1].until if self.segments else 0


class SegmentRecords:
    """Reads, writes and drops the segments of any book."""

    def __init__(self, vault: Vault, tasks: TaskQueue) -> None:
        self._vault = vault
        self._tasks = tasks

    async def listed(self, book: Book) -> Listed:
        """Return which segments there are; none, where one of them has expired."""
        opened = await (await self._partition(book)).get(_LIST, _ONLY)
        if opened is None:
            return Listed()
        listed = decode(Listed, opened.body)
        first = min((each.expires_at for each in listed.segments), default=None)
        if first is None or first <= self._vault.clock.now():
            return Listed(etag=opened.etag)
        is_ageing = first - self._vault.clock.now() < _AGEING
        return replace(listed, etag=opened.etag, is_ageing=is_ageing)

    async def pieces(self, book: Book, listed: Listed, segment: Segment) -> AsyncIterator[bytes]:
        """Yield what was written as one of the listed segments.

        Raises:
            Stale: it has been replaced since it was listed.
            Damaged: a part is missing, or does not open.
        """
        partition = await self._partition(book)
        for part in segment.parts:
            opened = await partition.get(_PART, part)
            if opened is not None:
                yield opened.body
            elif (await self.listed(book)).etag != listed.etag:
                raise Stale("the segment has been replaced")
            else:
                raise Damaged("a part of a search segment is missing")

    async def write(
        self,
        book: Book,
        listed: Listed,
        kept: int,
        until: int,
        rows: int,
        pieces: Sequence[bytes],
    ) -> None:
        """Put a segment behind the first ``kept`` ones, and in place of the others.

        A crash leaves parts that nobody lists, which expire.

        Args:
            book: whose it is.
            listed: the segments that there are.
            kept: how many of them stay as they are.
            until: the ledger's revision up to which the new one goes.
            rows: how many records are in it.
            pieces: what it is made of, each of which fits into a commit.

        Raises:
            Stale: somebody else has written or dropped segments since they were listed.
        """
        partition, now = await self._partition(book), self._vault.clock.now()
        expires_at, due_at = now + KEPT, now + SEEN_TO_EVERY
        await self._tasks.put(book_task(TaskKind.KEEP_INDEX, book.tenant, book.id, due_at))
        parts = {secrets.token_hex(8): piece for piece in pieces}
        for id, piece in parts.items():
            part = Seal(kind=_PART, id=id, body=piece, expires_at=expires_at)
            revision = await partition.commit([part, self._list(listed)])
            listed = replace(listed, etag=etag_of(revision))
        new = Segment(until=until, rows=rows, expires_at=expires_at, parts=tuple(parts))
        replaced = [part for segment in listed.segments[kept:] for part in segment.parts]
        following = replace(listed, segments=(*listed.segments[:kept], new))
        await partition.commit([self._list(following)])
        await commit_all(partition, [Remove(kind=_PART, id=part) for part in replaced])

    async def drop(self, book: Book) -> None:
        """Take all segments away, also those that somebody is just writing."""
        partition = await self._partition(book)
        # An empty list stays, and comes first: its etag is what stops the others.
        await partition.commit([self._list(Listed())._replace(expect=None)])
        while parts := await self._some_parts(partition):
            await partition.records.commit(partition.name, parts)

    async def _some_parts(self, partition: SealedPartition) -> list[ports.Write]:
        page = await partition.records.changes(partition.name, 0, kind=_PART, limit=_FEW)
        return [ports.Remove(id=record.id) for record in page.records]

    def _list(self, listed: Listed) -> Seal:
        return Seal(
            kind=_LIST,
            id=_ONLY,
            body=encode(replace(listed, etag="", is_ageing=False)),
            expect=listed.etag,
            expires_at=self._vault.clock.now() + KEPT,
        )

    async def _partition(self, book: Book) -> SealedPartition:
        return await places.segments(self._vault, book.tenant, book.id)
