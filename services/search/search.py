"""The use case of searching: from any chat, through every book that the person has met."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from services.books import Books
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact
from services.model.events import Event
from services.model.identity import Person
from services.search.entries import contact_entry, event_entry
from services.search.index import Found
from services.search.shelf import Indexes
from services.search.spelling import terms_of
from services.storage.codec import decode
from services.storage.store import Store

__all__ = ["MAX_BYTES", "Search"]

T = TypeVar("T", Contact, Event)

MAX_BYTES = 512 * 1024 * 1024
"""For all indexes of a kind together; 100,000 contacts take about a fifth of it."""
REMEMBERED = 20_000
"""Records that are kept decoded."""
MOST = 1000
"""Records deep that somebody can page."""


class Search:
    """Finds contacts and events by a few letters.

    Rights are asked for again at every search. ``close`` before the event loop ends.
    """

    def __init__(self, store: Store, books: Books, *, max_bytes: int = MAX_BYTES) -> None:
        self._books = books
        self._contacts = Indexes(store.contacts, contact_entry, max_bytes)
        self._events = Indexes(store.events, event_entry, max_bytes)
        # Equal bytes make an equal, frozen object: what many look for is decoded once.
        self._read_contact = lru_cache(maxsize=REMEMBERED)(partial(decode, Contact))
        self._read_event = lru_cache(maxsize=REMEMBERED)(partial(decode, Event))

    async def contacts(
        self,
        person: Person,
        text: str,
        skip: int = 0,
        limit: int = 25,
        *,
        within: BookId | None = None,
    ) -> tuple[Contact, ...]:
        """Return contacts by letters of name, company, job, e-mail or phone, the best first.

        Without letters those that were written last. An ask for one more than a page shows
        tells whether there is another page. ``within`` one book only, where it is given.
        """
        books = await self._books.on_shelf(person, BookKind.CONTACTS)
        if within is not None:
            books = tuple(book for book in books if book.id == within)
        return await _page(self._contacts, books, text, skip, limit, self._read_contact)

    async def events(
        self, person: Person, text: str, skip: int = 0, limit: int = 25
    ) -> tuple[Event, ...]:
        """Return events by letters of title or place, the best first; as for contacts."""
        books = await self._books.on_shelf(person, BookKind.CALENDAR)
        return await _page(self._events, books, text, skip, limit, self._read_event)

    async def close(self) -> None:
        """Let go of all indexes."""
        await self._contacts.close()
        await self._events.close()


async def _page(
    indexes: Indexes[T],
    books: tuple[Book, ...],
    text: str,
    skip: int,
    limit: int,
    read: Callable[[bytes], T],
) -> tuple[T, ...]:
    last = min(max(skip, 0) + max(limit, 0), MOST)
    terms = terms_of(text)
    if last <= skip or (text.strip() and not terms):
        return ()
    found = await asyncio.gather(*(_in_book(indexes, book, terms, last) for book in books))
    best = sorted(
        (one for each in found for one in each),
        key=lambda one: (one.rank, 0.0 if terms else -one.changed),
    )
    return tuple(read(one.body) for one in best[max(skip, 0) : last])


async def _in_book(indexes: Indexes[T], book: Book, terms: list[str], limit: int) -> list[Found]:
    index = await indexes.of(book)
    return index.search(terms, limit) if terms else index.newest(limit)
