"""Where wrapped keys are kept: the one partition with a clear name, and nothing else is in it.

A key that was erased leaves a mark in its place, so that nobody makes a new one while what it
sealed is still being taken away.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from services.model.errors import Broken, Stale
from services.model.ports import Put, Record, Records, Remove
from services.storage.keys import Wrapping, bind

__all__ = ["DIRECTORY", "PARTITION", "Keychain"]

PARTITION = "vault"
DIRECTORY = "directory"
"""The id of the key that belongs to no tenant."""
_KIND = "key"
_ERASED = "erased"
_IMPORT = "import"
"""Id and kind of the mark on a store that is only half there."""
_PAGE = 100


class Keychain:
    """Reads and writes wrapped keys by id."""

    def __init__(self, records: Records, wrapping: Wrapping) -> None:
        self._records = records
        self._wrapping = wrapping

    async def find(self, id: str) -> Record | None:
        """Return a wrapped key, or the mark of one that was erased, or ``None``."""
        return await self._records.get(PARTITION, id)

    def is_erased(self, record: Record) -> bool:
        """Tell whether this is but the mark."""
        return record.kind == _ERASED

    async def all(self) -> AsyncIterator[Record]:
        """Yield every wrapped key."""
        after: str | None = None
        while True:
            page = await self._records.find(PARTITION, _KIND, limit=_PAGE, after=after)
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
        await self._records.commit(PARTITION, [Put(id=id, kind=_KIND, body=body, expect=expect)])

    def missing(self, record: Record) -> str:
        """Return the name of the master key that is needed and not there; or nothing."""
        return self._wrapping.missing(record.body)

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
        await self._records.commit(PARTITION, [mark])

    async def import_begins(self) -> None:
        """Mark the store as one that nobody may open before it is complete."""
        await self._records.commit(PARTITION, [Put(id=_IMPORT, kind=_IMPORT, body=b"")])

    async def import_ends(self) -> None:
        """Take that mark away."""
        await self._records.commit(PARTITION, [Remove(id=_IMPORT)])

    async def check_complete(self) -> None:
        """Refuse a store that is only half there.

        Raises:
            Broken: an import was begun and not finished.
        """
        if await self._records.get(PARTITION, _IMPORT) is not None:
            raise Broken("an import into this store was begun and not finished; run it again")

    async def clear(self, record: Record) -> None:
        """Take the mark away: a new key may be made."""
        await self._records.commit(PARTITION, [Remove(id=record.id, expect=record.etag)])
