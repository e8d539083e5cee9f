"""Several calendars and contact lists in one place: made, named, set up, archived, brought back.

A place begins with one of each kind, which :mod:`services.books.books` finds with all others; here
these are made and cared for. What they hold is in ``events`` and ``contacts``, who may do what in
``memberships``, the bin in ``book_bin``, copies in ``clones``. People see "calendar" and "contact
list" for what the house calls a book, and so does the name of this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from services.books.rights import is_guest, role_in
from services.books.sharing import Sharing
from services.books.tidy_profile import tidy_profile
from services.ids import id_of
from services.model.access import Access, Grant, Role
from services.model.audit import AuditEntry
from services.model.books import Book, BookId, BookKind
from services.model.deeds import Deed
from services.model.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    Problem,
    ReadOnly,
    ReadOnlyReason,
    Stale,
    Wrong,
)
from services.model.events import Author
from services.model.identity import ConversationHome, Home, Person, PersonHome
from services.model.settings import Profile
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["MOST_BOOKS", "Calendars"]

MOST_BOOKS = 50
"""Of one kind in one place."""


class Calendars:
    """Use cases of the books of a place. Doing any of it twice does it once."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock

    async def get(self, person: Person, book_id: BookId) -> Book:
        """Return a book as it is kept: one without a name has none here.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        return await self._sharing.book_for(person, book_id, Role.READER)

    async def held(self, person: Person, book_id: BookId) -> int:
        """Return how many events or contacts are in a book.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        book = await self.get(person, book_id)
        if book.kind is BookKind.CALENDAR:
            return await self._store.events.count(book)
        return await self._store.contacts.count(book)

    async def make(
        self, author: Author, home: Home, kind: BookKind, profile: Profile, draft: str
    ) -> Book:
        """Make one more book in a place, owned by its author and the owners of the place.

        Args:
            author: who makes it: somebody of the place who may edit there, and no guest.
            home: the place.
            kind: what it is to hold.
            profile: what it is to be like; a name is needed.
            draft: the random name of the form. The same one makes it once.

        Raises:
            NotFound: the author is not of this place.
            NotAllowed: they may not.
            ReadOnly: the place is archived.
            InvalidInput: the profile cannot be taken, or there are too many books.
        """
        access = await self.require_maker(author, home, kind)
        id = BookId(id_of("made book", kind, home.tenant, draft))
        there = await self._store.books.of_home(home, kind, even_deleted=True)
        if made := next((book for book in there if book.id == id), None):
            return made
        if sum(book.deleted_at is None for book in there) >= MOST_BOOKS:
            raise InvalidInput(Problem("set_name", Wrong.TOO_MANY, MOST_BOOKS))
        profile = tidy_profile(profile, named=True)
        _require_free(profile.name, there)
        book = Book(
            id=id,
            kind=kind,
            tenant=home.tenant,
            home=home,
            created_at=self._clock.now(),
            access=access,
            **_fields(profile),
        )
        return await self.put(author, book)

    async def put(self, author: Author, book: Book) -> Book:
        """Store a new book, and put it on its author's shelf; found by who is a moment late."""
        try:
            book = await self._store.books.add(book)
            await self._note(author, book, Deed.CREATED)
        except Stale:
            book = await self._store.books.get(book.tenant, book.id)
        if author.person is not None:
            await self._store.shelves.put(author.person, book.id, book.tenant)
        return book

    async def change(
        self, author: Author, book_id: BookId, profile: Profile, *, etag: str | None = None
    ) -> Book:
        """Give a book another name or other settings.

        Args:
            author: one of its owners.
            book_id: the book.
            profile: all that it is to be like.
            etag: of the version that the author saw; ``None`` = whatever is there now.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such book, not an owner's, or archived.
            InvalidInput: the profile cannot be taken.
            Stale: it has changed since the author saw it.
        """
        book = await self._own(author, book_id)
        profile = tidy_profile(profile, named=bool(book.name), kept=book.settings)
        if profile == book.profile:
            return book
        if etag is not None and etag != book.etag:
            raise Stale("the book has changed")
        if profile.name.casefold() != book.name.casefold():
            _require_free(profile.name, await self._others(book))
        await self._note(author, book, Deed.SET)
        return await self._store.books.save(replace(book, **_fields(profile)))

    async def archive(self, author: Author, book_id: BookId) -> Book:
        """Put a book aside: it can be read, and is in no agenda until it is brought back.

        Raises:
            NotFound, NotAllowed: no such book, or not an owner's.
            Stale: somebody changed it at the same moment.
        """
        book = await self._owned(author, book_id)
        if book.retired:
            return book
        await self._note(author, book, Deed.ARCHIVED)
        return await self._store.books.save(replace(book, retired=True, archived=True))

    async def reopen(self, author: Author, book_id: BookId) -> Book:
        """Bring an archived book back; it stays read only while its place is archived.

        Raises:
            NotFound, NotAllowed: no such book, or not an owner's.
            Stale: somebody changed it at the same moment.
        """
        book = await self._owned(author, book_id)
        if not book.retired:
            return book
        await self._note(author, book, Deed.REOPENED)
        archived = await self._is_archived(book.home)
        return await self._store.books.save(replace(book, retired=False, archived=archived))

    async def require_maker(self, author: Author, home: Home, kind: BookKind) -> Access:
        """Return the rights of a book that the author is about to make in a place.

        Raises:
            NotFound, NotAllowed, ReadOnly: as :meth:`make`.
        """
        if author.person is None:
            raise NotFound("book")
        if isinstance(home, PersonHome):
            if home.person != author.person:
                raise NotFound("book")
            return Access()
        member = await self._store.conversations.member(
            home.tenant, home.conversation, author.person
        )
        if member is None:
            raise NotFound("book")
        first = next(iter(await self._store.books.of_home(home, kind)), None)
        role = role_in(first.access if first else Access(), member, home.tenant)
        if role < Role.EDITOR or is_guest(member, home.tenant):
            raise NotAllowed("editor")
        if await self._is_archived(home):
            raise ReadOnly(ReadOnlyReason.ARCHIVED)
        return Access(grants=(Grant(author.person, Role.OWNER),))

    async def _own(self, author: Author, book_id: BookId) -> Book:
        if author.person is None:
            raise NotFound("book")
        return await self._sharing.book_for(author.person, book_id, Role.OWNER)

    async def _owned(self, author: Author, book_id: BookId) -> Book:
        """Return an owner's book, archived or not."""
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.READER)
        await self._sharing.require(author.person, book, Role.OWNER)
        return book

    async def _others(self, book: Book) -> Sequence[Book]:
        there = await self._store.books.of_home(book.home, book.kind)
        return [each for each in there if each.id != book.id]

    async def _is_archived(self, home: Home) -> bool:
        if not isinstance(home, ConversationHome):
            return False
        place = await self._store.conversations.get(home.tenant, home.conversation)
        return place is not None and place.archived

    async def _note(self, author: Author, book: Book, deed: Deed) -> None:
        entry = AuditEntry(at=self._clock.now(), by=author, deed=deed, kind="book", item=book.id)
        await self._store.audit.add(book, entry)


def _require_free(name: str, there: Iterable[Book]) -> None:
    taken = {book.name.casefold() for book in there if book.deleted_at is None and book.name}
    if name.casefold() in taken:
        raise InvalidInput(Problem("set_name", Wrong.TAKEN))


def _fields(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "zone": profile.zone,
        "language": profile.language,
        "settings": profile.settings,
    }
