"""A person's own data: to have it all, or to have it erased.

Both are asked for in the personal chat (or by whoever runs Almanac, on behalf of somebody) and
carried out in the background, since a person's words may be in any book of their organisation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from services.accounts.accounts import Accounts
from services.books.book_changes import change_book
from services.books.rights import granted, kept_owned
from services.model.books import Book, BookKind
from services.model.conversations import Member
from services.model.identity import ConversationHome, Person, PersonHome
from services.model.tasks import Task, TaskKind
from services.model.times import Clock
from services.people.person_data import books_near, found, zipped
from services.storage.store import Store

__all__ = ["FETCHED_WITHIN", "MOST_BYTES", "MyData"]

FETCHED_WITHIN = timedelta(hours=24)
MOST_BYTES = 50_000_000
_ZIP = "application/zip"
"""What tells somebody's own data from whatever else waits behind a token."""


class MyData:
    """Use cases of a person's data as a whole."""

    def __init__(self, store: Store, accounts: Accounts, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._clock = clock

    async def ask_export(self, person: Person) -> None:
        """Have the data put together; the person is told where to fetch it."""
        await self._put(TaskKind.EXPORT_PERSON, person)

    async def ask_erasure(self, person: Person) -> None:
        """Have everything erased; the person is told when it is done."""
        await self._put(TaskKind.ERASE_PERSON, person)

    async def export(self, person: Person) -> bytes:
        """Return everything that is kept of a person, as a zip file."""
        data = await found(self._store, person)
        return await asyncio.to_thread(zipped, data, self._clock.now())

    async def keep_export(self, person: Person) -> str | None:
        """Put everything together; return what it can be fetched with, ``None`` = too much."""
        data = await self.export(person)
        if len(data) > MOST_BYTES:
            return None
        expires_at = self._clock.now() + FETCHED_WITHIN
        return await self._store.exports.put(person, data, expires_at, media=_ZIP)

    async def is_there(self, token: str) -> bool:
        """Tell whether somebody's data waits to be fetched; other files have doors of their own."""
        waiting = await self._store.exports.look(token)
        return waiting is not None and waiting.media == _ZIP

    async def fetch(self, token: str) -> bytes | None:
        """Return what waits, once."""
        return await self._store.exports.take(token) if await self.is_there(token) else None

    async def erase(self, person: Person) -> Mapping[str, int]:
        """Erase what is a person's own, and take their name out of the rest.

        Their personal chat is still known afterwards (:meth:`forget_chat`), so that they can be
        told. All of it may be repeated.

        Returns:
            How many ``books``, ``events`` and ``contacts`` are gone, out of how many records their
            ``names`` and out of how many lists their ``memberships``.
        """
        await self._accounts.disconnect(person, keep_copies=True)
        await self._store.accounts.erase(person)
        counts = dict.fromkeys(("books", "events", "contacts", "names", "memberships"), 0)
        for kind in BookKind:
            home = PersonHome(person)
            for book in await self._store.books.of_home(home, kind, even_deleted=True):
                counts["books"] += 1
                counts["events"] += len((await self._store.events.changes(book, 0))[0])
                counts["contacts"] += len((await self._store.contacts.changes(book, 0))[0])
                await self._store.books.erase(book)
        for book in await books_near(self._store, person):
            await self._store.watchers.remove(book, person)
            counts["names"] += await self._store.answers.remove_of(book, person)
            counts["names"] += await self._store.books.anonymise(book, person)
            await self._store.subscribed.anonymise(book, person)
            await self._ungrant(book, person)
        counts["memberships"] = await self._leave(person)
        await self._store.exports.remove_all_of(person)
        await self._store.feeds.remove_all_of(person)
        await self._store.offers.erase(person)
        await self._store.notes.erase(person)
        await self._store.shelves.erase(person)
        await self._store.preferences.erase(person)
        return counts

    async def forget_chat(self, person: Person) -> None:
        """Forget the personal chat, once there is nothing more to say in it."""
        for place in await self._store.conversations.all(person.tenant):
            if place.person == person:
                await self._store.conversations.remove(place)

    async def _ungrant(self, book: Book, person: Person) -> None:
        """Take a role by name from somebody who is forgotten; an owner's book stays owned."""
        if book.access.of(person) is None:
            return
        roster: Sequence[Member] = ()
        if isinstance(book.home, ConversationHome):
            roster = await self._store.conversations.roster(book.tenant, book.home.conversation)
        left = [member for member in roster if member.person != person]

        def without_them(now: Book) -> Book:
            access = granted(now.access, person, None)
            return replace(now, access=kept_owned(access, left, now.tenant))

        await change_book(self._store.books, book, without_them)

    async def _leave(self, person: Person) -> int:
        left = 0
        for host in await self._store.shelves.hosts(person):
            for place in await self._store.conversations.all(host):
                if await self._store.conversations.member(host, place.id, person):
                    await self._store.conversations.remove_member(host, place.id, person)
                    left += 1
        return left

    async def _put(self, kind: TaskKind, person: Person) -> None:
        await self._store.tasks.put(
            Task(
                kind=kind,
                tenant=person.tenant,
                key=person.object_id,
                payload={"person": person.object_id},
                due_at=self._clock.now(),
            )
        )
