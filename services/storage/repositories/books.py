"""The books of a tenant: what they are called and where they are at home.

A deleted book stays here with its mark, and what it holds stays as it was; only who asks for such
books in so many words (:meth:`BookDirectory.find`, ``even_deleted``) is given one.
"""

from __future__ import annotations

from datetime import datetime

from services.model.books import Book, BookId, BookKind
from services.model.errors import NotFound
from services.model.identity import ConversationHome, Home, Person, TenantId
from services.storage.emptying import empty
from services.storage.repositories import places
from services.storage.repositories.forgetting import anonymise
from services.storage.repositories.segments import SegmentRecords
from services.storage.repositories.stamps import bare, restamped, stamping
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["BookDirectory"]

_KIND = "book"
_REMEMBERED = 500


class BookDirectory:
    """Finds books by id and by home."""

    def __init__(self, vault: Vault, segments: SegmentRecords) -> None:
        self._vault = vault
        self._segments = segments
        self._open = stamping(Book, remember=_REMEMBERED)

    async def add(self, book: Book) -> Book:
        """Store a new book.

        Raises:
            Stale: there is one with this id.
        """
        return await self._write(book, expect="")

    async def save(self, book: Book) -> Book:
        """Store a changed book.

        Raises:
            Stale: it has changed since it was read.
        """
        return await self._write(book, expect=book.etag)

    async def get(self, tenant: TenantId, id: BookId) -> Book:
        """Return a book of a tenant.

        Raises:
            NotFound: no such book, it is deleted, or it is another tenant's.
        """
        book = await self.find(tenant, id)
        if book is None or book.deleted_at is not None:
            raise NotFound(_KIND)
        return book

    async def find(self, tenant: TenantId, id: BookId) -> Book | None:
        """Return a book of a tenant, also a deleted one, or ``None``."""
        opened = await (await places.books(self._vault, tenant)).get(_KIND, id)
        return None if opened is None else self._open(opened)

    async def of_home(
        self, home: Home, kind: BookKind, *, even_deleted: bool = False
    ) -> tuple[Book, ...]:
        """Return the books of a conversation or person, the oldest first.

        Of two as old, the one that goes by the name of its home comes first.
        """
        partition = await places.books(self._vault, home.tenant)
        books = map(self._open, await partition.find(_KIND, [_home_label(home, kind)]))
        found = [book for book in books if even_deleted or book.deleted_at is None]
        return tuple(sorted(found, key=_by_age))

    async def all(self, tenant: TenantId) -> tuple[Book, ...]:
        """Return every book of a tenant, also the deleted ones, in no order."""
        partition = await places.books(self._vault, tenant)
        return tuple(map(self._open, await partition.find(_KIND)))

    async def erase(self, book: Book) -> None:
        """Take a book away for good, with all that is in it and leads to it."""
        now = self._vault.clock.now()
        of_book = (places.ledger, places.posts, places.book_links, places.watchers)
        for place in (*of_book, places.answers, places.subscribed, places.photos):
            partition = await place(self._vault, book.tenant, book.id)
            await empty(self._vault.records, partition.name, now)
        await self._segments.drop(book)
        # Last of all: until it is gone, what was cut off can be begun again.
        partition = await places.books(self._vault, book.tenant)
        await partition.commit([Remove(kind=_KIND, id=book.id)])

    async def anonymise(self, book: Book, person: Person) -> int:
        """Take a person's name out of all that is in a book; return out of how many records."""
        number = await anonymise(await places.ledger(self._vault, book.tenant, book.id), person)
        # Always, since an earlier try may have ended between the two.
        await self._segments.drop(book)
        return number

    async def _write(self, book: Book, expect: str) -> Book:
        partition = await places.books(self._vault, book.tenant)
        seal = Seal(
            kind=_KIND,
            id=book.id,
            body=bare(book),
            labels=[_home_label(book.home, book.kind)],
            expect=expect,
        )
        return restamped(book, await partition.commit([seal]))


def _by_age(book: Book) -> tuple[datetime, bool, BookId]:
    return book.created_at, bool(book.name), book.id


def _home_label(home: Home, kind: BookKind) -> str:
    if isinstance(home, ConversationHome):
        return f"{kind.value} of conversation {home.conversation}"
    return f"{kind.value} of person {home.person.object_id}"
