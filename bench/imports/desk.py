"""One person at one calendar or contact list, who imports, searches and publishes."""

from __future__ import annotations

import asyncio

from bench.storage.sealed import Now
from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.contacts.duplicates import Duplicates
from services.files.feeds import Feeds
from services.files.file_reading import FileReader
from services.files.import_reading import read_events
from services.files.imports import Imports
from services.model.books import Book
from services.model.events import Author
from services.model.identity import Person, PersonHome
from services.storage.store import Store

__all__ = ["Desk"]


class Desk:
    """What they do there; ``files`` reads what they import, in this process if it is none."""

    def __init__(self, store: Store, book: Book, files: FileReader | None = None) -> None:
        sharing = Sharing(store)
        home = book.home
        if not isinstance(home, PersonHome):
            raise TypeError("a calendar of one's own")
        self._person: Person = home.person
        self._author = Author(home.person, "Ines")
        self._book = book
        self._imports = Imports(store, sharing, Now(), files)
        self._duplicates = Duplicates(store, sharing, Now())
        self._feeds = Feeds(store, sharing, Now(), Birthdays(store, sharing))

    async def read(self, data: bytes) -> None:
        await asyncio.to_thread(read_events, data, self._book.zone, "en")

    async def look(self, data: bytes) -> str:
        preview = await self._imports.look(
            self._author, self._book.id, data, name="x", language="en"
        )
        return preview.token

    async def carry_out(self, token: object) -> None:
        await self._imports.carry_out(self._author, self._book.id, str(token))

    async def duplicates(self) -> None:
        await self._duplicates.likely(self._person, self._book.id, 10)

    async def publish(self) -> str:
        _, secret = await self._feeds.make(self._person, self._book.id, busy=False, language="en")
        return secret

    async def fetch(self, secret: str, known: str = "") -> str:
        fed = await self._feeds.fetch(secret, known)
        return fed.tag if fed else ""
