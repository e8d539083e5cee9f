"""How files become events of a calendar, and how they become contacts of a list.

:class:`~services.files.imports.Imports` keeps the file, asks the roles and tells what was done; a
*way* knows what the file is held against, and how it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterable,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, Protocol

from services.contacts.contact_groups import list_groups
from services.contacts.phone_numbers import region_of
from services.contacts.stored_contacts import StoredContacts
from services.files.contact_plan import ContactPlanner, Maker
from services.files.file_reading import FileReader
from services.files.import_plan import Plan, ids_in, plan_import
from services.model.books import Book
from services.model.contacts import Contact
from services.model.events import Author, Event
from services.model.imports import DoubleChoices
from services.model.times import Clock
from services.model.veil import seen_by
from services.storage.store import Store

__all__ = ["ContactWay", "EventWay", "Given", "Told", "Way", "nobody"]

PORTION = 5_000
"""Items that are written before anybody is told how far it is: a second's work, or a few."""


Told = Callable[[int, int], Awaitable[None]]
"""Is told how many are done, of how many; 0 = nobody knows yet."""


async def nobody(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file, and how it shall go where."""

    author: Author
    book: Book
    file: AsyncIterable[bytes]
    """Piece by piece, and once: it may be large, and nobody holds it."""
    language: str
    """Of whoever sent it."""
    choices: DoubleChoices = field(default_factory=DoubleChoices)


class Way(Protocol):
    """What an import needs to know of what a book holds."""

    async def plan(
        self, given: Given, may_change: Callable[[Any], bool], told: Told = nobody
    ) -> Plan[Any]:
        """Return what to write; ``BadFile`` where the file cannot be taken."""

    async def save(self, plan: Plan[Any], book: Book, told: Told = nobody) -> None:
        """Write it."""

    def title(self, item: Any) -> str:
        """Return what people call an item."""


class EventWay:
    """Events of a calendar."""

    def __init__(self, store: Store, files: FileReader, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    async def plan(
        self, given: Given, may_change: Callable[[Event], bool], told: Told = nobody
    ) -> Plan[Event]:
        """Return what to write; what is like another event is another event."""
        book, author = given.book, given.author

        def may_see_and_change(event: Event) -> bool:
            is_open = seen_by(event, author.person) is event  # nothing in it is private
            return is_open and may_change(event)

        data = b"".join([piece async for piece in given.file])
        reading = await self._files.events(data, book.zone, given.language)
        return plan_import(
            reading,
            book.id,
            await _known_events(self._store, book, ids_in(reading, book.id)),
            author=author,
            now=self._clock.now(),
            may_change=may_see_and_change,
        )

    async def save(self, plan: Plan[Event], book: Book, told: Told = nobody) -> None:
        """Write it."""
        await _in_portions(plan, partial(self._store.events.save_all, book=book), told)

    def title(self, item: Event) -> str:
        """Return the title of an event."""
        return item.content.title


class ContactWay:
    """Contacts of a list."""

    def __init__(self, store: Store, files: FileReader, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    async def plan(
        self, given: Given, may_change: Callable[[Contact], bool], told: Told = nobody
    ) -> Plan[Contact]:
        """Return what to write; rows are planned as they are read."""
        book, clock = given.book, self._clock
        planner = await asyncio.to_thread(
            ContactPlanner,
            await StoredContacts.of(self._store.contacts, book),
            Maker(book.id, given.author, clock.now()),
            may_change=may_change,
            choices=given.choices,
        )
        read = 0
        region = region_of(book.zone.key, book.language)
        portions = self._files.contacts(given.file, given.language, book.shape, region)
        async with aclosing(portions):
            async for portion in portions:
                await asyncio.to_thread(planner.take, portion)
                read += len(portion.rows)
                if read:
                    await told(read, 0)
        return await asyncio.to_thread(planner.plan)

    async def save(self, plan: Plan[Contact], book: Book, told: Told = nobody) -> None:
        """Write it: pictures before those who show them, groups after those who are in them."""
        groups: set[str] = set()

        def noted(
            portion: Iterable[tuple[Contact | None, Contact]],
        ) -> Iterator[tuple[Contact | None, Contact]]:
            for before, contact in portion:
                groups.update(contact.content.groups)
                yield before, contact

        async def write(portion: Iterable[tuple[Contact | None, Contact]]) -> None:
            await self._store.contacts.save_all(noted(portion), book)

        for photo, png in plan.pictures.items():
            await self._store.photos.put(book, photo, png)
        await _in_portions(plan, write, told)
        if groups:
            await list_groups(self._store, book, sorted(groups))

    def title(self, item: Contact) -> str:
        """Return the name of a contact."""
        return item.content.name


async def _in_portions(
    plan: Plan[Any], write: Callable[[Iterable[Any]], Awaitable[None]], told: Told
) -> None:
    writes, number = plan.writes, plan.number
    for done in range(0, number, PORTION):
        await write(islice(writes, PORTION))
        await told(min(done + PORTION, number), number)


async def _known_events(store: Store, book: Book, ids: Collection[str]) -> Mapping[str, Event]:
    """Return the events of a calendar that have one of the ids, tombstones too."""
    found: dict[str, Event] = {}
    async for page, _ in store.events.unread(book, 0):
        for opened in page:
            if opened.id in ids:
                found[opened.id] = store.events.read(opened.body, opened.revision)
    return found
