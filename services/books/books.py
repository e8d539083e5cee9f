"""Calendars and contact lists: finding the first one of a place, and those one has met."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from services.books.sharing import Sharing
from services.ids import id_of
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import NotFound, Stale
from services.model.events import Author
from services.model.identity import ConversationHome, Home, Person
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Books"]


class Books:
    """Use cases of books as such; what they hold is in ``events`` and ``contacts``."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def at_home(
        self, author: Author, home: Home, kind: BookKind, *, zone: ZoneInfo, language: str
    ) -> Book:
        """Return the first book of a home, made where there is none, and put it on the shelf.

        It is the oldest one that is not archived; the others are put on the shelf as well. Where
        the last one lies in the recycle bin a new, empty one is made: a place is never without
        (:mod:`services.books.book_bin` tells what becomes of it when the old one comes back).

        Args:
            author: who asks; a person of the home.
            home: a conversation or a person.
            kind: what the book holds.
            zone: the zone that a new book shows to many readers.
            language: the language that it does so in.

        Raises:
            NotFound: the author is not of this home.
        """
        if author.person is None:
            raise NotFound("book")
        known = await self._store.books.of_home(home, kind, even_deleted=True)
        there = sorted((one for one in known if one.deleted_at is None), key=_is_retired)
        book = there[0] if there else self._new(home, kind, zone, language, known)
        await self._sharing.require(author.person, book, Role.READER)
        if not there:
            book = await self._add(replace(book, archived=await self._is_archived(home)))
        met = {each.id for each in (book, *there)}
        await asyncio.gather(
            *(self._store.shelves.put(author.person, each, book.tenant) for each in met)
        )
        return book

    async def of_place(self, person: Person, home: Home, kind: BookKind) -> tuple[Book, ...]:
        """Return the books of a place that the person may see, archived ones last.

        Raises:
            NotFound: the person is not of this place.
        """
        books = await self._store.books.of_home(home, kind)
        for book in books:
            await self._sharing.require(person, book, Role.READER)
        return tuple(sorted(books, key=_is_retired))

    async def get(self, person: Person, book_id: BookId) -> Book:
        """Return a book that the person may look at.

        Raises:
            NotFound: there is none, as far as they may know.
        """
        return await self._sharing.book_for(person, book_id, Role.READER)

    async def on_shelf(self, person: Person, kind: BookKind) -> tuple[Book, ...]:
        """Return the books of a kind that the person has met and may still look at."""
        ids = await self._store.shelves.of_person(person)
        return tuple(book for book in await self.visible(person, ids) if book.kind is kind)

    async def in_use(self, person: Person, kind: BookKind) -> tuple[Book, ...]:
        """Return those of :meth:`on_shelf` that no owner has archived: what a search is about."""
        return tuple(book for book in await self.on_shelf(person, kind) if not book.retired)

    async def visible(self, person: Person, ids: Iterable[BookId]) -> tuple[Book, ...]:
        """Return those of some books that the person may look at."""
        books = await asyncio.gather(*(self._visible(person, book_id) for book_id in ids))
        return tuple(book for book in books if book is not None)

    async def _visible(self, person: Person, book_id: BookId) -> Book | None:
        try:
            return await self.get(person, book_id)
        except NotFound:
            return None

    def _new(
        self, home: Home, kind: BookKind, zone: ZoneInfo, language: str, deleted: Sequence[Book]
    ) -> Book:
        # All who ask at once mean the same new book, and none that lies in the recycle bin.
        after = sorted(book.id for book in deleted)
        return Book(
            id=BookId(id_of("book", kind, *_name_of(home), *after)),
            kind=kind,
            tenant=home.tenant,
            home=home,
            name="",
            zone=zone,
            language=language,
            created_at=self._clock.now(),
        )

    async def _add(self, book: Book) -> Book:
        """Store a new book, or find the one that somebody else made just now."""
        try:
            return await self._store.books.add(book)
        except Stale:
            return await self._store.books.get(book.tenant, book.id)

    async def _is_archived(self, home: Home) -> bool:
        if not isinstance(home, ConversationHome):
            return False
        there = await self._store.conversations.get(home.tenant, home.conversation)
        return there is not None and there.archived


def _is_retired(book: Book) -> bool:
    return book.retired


def _name_of(home: Home) -> tuple[str, str, str]:
    if isinstance(home, ConversationHome):
        return "conversation", home.tenant, home.conversation
    return "person", home.tenant, home.person.object_id
