"""Whole books in the recycle bin: an owner puts one there, editors have it back.

Deleting marks the book and touches nothing else: what it holds, who wrote it, the messages that
show it and its links to Outlook stay as they are, and nobody finds them. Having it back takes the
mark off. After 30 days :mod:`services.jobs.erase_book` takes everything away for good.

Who needs a book while the last one of a place lies in the bin is given a new one
(:meth:`services.books.books.Books.at_home`). When the old one comes back, both stay; only a new one
in which nothing was ever written, and that nobody has named, makes way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.books.sharing import Sharing
from services.model.audit import AuditEntry
from services.model.books import Book, BookId, BookKind, Role
from services.model.deeds import Deed
from services.model.deleted_books import DeletedBook, Stock
from services.model.errors import NotFound
from services.model.events import Author
from services.model.identity import Home, Person
from services.model.tasks import Task, TaskKind, sync_task
from services.model.times import Clock
from services.storage.repositories.ledger import KEPT
from services.storage.store import Store

__all__ = ["GONE_AFTER", "WHILE_EMPTY", "BookBin"]

GONE_AFTER = KEPT + timedelta(hours=1)
"""From when a deleted book is taken away: later than anybody's clock lets it come back."""
WHILE_EMPTY = "while_empty"
"""In the payload of a task: what nobody has written to goes, and anything else stays."""
SETTLED = timedelta(minutes=1)
_LOOKED_THROUGH = 20
"""Entries of the log among which the last deletion is looked for."""


class BookBin:
    """Use cases of deleted books. Doing any of it twice does it once."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def look(self, person: Person, book_id: BookId) -> Stock:
        """Return what would go.

        Raises:
            NotFound: there is no such book, as far as this person may know.
            NotAllowed: they do not own it.
            ReadOnly: its home is archived.
        """
        book = await self._sharing.book_for(person, book_id, Role.OWNER)
        links = await self._store.links.of_book(book.tenant, book.id)
        return Stock(book, await self._count(book), len(links))

    async def delete(self, author: Author, book_id: BookId) -> Book:
        """Put a book into the bin.

        Raises:
            NotFound, NotAllowed, ReadOnly: as :meth:`look`.
            Stale: somebody changed it at the same moment.
        """
        book = await self._book(author, book_id, Role.OWNER)
        return book if book.deleted_at is not None else await self._put_away(author, book)

    async def contents(self, person: Person, home: Home) -> tuple[DeletedBook, ...]:
        """Return the books of a place that can be had back, the last deleted first.

        Raises:
            NotFound: the person is not of this place.
        """
        found = []
        for kind in BookKind:
            for book in await self._store.books.of_home(home, kind, even_deleted=True):
                await self._sharing.require(person, book, Role.READER)
                if book.deleted_at is not None and self._is_kept(book.deleted_at):
                    found.append(await self._binned(book, book.deleted_at))
        return tuple(sorted(found, key=lambda each: each.deleted_at, reverse=True))

    async def restore(self, author: Author, book_id: BookId) -> Book:
        """Take a book out of the bin, just as it was put there.

        Raises:
            NotFound: it is not there, or no longer, or not for this person.
            ReadOnly: its home is archived.
            Stale: somebody changed it at the same moment.
        """
        book = await self._book(author, book_id, Role.EDITOR)
        if book.deleted_at is None:
            return book
        if not self._is_kept(book.deleted_at):
            raise NotFound("book")
        for present in await self._store.books.of_home(book.home, book.kind):
            await self._make_way(present)
        await self._note(author, book, Deed.RESTORED)
        back = await self._store.books.save(replace(book, deleted_at=None))
        for person, link in await self._store.links.of_book(book.tenant, book.id):
            await self._store.tasks.put(sync_task(person, link, self._clock.now()))
        return back

    async def _make_way(self, present: Book) -> None:
        ledger = await self._store.events.revision(present)  # a book of any kind has one ledger
        links = await self._store.links.of_book(present.tenant, present.id)
        if ledger or links or present.name:
            return
        # Nobody would miss it: its time is over, with its places on shelves. By the time it is
        # taken away, whoever had been let in to write there has written.
        now = self._clock.now()
        erasing = _erasing(present, now + SETTLED)
        await self._store.tasks.put(replace(erasing, payload={WHILE_EMPTY: "yes"}))
        await self._store.books.save(replace(present, deleted_at=now - GONE_AFTER))

    async def _put_away(self, author: Author, book: Book) -> Book:
        now = self._clock.now()
        # First: a crash leaves a task that finds nothing to do, and an entry too many.
        await self._store.tasks.put(_erasing(book, now + GONE_AFTER))
        await self._note(author, book, Deed.DELETED)
        return await self._store.books.save(replace(book, deleted_at=now))

    async def _note(self, author: Author, book: Book, deed: Deed) -> None:
        now = self._clock.now()
        entry = AuditEntry(at=now, by=author, deed=deed, kind="book", item=book.id)
        await self._store.audit.add(book, entry)

    async def _binned(self, book: Book, deleted_at: datetime) -> DeletedBook:
        entries = await self._store.audit.newest(book, _LOOKED_THROUGH)
        deletions = (each.by for each in entries if _is_end(each))
        by = next(deletions, Author(None, ""))
        return DeletedBook(book, deleted_at, by, await self._count(book))

    async def _count(self, book: Book) -> int:
        if book.kind is BookKind.CALENDAR:
            return await self._store.events.count(book)
        return await self._store.contacts.count(book)

    def _is_kept(self, deleted_at: datetime) -> bool:
        return self._clock.now() < deleted_at + KEPT

    async def _book(self, author: Author, book_id: BookId, role: Role) -> Book:
        if author.person is None:
            raise NotFound("book")
        return await self._sharing.book_for(author.person, book_id, role, even_deleted=True)


def _is_end(entry: AuditEntry) -> bool:
    return entry.kind == "book" and entry.deed is Deed.DELETED


def _erasing(book: Book, due_at: datetime) -> Task:
    return Task(kind=TaskKind.ERASE_BOOK, tenant=book.tenant, key=book.id, due_at=due_at)
