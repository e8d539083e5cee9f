"""Who may do what in a book. Every use case asks here, at every call.

A person owns the books of their own home. The books of a conversation are for its members, as
:mod:`services.books.rights` says; for everybody else they do not exist.
"""

from __future__ import annotations

from services.books.rights import role_in
from services.model.books import Book, BookId, Role
from services.model.errors import (
    NotAllowed,
    NotFound,
    OnlyOwn,
    OnlyOwners,
    ReadOnly,
    ReadOnlyReason,
)
from services.model.events import Author
from services.model.identity import Person, PersonHome
from services.storage.store import Store

__all__ = ["Sharing"]


class Sharing:
    """Rights, from homes and rosters."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def role_of(self, person: Person, book: Book) -> Role | None:
        """Return what the person may do in the book; ``None`` = not even know of it."""
        if isinstance(book.home, PersonHome):
            return Role.OWNER if book.home.person == person else None
        member = await self._store.conversations.member(
            book.home.tenant, book.home.conversation, person
        )
        if member is None:
            return None
        return role_in(book.access, member, book.tenant)

    async def require(self, person: Person, book: Book, role: Role) -> None:
        """Return if the person may do what the role may.

        Raises:
            NotFound: there is no such book as far as this person may know.
            NotAllowed: they may look, but not do this.
        """
        has = await self.role_of(person, book)
        if has is None:
            raise NotFound("book")
        if has < role:
            raise OnlyOwners if role is Role.OWNER else NotAllowed(role.name.lower())

    async def book_for(
        self, person: Person, book_id: BookId, role: Role, *, even_deleted: bool = False
    ) -> Book:
        """Return a book that the person may use as ``role``.

        It is of their own organisation, or of one in which they are a guest and have met it. One
        in the recycle bin is there for those alone who ask for it with ``even_deleted``.

        Raises:
            NotFound: there is no such book as far as this person may know.
            NotAllowed: they may look, but not do this.
            ReadOnly: it or its home is archived, and ``role`` is for more than looking.
        """
        book = await self._find(person, book_id)
        if book.deleted_at is not None and not even_deleted:
            raise NotFound("book")
        await self.require(person, book, role)
        if book.archived and role > Role.READER:
            raise ReadOnly(ReadOnlyReason.ARCHIVED)
        return book

    async def require_say(self, person: Person, book: Book, by: Author) -> None:
        """Return if the person may change what ``by`` has made in the book.

        Raises:
            NotFound: there is no such book as far as this person may know.
            NotAllowed: they may look, or change only what is their own (``OnlyOwn``).
        """
        if by.person == person:
            await self.require(person, book, Role.CONTRIBUTOR)
        elif await self.role_of(person, book) is Role.CONTRIBUTOR:
            raise OnlyOwn("editor")
        else:
            await self.require(person, book, Role.EDITOR)

    async def _find(self, person: Person, book_id: BookId) -> Book:
        book = await self._store.books.find(person.tenant, book_id)
        if book is None:
            owner = await self._store.shelves.owner_of(person, book_id)
            book = await self._store.books.find(owner, book_id)
        if book is None:
            raise NotFound("book")
        return book
