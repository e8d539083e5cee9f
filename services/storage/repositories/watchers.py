"""Who watches a calendar: their wishes, and how far they have been told."""

from __future__ import annotations

from services.model.books import Book
from services.model.identity import Person
from services.model.watching import Watcher
from services.storage.repositories import places
from services.storage.repositories.stamps import bare, restamped, stamped
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["WatcherRecords"]

_KIND = "watcher"


class WatcherRecords:
    """The watchers of each calendar."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of_book(self, book: Book) -> tuple[Watcher, ...]:
        """Return all of a calendar, in no order."""
        partition = await places.watchers(self._vault, book.tenant, book.id)
        return tuple(stamped(Watcher, opened) for opened in await partition.find(_KIND))

    async def find(self, book: Book, key: str) -> Watcher | None:
        """Return one by its :attr:`~services.model.watching.Watcher.key`."""
        opened = await (await places.watchers(self._vault, book.tenant, book.id)).get(_KIND, key)
        return None if opened is None else stamped(Watcher, opened)

    async def save(self, watcher: Watcher, book: Book) -> Watcher:
        """Store a watcher, a new one where it has no etag.

        Raises:
            Stale: it has changed since it was read, or there is one already.
        """
        seal = Seal(kind=_KIND, id=watcher.key, body=bare(watcher), expect=watcher.etag)
        partition = await places.watchers(self._vault, book.tenant, book.id)
        return restamped(watcher, await partition.commit([seal]))

    async def remove(self, book: Book, person: Person) -> None:
        """Forget what somebody wanted to hear of a calendar."""
        partition = await places.watchers(self._vault, book.tenant, book.id)
        key = Watcher.key_of(person)
        if await partition.get(_KIND, key) is not None:
            await partition.commit([Remove(kind=_KIND, id=key)])
