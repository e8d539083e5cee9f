"""What people do with the items of a book, events and contacts alike.

What they write is tidied or refused. Deleting leaves a tombstone; doing anything twice does it
once. What is particular about their own kind is said by :class:`~services.events.events.Events` and
:class:`~services.contacts.contacts.Contacts`, what comes from a mailbox is in
:mod:`services.books.mailbox_items`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar, cast

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.ids import id_of, new_id
from services.model.books import Book, BookId, Role
from services.model.contacts import Contact, ContactContent
from services.model.errors import NotFound, Stale
from services.model.events import Author, Event, EventContent
from services.model.identity import Person
from services.model.times import Clock
from services.storage.repositories.ledger import Ledger
from services.storage.store import Store

__all__ = ["Items", "Made"]

T = TypeVar("T", bound=Event | Contact)
Id = TypeVar("Id", bound=str)
C = TypeVar("C", bound=EventContent | ContactContent)


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """What became of a draft."""

    item: T
    is_new: bool
    """Whether this very call made it: whoever tells others of it does so then alone."""


class Items(ABC, Generic[T, Id, C]):
    """Use cases of one kind of item."""

    KIND: ClassVar[str]

    def __init__(
        self,
        build: Callable[..., T],
        ledger: Ledger[T, Id],
        store: Store,
        sharing: Sharing,
        clock: Clock,
    ) -> None:
        self._build = build
        self._ledger = ledger
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)

    async def get(self, person: Person, book_id: BookId, id: Id) -> T:
        """Return an item.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._ledger.get(book, id)

    async def create(self, author: Author, book_id: BookId, content: C) -> T:
        """Make an item.

        Raises:
            NotFound: no such book for this person.
            ReadOnly: the book is archived.
            InvalidInput: the content cannot be taken.
        """
        book = await self._writable(author, book_id)
        new = self._new(cast(Id, new_id()), book, author, self._tidy(content, book))
        return await self._save(new, book)

    async def make(self, author: Author, book_id: BookId, content: C, draft: str) -> Made[T]:
        """Make the item of a draft: once, whoever asks and however often.

        Args:
            author: who does it.
            book_id: the book.
            content: the whole content.
            draft: a random name, given when the draft was shown. What is made has an id that
                follows from it.

        Raises:
            NotFound: no such book for this person; or what the draft became is deleted.
            ReadOnly: the book is archived.
            InvalidInput: the content cannot be taken.
            Stale: the draft has become something else already, see :meth:`of_draft`.
        """
        book = await self._writable(author, book_id)
        new = self._new(self._id_of(book, draft), book, author, self._tidy(content, book))
        if await self._ledger.find(book, cast(Id, new.id)) is None:
            try:
                return Made(await self._save(new, book), is_new=True)
            except Stale:
                pass  # somebody else was a moment faster
        made = await self._ledger.get(book, cast(Id, new.id))
        if made.content != new.content:
            raise Stale(f"the {self.KIND} of this draft is there already")
        return Made(made, is_new=False)

    async def of_draft(self, person: Person, book_id: BookId, draft: str) -> T:
        """Return what a draft has become.

        Raises:
            NotFound: nothing, as far as this person may know; or it is deleted.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._ledger.get(book, self._id_of(book, draft))

    async def edit(
        self, author: Author, book_id: BookId, id: Id, content: C, *, etag: str | None = None
    ) -> T:
        """Change an item; to what it is already, nothing is written.

        Args:
            author: who does it.
            book_id: the book.
            id: the item.
            content: the whole of it.
            etag: of the version that the person saw; ``None`` = whatever is there now.

        Raises:
            NotFound: no such item for this person.
            NotAllowed: they may not change this one, or none.
            ReadOnly: it is changed elsewhere, or the book is archived.
            Stale: it has changed since the person saw it.
            InvalidInput: the content cannot be taken.
        """
        book, item = await self._changeable(author, book_id, id)
        if item.deleted_at is not None:
            raise NotFound(self.KIND)
        self._check(item)
        content = self._tidy(content, book, cast(C, item.content))
        if content == item.content:
            return item
        if etag is not None and etag != item.etag:
            raise Stale(f"the {self.KIND} has changed")
        return await self._save(self._touched(item, author, content=content), book)

    async def delete(self, author: Author, book_id: BookId, id: Id) -> T:
        """Delete an item and return its tombstone; again, and nothing happens.

        Raises:
            NotFound: no such item for this person, ever.
            NotAllowed: they may not change this one, or none.
            ReadOnly: it is changed elsewhere, or the book is archived.
            Stale: somebody changed it at the same moment.
        """
        book, item = await self._changeable(author, book_id, id)
        if item.deleted_at is not None:
            return item
        self._check(item)
        return await self._save(self._touched(item, author, deleted_at=self._clock.now()), book)

    @abstractmethod
    def _tidy(self, content: C, book: Book, kept: C | None = None) -> C:
        """Return the content as it will be kept in the book; ``kept`` is what it was before."""

    def _check(self, item: T) -> None:
        """Raise ``ReadOnly`` for what people may not change here."""

    def _id_of(self, book: Book, draft: str) -> Id:
        return cast(Id, id_of(self.KIND, book.id, draft))

    async def _writable(self, author: Author, book_id: BookId) -> Book:
        if author.person is None:
            raise NotFound("book")
        return await self._sharing.book_for(author.person, book_id, Role.CONTRIBUTOR)

    async def _changeable(self, author: Author, book_id: BookId, id: Id) -> tuple[Book, T]:
        """Return an item, or its tombstone, that the author may change, and its book."""
        book = await self._writable(author, book_id)
        item = await self._ledger.find(book, id)
        if item is None:
            raise NotFound(self.KIND)
        await self._sharing.require_say(cast(Person, author.person), book, item.created_by)
        return book, item

    def _new(self, id: Id, book: Book, author: Author, content: C, **particular: Any) -> T:
        now = self._clock.now()
        return self._build(
            id=id,
            book=book.id,
            content=content,
            created_by=author,
            created_at=now,
            updated_by=author,
            updated_at=now,
            **particular,
        )

    def _touched(self, item: T, author: Author, **changes: Any) -> T:
        now = self._clock.now()
        return replace(item, updated_by=author, updated_at=now, **changes)

    async def _save(self, item: T, book: Book, source: Person | None = None) -> T:
        (saved,) = await self._save_together([item], book, source)
        return saved

    async def _save_together(
        self, items: Sequence[T], book: Book, source: Person | None = None
    ) -> tuple[T, ...]:
        """Write several items: all or none of them."""
        async with self._ripples.of_all(book, [item.id for item in items], source):
            return await self._ledger.save_together(items, book)
