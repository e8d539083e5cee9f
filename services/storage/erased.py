"""The list of erased tenants, beside the store.

A backup of the store brings wrapped keys back that were destroyed since. This list is no part of
the store's backups; it is gone through at each start and once a day
(:meth:`services.storage.erasure.Erasure.replay`). An entry is an HMAC and a fingerprint of random
keys: it names no one.

Beside one SQLite file lies one more file, :class:`ErasedTenants`. Cosmos DB serves many machines,
none of which may be the only one to know: there the list is a container of its own beside that of
the records, :class:`SharedErasedTenants`, and is left alone when the records are restored.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Protocol

from services.model.ports import Put, Records

__all__ = ["ErasedList", "ErasedTenants", "SharedErasedTenants"]

_PLACE = _KIND = "erased"


class ErasedList(Protocol):
    """What remembers who was erased, whatever becomes of the store."""

    async def read(self) -> frozenset[str]:
        """Return all entries."""

    async def add(self, entry: str) -> None:
        """Remember an entry; when this returns, it is safe."""


class SharedErasedTenants:
    """Remembers entries in records of their own, which all instances share."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def read(self) -> frozenset[str]:
        """Return all entries."""
        entries: set[str] = set()
        after: str | None = None
        while True:
            page = await self._records.find(_PLACE, _KIND, after=after)
            entries |= {record.body.decode("ascii") for record in page.records}
            if page.next is None:
                return frozenset(entries)
            after = page.next

    async def add(self, entry: str) -> None:
        """Remember an entry; however many do so at once, it is there once."""
        id = hashlib.sha256(entry.encode("ascii")).hexdigest()
        if await self._records.get(_PLACE, id) is None:
            await self._records.commit(_PLACE, [Put(id=id, kind=_KIND, body=entry.encode("ascii"))])

    async def take_over(self, other: ErasedList) -> None:
        """Add what another list has: that of a machine which kept one for itself."""
        for entry in await other.read() - await self.read():
            await self.add(entry)


class ErasedTenants:
    """Remembers entries in a file; without a path in memory alone, for a store that dies anyway."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._entries: frozenset[str] = frozenset()

    async def read(self) -> frozenset[str]:
        """Return all entries."""
        if self._path is not None:
            self._entries |= await asyncio.to_thread(_read, self._path)
        return self._entries

    async def add(self, entry: str) -> None:
        """Remember an entry; when this returns, it is on the disk."""
        if entry in await self.read():
            return
        if self._path is not None:
            await asyncio.to_thread(_append, self._path, entry)
        self._entries |= {entry}


def _read(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="ascii").split("\n")) - {""}
    except FileNotFoundError:
        return frozenset()


def _append(path: Path, entry: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line of its own, even behind one that a crash has cut short.
        os.write(descriptor, f"\n{entry}\n".encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
