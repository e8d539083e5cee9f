"""The list of erased tenants, on a file of its own.

A backup of the store brings wrapped keys back that were destroyed since. This list lies beside
the store and is no part of its backups; it is gone through at each start
(:meth:`services.storage.erasure.Erasure.replay`), before anybody is let in. A line is an HMAC and
a fingerprint of random keys: it names no one.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

__all__ = ["ErasedTenants"]


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
