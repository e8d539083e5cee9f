"""Pictures of contacts: brought, kept sealed, and shown at addresses that are good for a while.

An address holds all that leads to the picture, sealed: whoever has it sees the picture for some
weeks and learns nothing else, and nothing has to be stored for it. It is the same for a week, so
that clients can keep what they have fetched.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.contacts.pictures import MAX_BYTES, portrait
from services.files.fetching import Fetcher
from services.ids import id_of
from services.model.books import Book, BookId, Role
from services.model.contacts import Contact, ContactId, PhotoId
from services.model.errors import BeingErased, NotFound, Stale
from services.model.events import Author
from services.model.identity import TenantId
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Photos", "photo_id"]

STEADY = timedelta(days=7)
"""How long an address stays the same."""
GOOD_FOR = timedelta(days=30)
"""How long one is good, at least."""
PURPOSE = "photo"
ACCEPT = "image/png, image/jpeg, image/gif, image/webp"
TRIES = 5
"""How often a picture is given anew to a contact that somebody else changes meanwhile."""


class Photos:
    """Use cases of pictures."""

    def __init__(
        self, store: Store, sharing: Sharing, contacts: Contacts, fetcher: Fetcher, clock: Clock
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._contacts = contacts
        self._fetcher = fetcher
        self._clock = clock

    async def put(
        self, author: Author, book_id: BookId, contact_id: ContactId, data: bytes
    ) -> Contact:
        """Give a contact a picture.

        Args:
            author: who does it.
            book_id: the list.
            contact_id: the contact.
            data: the file that was sent.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such contact, or not theirs to change.
            BadPicture: it is none, or too large.
        """
        book, _ = await self._changeable(author, book_id, contact_id)
        png = await asyncio.to_thread(portrait, data)
        id = await self.keep(book, png)
        return await self._given(author, book_id, contact_id, id)

    async def fetch(
        self, author: Author, book_id: BookId, contact_id: ContactId, url: str
    ) -> Contact:
        """Give a contact the picture that lies at an address.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such contact, or not theirs to change.
            NotFetched: it cannot be had from there.
            BadPicture: it is none, or too large.
        """
        await self._changeable(author, book_id, contact_id)
        fetched = await self._fetcher.get(url, most=MAX_BYTES, accept=ACCEPT)
        return await self.put(author, book_id, contact_id, fetched.body)

    async def drop(self, author: Author, book_id: BookId, contact_id: ContactId) -> Contact:
        """Take a contact's picture away; initials stand in its place.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such contact, or not theirs to change.
        """
        return await self._given(author, book_id, contact_id, PhotoId(""))

    async def keep(self, book: Book, png: bytes) -> PhotoId:
        """Keep a portrait of :mod:`services.contacts.pictures`; return what leads to it."""
        id = photo_id(book.id, png)
        await self._store.photos.put(book, id, png)
        return id

    async def of(self, book: Book, contact: Contact) -> bytes | None:
        """Return a contact's picture as PNG, if it has one."""
        if not contact.content.photo:
            return None
        return await self._store.photos.find(book.tenant, book.id, contact.content.photo)

    def address(self, book: Book, contact: Contact) -> str:
        """Return the last part of the address of a contact's picture; empty = it has none."""
        if not contact.content.photo:
            return ""
        week = int(self._clock.now().timestamp() // STEADY.total_seconds())
        ends = datetime.fromtimestamp(0, UTC) + (week + 1) * STEADY + GOOD_FOR
        told = (book.tenant, book.id, contact.content.photo, f"{ends.timestamp():.0f}")
        return self._store.vault.ticket(PURPOSE, "\n".join(told))

    async def at(self, address: str) -> bytes | None:
        """Return the picture at an address as PNG; ``None`` where it is forged, or too old."""
        told = self._store.vault.told_by(PURPOSE, address)
        if told is None:
            return None
        tenant, book, photo, ends = told.split("\n")
        if self._clock.now().timestamp() >= int(ends):
            return None
        try:
            return await self._store.photos.find(TenantId(tenant), BookId(book), PhotoId(photo))
        except BeingErased:
            return None

    async def _changeable(
        self, author: Author, book_id: BookId, contact_id: ContactId
    ) -> tuple[Book, Contact]:
        if author.person is None:
            raise NotFound("book")
        book = await self._sharing.book_for(author.person, book_id, Role.CONTRIBUTOR)
        contact = await self._contacts.get(author.person, book_id, contact_id)
        await self._sharing.require_say(author.person, book, contact.created_by)
        return book, contact

    async def _given(
        self, author: Author, book_id: BookId, contact_id: ContactId, photo: PhotoId
    ) -> Contact:
        """Change the picture alone: what somebody else changes meanwhile stays.

        Raises:
            Stale: the contact keeps changing.
        """
        for _ in range(TRIES):
            _, contact = await self._changeable(author, book_id, contact_id)
            content = replace(contact.content, photo=photo)
            with suppress(Stale):  # they were a moment faster: look again
                return await self._contacts.edit(
                    author, book_id, contact_id, content, etag=contact.etag
                )
        raise Stale("the contact keeps changing")


def photo_id(book: BookId, png: bytes) -> PhotoId:
    """Return what leads to a picture of a list: the same one is kept once."""
    return PhotoId(id_of("photo", book, hashlib.sha256(png).hexdigest()))
