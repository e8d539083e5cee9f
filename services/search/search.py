"""The use case of searching: from any chat, through every book that the person has met."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from typing import Generic, TypeVar

from services.books.books import Books
from services.contacts.uses import ContactUses
from services.model.books import Book, BookId, BookKind
from services.model.contact_order import FIELDS, MOST_READ, ContactOrder
from services.model.contacts import Contact
from services.model.events import Event
from services.model.identity import Person
from services.model.veil import is_veiled, seen_by
from services.search.by_field import by_field
from services.search.entries import contact_entry, event_entry
from services.search.index import Found, Index, key_of
from services.search.listing import Listing, SortKey
from services.search.packing import Packing
from services.search.shelf import Indexes
from services.search.wanted import Wanted, wanted_of
from services.storage.store import Store

__all__ = ["MAX_BYTES", "Listed", "Page", "Search"]

T = TypeVar("T", Contact, Event)

PATIENCE = 0.8
"""Seconds that an answer waits for an index to be complete: its whole budget is one."""
MAX_BYTES = 512 * 1024 * 1024
"""For all indexes of a kind together; 100,000 contacts take about a tenth of it."""
REMEMBERED = 4096
"""Records that are kept as they were read."""
MOST = 1000
"""Records deep that somebody can page."""
EVERYBODY = 1_000_000
"""More than a list holds."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What was found."""

    records: tuple[T, ...]
    books: Mapping[BookId, Book]
    """Those that the records are in; the person may look at them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list."""

    records: tuple[Contact, ...]
    letters: Mapping[str, int]
    """How many stand under each letter, whichever of them is shown."""
    total: int
    """Of what is shown, all pages together."""


class Search:
    """Finds contacts and events by a few letters.

    Rights are asked for again at every search. ``close`` before the event loop ends.
    """

    def __init__(
        self,
        store: Store,
        books: Books,
        uses: ContactUses | None = None,
        *,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._books = books
        self._uses = uses
        self._contacts = Indexes(
            store.contacts, store.segments, contact_entry, max_bytes, patience=PATIENCE
        )
        self._events = Indexes(
            store.events, store.segments, event_entry, max_bytes, patience=PATIENCE
        )
        self._read_contact = _reading(store.contacts.read)
        self._read_event = _reading(store.events.read)

    async def contacts(
        self,
        person: Person,
        text: str,
        skip: int = 0,
        limit: int = 25,
        *,
        within: Collection[BookId] | None = None,
    ) -> Page[Contact]:
        """Return contacts by letters of name, company, job, e-mail or phone, the best first.

        Of those that fit equally well whom the person uses comes first. Without letters these, and
        then those that were written last. An ask for one more than a page shows tells whether
        there is another page. ``within`` some lists only, where they are given; else in all that
        the person has met but those that are archived.
        """
        books = await self._seen(person, BookKind.CONTACTS, within)
        uses = await self._uses.of(person) if self._uses else {}
        liked = {key_of(id): worth for id, worth in uses.items()}
        asked = Asked(text, skip, limit, liked)
        return await _page(self._contacts, books, asked, self._read_contact)

    async def all_contacts(self, person: Person, text: str, book: BookId) -> tuple[Contact, ...]:
        """Return everybody of a list whom letters find, the best first: for a file of them.

        :meth:`contacts` ends at a thousand, behind which nobody turns pages.
        """
        wanted = wanted_of(text)
        if not wanted:
            return ()
        books = await self._books.visible(person, [book])
        found = [
            one
            for index in [await self._contacts.of(each) for each in books]
            for one in await asyncio.to_thread(index.search, wanted, EVERYBODY)
        ]
        return tuple(map(self._read_contact, found))

    async def events(
        self,
        person: Person,
        text: str,
        skip: int = 0,
        limit: int = 25,
        *,
        within: Collection[BookId] | None = None,
    ) -> Page[Event]:
        """Return events by letters of any of their fields, the best first; as for contacts.

        ``within`` some calendars only, where they are given. What is private to somebody else is
        found by no letters, so a page may be shorter; without letters it is there, veiled.
        """
        books = await self._seen(person, BookKind.CALENDAR, within)
        page = await _page(self._events, books, Asked(text, skip, limit), self._read_event)
        shown = [one for one in page.records if not (text.strip() and is_veiled(one, person))]
        return Page(tuple([seen_by(one, person) for one in shown]), page.books)

    async def note_use(self, person: Person, contact: Contact) -> None:
        """Note that somebody has used a contact: it is found sooner by them alone."""
        if self._uses:
            await self._uses.note(person, contact.book, contact.id)

    async def _seen(
        self, person: Person, kind: BookKind, within: Collection[BookId] | None
    ) -> tuple[Book, ...]:
        if within is None:
            return await self._books.in_use(person, kind)
        return await self._books.visible(person, within)

    async def listed(
        self,
        person: Person,
        listing: Listing,
        skip: int,
        limit: int,
        *,
        within: Collection[BookId] | None = None,
    ) -> Listed:
        """Return a page of all contacts in an order; ``within`` as in :meth:`contacts`."""
        books = await self._seen(person, BookKind.CONTACTS, within)
        last = min(skip + limit, MOST)
        indexes = [await self._contacts.of(book) for book in books]
        if listing.order in FIELDS:
            named = replace(listing, order=ContactOrder.NAME)
            found, letters = await asyncio.to_thread(_listed, indexes, named, MOST_READ)
            records = await asyncio.to_thread(self._in_order, found, listing.order, skip, last)
            return Listed(records, letters, _total(letters, listing))
        found, letters = await asyncio.to_thread(_listed, indexes, listing, last)
        if listing.order is ContactOrder.RECENT:  # the revisions of two books say nothing
            records = tuple(sorted(map(self._read_contact, found), key=_by_age)[skip:last])
        else:
            records = tuple(map(self._read_contact, found[skip:last]))
        return Listed(records, letters, _total(letters, listing))

    def _in_order(
        self, found: Sequence[Found], order: ContactOrder, skip: int, last: int
    ) -> tuple[Contact, ...]:
        return tuple(by_field(map(self._read_contact, found), order)[skip:last])

    async def keep(self, book: Book) -> None:
        """See to it that a book's index is complete and stored, after very much was written."""
        await self._indexes(book).keep(book)

    async def renew(self, book: Book) -> bool:
        """Store a book's index anew before what is stored expires; return whether anything is."""
        return await self._indexes(book).renew(book)

    async def close(self) -> None:
        """Let go of all indexes."""
        await self._contacts.close()
        await self._events.close()

    def _indexes(self, book: Book) -> Indexes:
        return self._events if book.kind is BookKind.CALENDAR else self._contacts


def _listed(
    indexes: Sequence[Index], listing: Listing, limit: int
) -> tuple[list[Found], Counter[str]]:
    keyed: list[tuple[SortKey, Found]] = []
    letters: Counter[str] = Counter()
    for index in indexes:
        keyed += index.listed(listing, limit)
        letters += index.beginnings(listing)
    return [found for _, found in sorted(keyed, key=itemgetter(0))], letters


def _total(letters: Mapping[str, int], listing: Listing) -> int:
    total = sum(n for each, n in letters.items() if each in (listing.letters or each))
    return min(total, MOST)


def _reading(read: Callable[[bytes, int], T]) -> Callable[[Found], T]:
    """Return what reads a record that was found; what many look for is read once.

    Equal bytes make an equal, frozen object, whoever may see it.
    """

    @lru_cache(maxsize=REMEMBERED)
    def unpacked(packing: Packing, packed: bytes, revision: int) -> T:
        return read(packing.unpack(packed), revision)

    return lambda found: unpacked(found.packing, found.packed, found.revision)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for."""

    text: str
    skip: int
    limit: int
    liked: Mapping[int, float] = field(default_factory=dict)
    """By the keys of records, what they are worth to the person."""


async def _page(
    indexes: Indexes, books: tuple[Book, ...], asked: Asked, read: Callable[[Found], T]
) -> Page[T]:
    first = max(asked.skip, 0)
    last = min(first + max(asked.limit, 0), MOST)
    wanted = wanted_of(asked.text)
    if last <= first or (asked.text.strip() and not wanted):
        return Page((), {})
    found = await _in_books(indexes, books, wanted, last, asked.liked)
    if wanted:
        records = list(map(read, sorted(found, key=_by_rank)[first:last]))
    else:
        records = _before_typing(found, read)[first:last]
    seen = {record.book for record in records}
    return Page(tuple(records), {book.id: book for book in books if book.id in seen})


def _before_typing(found: Sequence[Found], read: Callable[[Found], T]) -> list[T]:
    """Return what the person uses, and behind it what was written last."""
    used = sorted([one for one in found if one.liked], key=_by_rank)
    rest: list[T] = [read(one) for one in found if not one.liked]
    rest.sort(key=_by_age)
    return [read(one) for one in used] + rest


async def _in_books(
    indexes: Indexes,
    books: Sequence[Book],
    wanted: Wanted,
    limit: int,
    liked: Mapping[int, float],
) -> list[Found]:
    if len(books) == 1:  # as nearly always, so no task for it
        return await _in_book(indexes, books[0], wanted, limit, liked)
    found = await asyncio.gather(*(_in_book(indexes, book, wanted, limit, liked) for book in books))
    return [one for each in found for one in each]


async def _in_book(
    indexes: Indexes, book: Book, wanted: Wanted, limit: int, liked: Mapping[int, float]
) -> list[Found]:
    index = await indexes.of(book)
    return index.search(wanted, limit, liked) if wanted else index.newest(limit, liked)


def _by_rank(found: Found) -> tuple[int, float]:
    return found.rank, -found.liked


def _by_age(record: Contact | Event) -> float:
    return -record.updated_at.timestamp()
