"""Contacts of a list: read, made, changed and deleted. Doing anything twice does it once."""

from __future__ import annotations

from dataclasses import replace

from services.checks import tidy_contact
from services.ids import id_of, new_id
from services.model.books import Book, BookId, Role
from services.model.contacts import Contact, ContactContent, ContactId
from services.model.errors import NotFound, Stale
from services.model.events import Author
from services.model.identity import Person
from services.model.times import Clock
from services.sharing import Sharing
from services.storage.store import Store

__all__ = ["Contacts"]


class Contacts:
    """Use cases of contacts."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._ledger = store.contacts
        self._sharing = sharing
        self._clock = clock

    async def get(self, person: Person, book_id: BookId, contact_id: ContactId) -> Contact:
        """Return a contact.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._ledger.get(book, contact_id)

    async def create(
        self, author: Author, book_id: BookId, content: ContactContent, *, key: str = ""
    ) -> Contact:
        """Make a contact; with the same ``key`` again, return the one that was made first.

        Raises:
            NotFound: no such list for this person; or what ``key`` made is deleted.
            ReadOnly: the list is archived.
            InvalidInput: the content cannot be taken.
        """
        person, book = await self._writable(author, book_id)
        made = ContactId(id_of("contact", book.id, person.object_id, key) if key else new_id())
        if key and await self._ledger.find(book, made):
            return await self._ledger.get(book, made)
        now = self._clock.now()
        contact = Contact(
            id=made,
            book=book.id,
            content=tidy_contact(content),
            created_by=author,
            created_at=now,
            updated_by=author,
            updated_at=now,
        )
        try:
            return await self._ledger.save(contact, book)
        except Stale:  # the same submit, twice at once
            return await self._ledger.get(book, made)

    async def edit(
        self,
        author: Author,
        book_id: BookId,
        contact_id: ContactId,
        content: ContactContent,
        *,
        etag: str | None = None,
    ) -> Contact:
        """Change a contact; to what it is already, nothing is written.

        Args:
            author: who does it.
            book_id: the contact list.
            contact_id: the contact.
            content: the whole new content.
            etag: of the version that the person saw; ``None`` = whatever is there now.

        Raises:
            NotFound: no such contact for this person.
            ReadOnly: the list is archived.
            Stale: it has changed since the person saw it.
            InvalidInput: the content cannot be taken.
        """
        _, book = await self._writable(author, book_id)
        contact = await self._ledger.get(book, contact_id)
        content = tidy_contact(content)
        if content == contact.content:
            return contact
        if etag is not None and etag != contact.etag:
            raise Stale("the contact has changed")
        now = self._clock.now()
        changed = replace(contact, content=content, updated_by=author, updated_at=now)
        return await self._ledger.save(changed, book)

    async def delete(self, author: Author, book_id: BookId, contact_id: ContactId) -> Contact:
        """Delete a contact and return its tombstone; again, and nothing happens.

        Raises:
            NotFound: no such contact for this person, ever.
            ReadOnly: the list is archived.
            Stale: somebody changed it at the same moment.
        """
        _, book = await self._writable(author, book_id)
        contact = await self._ledger.find(book, contact_id)
        if contact is None:
            raise NotFound("contact")
        if contact.deleted_at is not None:
            return contact
        now = self._clock.now()
        deleted = replace(contact, updated_by=author, updated_at=now, deleted_at=now)
        return await self._ledger.save(deleted, book)

    async def _writable(self, author: Author, book_id: BookId) -> tuple[Person, Book]:
        if author.person is None:
            raise NotFound("book")
        return author.person, await self._sharing.book_for(author.person, book_id, Role.EDITOR)
