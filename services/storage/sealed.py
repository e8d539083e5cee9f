"""A partition whose records are sealed: what repositories read and write.

:meth:`services.storage.vault.Vault.partition` hands one out. Bodies are AES-256-GCM, bound to
tenant, partition, kind and id, so a record that was moved, swapped or changed does not open.
Ids and labels reach the disk as HMACs (*blind*), bound to the partition too: equal values of two
books look different, and an id may be anything, even an address.

A sealed body is ``format (1) | key id (4) | nonce (12) | ciphertext and tag``; the plain text
begins with the record's own id, since the stored one cannot be turned back.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.model import ports
from services.model.errors import Damaged
from services.model.turns import in_turns
from services.storage.blinding import Blinding, associated, bound_by
from services.storage.keys import NONCE_BYTES, Tally, bound

__all__ = [
    "Keys",
    "Opened",
    "Remove",
    "Seal",
    "SealedPartition",
    "SealedWrite",
    "key_id_of",
]

T = TypeVar("T")
_FORMAT = 1
_KEY_ID_BYTES = 4
_HEAD_BYTES = 1 + _KEY_ID_BYTES
_CLEAR_BYTES = _HEAD_BYTES + NONCE_BYTES
_LENGTH_BYTES = 4
"""Of the own id, which stands before the rest."""
_PAGE = 200
"""Records that are opened in one go: some milliseconds of work."""
_SEALED = 16
"""Records that are sealed in one go: they may be made, too, as they are asked for."""
_FOUND = 4_000
"""Records that are looked for in one go: each page looks through all that carry a token."""


def key_id_of(body: bytes) -> int:
    """Return which data key a sealed body names."""
    return int.from_bytes(body[1:_HEAD_BYTES], "big")


@dataclass(frozen=True, slots=True)
class Keys:
    """What seals and blinds in the partitions of one tenant, or of the directory."""

    scope: str
    """The tenant; empty for the directory, which is no tenant's."""
    sealing: int
    """The id of the data key that seals; any that is known opens."""
    data: Callable[[int], AESGCM | None] = field(repr=False)
    """Finds a data key by its id."""
    blinding: Blinding = field(repr=False)
    tally: Tally = field(default_factory=Tally, compare=False)


class Seal(NamedTuple):
    """Write a whole record, new or not. ``expect`` is as in :class:`services.model.ports.Put`."""

    kind: str
    id: str
    body: bytes
    labels: Sequence[str] = ()
    """By which :meth:`SealedPartition.find` finds it; only their HMACs are stored."""
    expect: str | None = None
    deleted_at: datetime | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a record away without a trace."""

    kind: str
    id: str
    expect: str | None = None


SealedWrite = Seal | Remove


class Opened(NamedTuple):
    """A record that was read, verified and opened."""

    kind: str
    id: str
    body: bytes
    revision: int
    etag: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SealedPartition:
    """One partition of the records, seen through its keys."""

    records: ports.Records
    name: str
    keys: Keys
    _ways: dict[tuple[bytes, str], tuple[AESGCM, bytes]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What opens the bodies of one key and kind, which a month of them has in common."""

    async def get(self, kind: str, id: str) -> Opened | None:
        """Return the record (tombstones too), or ``None``.

        Raises:
            Damaged: it is there, and does not open. So do all methods that read.
        """
        record = await self.records.get(self.name, self._record_id(kind, id))
        return None if record is None else self._open(record)

    async def revision(self) -> int:
        """Return the partition's last revision."""
        return await self.records.revision(self.name)

    async def changes(self, since: int, kind: str | None = None) -> tuple[list[Opened], int]:
        """Return what was written after ``since``, oldest first, and the revision reached.

        Raises:
            TooOld: start over with ``since`` 0.
        """
        opened: list[Opened] = []
        reached = since
        async for page, revision in self.pages(since, kind):
            opened += page
            reached = revision
        return opened, reached

    async def pages(
        self, since: int, kind: str | None = None
    ) -> AsyncIterator[tuple[list[Opened], int]]:
        """Yield what :meth:`changes` returns a page at a time, so that a long answer stalls nobody.

        The revision that comes with a page is reached only when the last page has come.

        Raises:
            TooOld: start over with ``since`` 0.
        """
        async for page in self.unopened(since, kind):
            yield [self._open(record) for record in page.records], page.revision

    async def unopened(self, since: int, kind: str | None = None) -> AsyncIterator[ports.Page]:
        """Yield the records of :meth:`pages` as they are stored: :meth:`opened` opens them.

        Raises:
            TooOld: start over with ``since`` 0.
        """
        after: str | None = None
        while True:
            page = await self.records.changes(self.name, since, kind=kind, limit=_PAGE, after=after)
            yield page
            if page.next is None:
                return
            after = page.next

    async def find(self, kind: str, labels: Sequence[str] | None = None) -> list[Opened]:
        """Return the live records of a kind with any of the labels (``None`` = all of the kind)."""
        tokens = None if labels is None else [self.token(label) for label in labels]
        return await self.find_read(kind, tokens, self._open)

    async def find_read(
        self, kind: str, tokens: Sequence[str] | None, read: Callable[[ports.Record], T]
    ) -> list[T]:
        """Return what ``read`` makes of the live records with any of the tokens; ``None`` = all."""
        found: list[T] = []
        after: str | None = None
        while True:
            page = await self.records.find(self.name, kind, tokens, limit=_FOUND, after=after)
            for start in range(0, len(page.records), _PAGE):
                if start:
                    await asyncio.sleep(0)
                found += map(read, page.records[start : start + _PAGE])
            if page.next is None:
                return found
            after = page.next

    async def due(self, until: datetime, limit: int) -> list[Opened]:
        """Return live records whose ``due_at`` has come, the longest due first."""
        return [self._open(r) for r in await self.records.due(self.name, until, limit=limit)]

    async def commit(self, writes: Iterable[SealedWrite]) -> int:
        """Apply all writes or none; return the revision that they got.

        Raises:
            Stale: an expectation did not hold.
        """
        return await self.records.commit(self.name, await self.sealed(writes))

    async def sealed(self, writes: Iterable[SealedWrite]) -> list[ports.Write]:
        """Return writes as they are stored, in their order."""
        known: dict[str, str] = {}  # what is written together has most of its labels in common
        return [self._write(write, known) async for write in in_turns(writes, _SEALED)]

    def opened(self, record: ports.Record) -> Opened:
        """Return what a record of this partition holds; ``Damaged`` where it does not open."""
        return self._open(record)

    def inside(self, record: ports.Record) -> bytes:
        """Return the body alone of what :meth:`opened` returns; an agenda asks for thousands."""
        plain = self._unseal(record)
        return plain[_LENGTH_BYTES + int.from_bytes(plain[:_LENGTH_BYTES], "big") :]

    def rewritten(self, record: ports.Record, body: bytes | None = None) -> ports.Put:
        """Return the write that seals a record anew, with its own body or another.

        Raises:
            Damaged: it does not open.
        """
        opened = self._open(record)
        plain = bound(opened.id) + (opened.body if body is None else body)
        return ports.Put(
            id=record.id,
            kind=record.kind,
            body=self._seal(record.kind, record.id, plain),
            tokens=record.tokens,
            expect=record.etag,
            deleted_at=record.deleted_at,
            expires_at=record.expires_at,
            due_at=record.due_at,
        )

    def token(self, label: str) -> str:
        """Return the label's HMAC, good in this partition only."""
        return self.keys.blinding.label(self.name, label)

    def _record_id(self, kind: str, id: str) -> str:
        return self.keys.blinding.id(self.name, kind, id)

    def _write(self, write: SealedWrite, known: dict[str, str]) -> ports.Write:
        record_id = self._record_id(write.kind, write.id)
        if isinstance(write, Remove):
            return ports.Remove(id=record_id, expect=write.expect)
        return ports.Put(
            id=record_id,
            kind=write.kind,
            body=self._seal(write.kind, record_id, bound(write.id) + write.body),
            tokens=self.keys.blinding.labels(self.name, write.labels, known),
            expect=write.expect,
            deleted_at=write.deleted_at,
            expires_at=write.expires_at,
            due_at=write.due_at,
        )

    def _seal(self, kind: str, record_id: str, plain: bytes) -> bytes:
        key_id = self.keys.sealing
        key = self.keys.data(key_id)
        if key is None:
            raise Damaged("the sealing key is unknown")
        self.keys.tally.seals += 1
        nonce = os.urandom(NONCE_BYTES)
        aad = associated(_FORMAT, key_id, self.keys.scope, self.name, kind, record_id)
        sealed = key.encrypt(nonce, plain, aad)
        return bytes([_FORMAT]) + key_id.to_bytes(_KEY_ID_BYTES, "big") + nonce + sealed

    def _open(self, record: ports.Record) -> Opened:
        plain = self._unseal(record)
        start = _LENGTH_BYTES + int.from_bytes(plain[:_LENGTH_BYTES], "big")
        own_id, body = plain[_LENGTH_BYTES:start].decode(), plain[start:]
        return Opened(record.kind, own_id, body, record.revision, record.etag, record.due_at)

    def _unseal(self, record: ports.Record) -> bytes:
        body, of = record.body, (record.body[:_HEAD_BYTES], record.kind)
        key, bound_to = self._ways.get(of) or self._way(*of)
        nonce, sealed = body[_HEAD_BYTES:_CLEAR_BYTES], body[_CLEAR_BYTES:]
        try:
            return key.decrypt(nonce, sealed, bound_to + bound(record.id))
        except (InvalidTag, ValueError) as err:
            raise Damaged("a record does not open") from err

    def _way(self, head: bytes, kind: str) -> tuple[AESGCM, bytes]:
        """Return what opens bodies with this head: the key, and what they are bound to by it."""
        if head[:1] != bytes([_FORMAT]):
            raise Damaged("a record has an unknown format")
        key_id = key_id_of(head)
        key = self.keys.data(key_id)
        if key is None:
            raise Damaged("a record names an unknown key")
        way = key, bound_by(_FORMAT, key_id, self.keys.scope, self.name, kind)
        self._ways[head, kind] = way
        return way
