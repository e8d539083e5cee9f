"""How files become events of a calendar, and how they become contacts of a list.

:class:`~services.imports.Imports` keeps the file, asks the roles and tells what was done; a *way*
knows what the file is held against, and how it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from services.contact_checks import tidy_contact
from services.contact_groups import list_groups
from services.contact_plan import plan_contacts
from services.file_reading import FileReader
from services.import_plan import Plan, ids_in, plan_import
from services.model.books import Book
from services.model.contacts import Contact, ContactContent
from services.model.events import Author, Event, EventContent
from services.model.imports import Doubles, Incoming, Reading
from services.model.times import Clock
from services.model.veil import seen_by
from services.phone_numbers import region_of
from services.photos import photo_id
from services.storage.store import Store

__all__ = ["ContactWay", "EventWay", "Way"]


class Way(Protocol):
    """What an import needs to know of what a book holds."""

    async def read(self, data: bytes, book: Book, language: str) -> Reading[Any]:
        """Return what a file holds; ``BadFile`` where it cannot be taken."""

    async def plan(
        self,
        author: Author,
        book: Book,
        reading: Reading[Any],
        may_change: Callable[[Any], bool],
        doubles: Doubles,
    ) -> Plan[Any]:
        """Return what to write."""

    async def save(self, plan: Plan[Any], book: Book) -> None:
        """Write it."""

    def title(self, item: Any) -> str:
        """Return what people call an item."""


class EventWay:
    """Events of a calendar."""

    def __init__(self, store: Store, files: FileReader, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    async def read(self, data: bytes, book: Book, language: str) -> Reading[EventContent]:
        """Return the events of a file."""
        return await self._files.events(data, book.zone, language)

    async def plan(
        self,
        author: Author,
        book: Book,
        reading: Reading[EventContent],
        may_change: Callable[[Event], bool],
        doubles: Doubles,
    ) -> Plan[Event]:
        """Return what to write; what is like another event is another event."""

        def may_see_and_change(event: Event) -> bool:
            is_open = seen_by(event, author.person) is event  # nothing in it is private
            return is_open and may_change(event)

        return plan_import(
            reading,
            book.id,
            await _known_events(self._store, book, ids_in(reading, book.id)),
            author=author,
            now=self._clock.now(),
            may_change=may_see_and_change,
        )

    async def save(self, plan: Plan[Event], book: Book) -> None:
        """Write it."""
        await self._store.events.save_all(plan.writes, book)

    def title(self, item: Event) -> str:
        """Return the title of an event."""
        return item.content.title


class ContactWay:
    """Contacts of a list."""

    def __init__(self, store: Store, files: FileReader, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    async def read(self, data: bytes, book: Book, language: str) -> Reading[ContactContent]:
        """Return the contacts of a file, each with the id that its picture will have."""
        reading = await self._files.contacts(data, language, book.shape)
        items = tuple(_pictured(item, book) if item.photo else item for item in reading.items)
        return replace(reading, items=items)

    async def plan(
        self,
        author: Author,
        book: Book,
        reading: Reading[ContactContent],
        may_change: Callable[[Contact], bool],
        doubles: Doubles,
    ) -> Plan[Contact]:
        """Return what to write."""
        there, _ = await self._store.contacts.changes(book, 0)
        plan = partial(
            plan_contacts,
            author=author,
            now=self._clock.now(),
            shape=book.shape,
            tidy=partial(
                tidy_contact, shape=book.shape, region=region_of(book.zone.key, book.language)
            ),
            may_change=may_change,
            doubles=doubles,
        )
        return await asyncio.to_thread(plan, reading, book.id, there)

    async def save(self, plan: Plan[Contact], book: Book) -> None:
        """Write it: pictures before those who show them, groups after those who are in them."""
        written = [contact.content for _, contact in plan.writes]
        for photo in dict.fromkeys(content.photo for content in written):
            if photo in plan.pictures:
                await self._store.photos.put(book, photo, plan.pictures[photo])
        await self._store.contacts.save_all(plan.writes, book)
        groups = sorted({group for content in written for group in content.groups})
        if groups:
            await list_groups(self._store, book, groups)

    def title(self, item: Contact) -> str:
        """Return the name of a contact."""
        return item.content.name


def _pictured(item: Incoming[ContactContent], book: Book) -> Incoming[ContactContent]:
    photo = photo_id(book.id, item.photo)
    return replace(item, content=replace(item.content, photo=photo))


async def _known_events(store: Store, book: Book, ids: Collection[str]) -> Mapping[str, Event]:
    """Return the events of a calendar that have one of the ids, tombstones too."""
    found: dict[str, Event] = {}
    async for page, _ in store.events.unread(book, 0):
        for opened in page:
            if opened.id in ids:
                found[opened.id] = store.events.read(opened.body, opened.revision)
    return found
