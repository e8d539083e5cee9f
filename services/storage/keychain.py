"""Where wrapped keys are kept: the one partition with a clear name, and nothing else is in it.

A key that was erased leaves a mark in its place, so that nobody makes a new one while what it
sealed is still being taken away.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from services.model.errors import Stale
from services.model.ports import Put, Record, Records, Remove
from services.storage.keys import Wrapping, bind

__all__ = ["Keychain"]

_PARTITION = "vault"
_KIND = "key"
_ERASED = "erased"
_PAGE = 100


class Keychain:
    """Reads and writes wrapped keys by id."""

    def __init__(self, records: Records, wrapping: Wrapping) -> None:
        self._records = records
        self._wrapping = wrapping

    async def find(self, id: str) -> Record | None:
        """Return a wrapped key, or the mark of one that was erased, or ``None``."""
        return await self._records.get(_PARTITION, id)

    def is_erased(self, record: Record) -> bool:
        """Tell whether this is but the mark."""
        return record.kind == _ERASED

    async def all(self) -> AsyncIterator[Record]:
        """Yield every wrapped key."""
        after: str | None = None
        while True:
            page = await self._records.find(_PARTITION, _KIND, limit=_PAGE, after=after)
            for record in page.records:
                yield record
            if page.next is None:
                return
            after = page.next

    async def open(self, record: Record) -> bytes:
        """Return the key inside.

        Raises:
            Damaged: the master keys do not open it.
        """
        return await self._wrapping.unwrap(bind(_KIND, record.id), record.body)

    async def keep(self, id: str, key: bytes, expect: str) -> None:
        """Write a key, wrapped by the current master key.

        Raises:
            Stale: somebody else has written it.
        """
        body = await self._wrapping.wrap(bind(_KIND, id), key)
        await self._records.commit(_PARTITION, [Put(id=id, kind=_KIND, body=body, expect=expect)])

    async def rewrap(self, record: Record) -> bool:
        """Wrap a key anew where an older master key did; return whether that was so."""
        if self._wrapping.is_current(record.body):
            return False
        try:
            await self.keep(record.id, await self.open(record), record.etag)
        except Stale:
            return False  # another instance has just done it
        return True

    async def erase(self, record: Record) -> None:
        """Destroy a key and leave a mark.

        Raises:
            Stale: somebody else has written it.
        """
        mark = Put(id=record.id, kind=_ERASED, body=b"", expect=record.etag)
        await self._records.commit(_PARTITION, [mark])

    async def clear(self, record: Record) -> None:
        """Take the mark away: a new key may be made."""
        await self._records.commit(_PARTITION, [Remove(id=record.id, expect=record.etag)])
