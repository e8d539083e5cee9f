"""Contacts that are in a list twice: found, merged field by field, and parted again.

What is likely the same is found by :mod:`services.contacts.likeness`, once for each revision of a
list. Of two that are merged the one stays, under its id, and the other goes into the recycle bin,
both in one commit; :meth:`Duplicates.undo` takes that back as long as both are as the merge left
them.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from services.books.ripples import Ripples
from services.books.sharing import Sharing
from services.contacts.contact_checks import tidy_contact
from services.contacts.likeness import pairs_in
from services.contacts.phone_numbers import region_of
from services.contacts.profiles import Profile, profile_of
from services.contacts.stored_contacts import StoredContacts
from services.model.books import Book, BookId, Role
from services.model.contacts import Apart, Contact, ContactContent, ContactId
from services.model.errors import NotFound, Stale
from services.model.events import Author
from services.model.identity import Person
from services.model.times import Clock
from services.storage.store import Store

__all__ = ["Duplicates", "Likely", "Pair"]

REMEMBERED = 64
"""Lists whose pairs are kept as they were found: ids alone."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two contacts that are likely the same."""

    one: Contact
    """Which was there first."""
    other: Contact


@dataclass(frozen=True, slots=True)
class Likely:
    """What was found."""

    pairs: tuple[Pair, ...]
    """The first of them, the likeliest first."""
    total: int


@dataclass(frozen=True, slots=True)
class _Found:
    revision: int
    pairs: tuple[tuple[ContactId, ContactId], ...]


class Duplicates:
    """Use cases of contacts that are there twice."""

    def __init__(self, store: Store, sharing: Sharing, clock: Clock) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._ripples = Ripples(store, clock)
        self._found: OrderedDict[BookId, _Found] = OrderedDict()

    async def likely(self, person: Person, book_id: BookId, most: int) -> Likely:
        """Return who is likely there twice.

        Raises:
            NotFound: no such list for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        apart = await self._store.contacts.apart(book)
        left = [pair for pair in await self._pairs(book) if Apart.of(*pair) not in apart]
        pairs = [await self._read(book, *pair) for pair in left[:most]]
        return Likely(tuple(pairs), len(left))

    async def pair(self, person: Person, book_id: BookId, one: ContactId, other: ContactId) -> Pair:
        """Return two contacts.

        Raises:
            NotFound: one is not there, as far as this person may know.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return await self._read(book, one, other)

    async def merge(
        self, author: Author, book_id: BookId, pair: Pair, content: ContactContent
    ) -> Contact:
        """Make one contact of two: the first gets the content, the second goes into the bin.

        Args:
            author: who does it.
            book_id: the list.
            pair: both, as the author has seen them.
            content: what the one that stays shall say.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such contacts, or not theirs to change.
            InvalidInput: the content cannot be taken.
            Stale: one of them has changed since.
        """
        book = await self._changeable(author, book_id, pair)
        region = region_of(book.zone.key, book.language)
        content = tidy_contact(content, pair.one.content, shape=book.shape, region=region)
        now = self._clock.now()
        touched = {"updated_by": author, "updated_at": now}
        kept = replace(pair.one, content=content, **touched)  # type: ignore[arg-type]
        gone = replace(pair.other, deleted_at=now, **touched)  # type: ignore[arg-type]
        return await self._save(book, kept, gone)

    async def undo(
        self, author: Author, book_id: BookId, one: ContactId, other: ContactId, revision: int
    ) -> Pair:
        """Make two contacts again of what was merged.

        Args:
            author: who does it.
            book_id: the list.
            one: which stayed.
            other: which went.
            revision: of the merge.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such contacts, or not theirs to change.
            Stale: one of them is no longer as the merge has left it.
        """
        person = _person(author)
        book = await self._sharing.book_for(person, book_id, Role.CONTRIBUTOR)
        kept, gone = [await self._store.contacts.find(book, id) for id in (one, other)]
        if kept is None or gone is None:
            raise NotFound("contact")
        for each in (kept, gone):
            await self._sharing.require_say(person, book, each.created_by)
        before = await self._before(book, kept, revision)
        if before is None or gone.revision != revision:
            raise Stale("one of the two has changed since they were merged")
        touched = {"updated_by": author, "updated_at": self._clock.now()}
        kept = replace(kept, content=before, **touched)  # type: ignore[arg-type]
        gone = replace(gone, deleted_at=None, **touched)  # type: ignore[arg-type]
        await self._save(book, kept, gone)
        return await self._read(book, one, other)

    async def set_apart(
        self, author: Author, book_id: BookId, one: ContactId, other: ContactId
    ) -> None:
        """Remember that two are not the same.

        Raises:
            NotFound, NotAllowed, ReadOnly: no such list, or not theirs to write into.
        """
        book = await self._sharing.book_for(_person(author), book_id, Role.CONTRIBUTOR)
        await self._store.contacts.set_apart(book, Apart.of(one, other))

    async def _pairs(self, book: Book) -> tuple[tuple[ContactId, ContactId], ...]:
        revision = await self._store.contacts.revision(book)
        found = self._found.get(book.id)
        if found is None or found.revision != revision:
            stored = await StoredContacts.of(self._store.contacts, book)
            found = _Found(revision, await asyncio.to_thread(_likely, stored))
        self._found[book.id] = found
        self._found.move_to_end(book.id)
        if len(self._found) > REMEMBERED:
            self._found.popitem(last=False)
        return found.pairs

    async def _before(self, book: Book, kept: Contact, revision: int) -> ContactContent | None:
        """Return what a contact said before a merge; ``None`` = it is not as that has left it.

        Its revision may be another: of three that became one, two were parted again before.
        """
        versions = [*await self._store.contacts.history(book, kept.id), kept]
        places = {each.revision: place for place, each in enumerate(versions)}
        merged = places.get(revision, 0)
        if not merged or versions[merged].content != kept.content:
            return None
        return versions[merged - 1].content

    async def _read(self, book: Book, one: ContactId, other: ContactId) -> Pair:
        ledger = self._store.contacts
        return Pair(await ledger.get(book, one), await ledger.get(book, other))

    async def _changeable(self, author: Author, book_id: BookId, pair: Pair) -> Book:
        person = _person(author)
        book = await self._sharing.book_for(person, book_id, Role.CONTRIBUTOR)
        for each in (pair.one, pair.other):
            await self._sharing.require_say(person, book, each.created_by)
        return book

    async def _save(self, book: Book, kept: Contact, gone: Contact) -> Contact:
        async with self._ripples.of_all(book, [kept.id, gone.id], None):
            saved, _ = await self._store.contacts.save_together([kept, gone], book)
        return saved


def _likely(stored: StoredContacts) -> tuple[tuple[ContactId, ContactId], ...]:
    """Return pairs of ids, the likeliest first; of two, which was there first comes first.

    Each contact is opened once, so that never more than one of them is there as an object.
    """
    there: list[tuple[datetime, ContactId]] = []

    def profiles() -> Iterator[Profile]:
        for contact in stored.values():
            if contact.deleted_at is None:
                there.append((contact.created_at, contact.id))
                yield profile_of(contact.content)

    found = []
    for score, one, other in pairs_in(profiles()):
        first, second = sorted((there[one], there[other]))
        found.append((-score, first, second))
    return tuple((first[1], second[1]) for _, first, second in sorted(found))


def _person(author: Author) -> Person:
    if author.person is None:
        raise NotFound("book")
    return author.person
