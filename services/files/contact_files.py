"""A contact list as a file: all of it, one group, what a search finds, or one contact alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from services.books.sharing import Sharing
from services.files.exports import FileToFetch, file_name
from services.formats.contact_rows import rows_of
from services.formats.tables import csv_file
from services.formats.vcard import vcards
from services.formats.workbooks import workbook_file
from services.model.books import Book, BookId, Role
from services.model.contacts import Contact, ContactId, PhotoId
from services.model.errors import InvalidInput, NotFound, Problem, Wrong
from services.model.identity import Person
from services.search import Search
from services.storage.store import Store

__all__ = ["KINDS", "ContactFiles"]

KINDS = ("xlsx", "vcf", "csv")
MOST_PICTURES = 30_000_000
"""Bytes; whoever comes after that in the file goes without."""


class ContactFiles:
    """Use cases of contact lists that are taken along."""

    def __init__(self, store: Store, sharing: Sharing, search: Search) -> None:
        self._store = store
        self._sharing = sharing
        self._search = search

    async def whole(
        self,
        person: Person,
        book_id: BookId,
        name: str,
        kind: str,
        *,
        group: str = "",
        text: str = "",
    ) -> FileToFetch:
        """Return a contact list as a file, in order of the alphabet.

        Args:
            person: who asks.
            book_id: the list.
            name: as people call it.
            kind: ``xlsx``, ``vcf`` or ``csv``.
            group: only who is in it; empty = all.
            text: only who is found by these words; empty = all.

        Raises:
            NotFound: no such list for this person; or nobody is in the group, or found.
            InvalidInput: another kind.
        """
        if kind not in KINDS:
            raise InvalidInput(Problem("kind", Wrong.NOT_A_CHOICE))
        book = await self._sharing.book_for(person, book_id, Role.READER)
        found = (
            await self._search.all_contacts(person, text, book.id)
            if text
            else await self._all(book)
        )
        named = group.casefold()
        kept = [
            contact
            for contact in found
            if not group or any(each.casefold() == named for each in contact.content.groups)
        ]
        if not kept and (group or text):
            raise NotFound("nobody")
        kept.sort(key=lambda contact: (contact.content.name.casefold(), contact.id))
        pictures: dict[PhotoId, bytes] = {}
        if kind == "vcf":
            pictures = await self._store.photos.of(book, kept, MOST_PICTURES)
        data = await asyncio.to_thread(_written, kind, name, kept, book, pictures)
        return FileToFetch(file_name(group or name, kind), "", data)

    async def one(self, person: Person, book_id: BookId, contact_id: ContactId) -> FileToFetch:
        """Return one contact as a vCard, with its picture.

        Raises:
            NotFound: no such contact for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        contact = await self._store.contacts.get(book, contact_id)
        pictures = await self._store.photos.of(book, [contact], MOST_PICTURES)
        data = vcards([contact], pictures, book.shape.fields)
        return FileToFetch(file_name(contact.content.name, "vcf"), "", data)

    async def _all(self, book: Book) -> list[Contact]:
        entries, _ = await self._store.contacts.changes(book, 0)
        return [contact for contact in entries if contact.deleted_at is None]


def _written(
    kind: str,
    name: str,
    contacts: Sequence[Contact],
    book: Book,
    pictures: dict[PhotoId, bytes],
) -> bytes:
    if kind == "vcf":
        return vcards(contacts, pictures, book.shape.fields)
    rows = rows_of(contacts, book.shape)
    return csv_file(rows) if kind == "csv" else workbook_file(name, rows)
