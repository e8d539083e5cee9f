"""Feeds: a calendar at a secret address, for one person's other programs.

The address is told once; 256 random bits are its secret, and a hash of them is all that is kept.
Each fetch asks for the person's right anew: whoever has lost it gets what a wrong address gets.
What is given is a window of time, and the ``ETag`` follows from what the calendar has become, so a
program that asks again and again costs next to nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from services.books.sharing import Sharing
from services.contacts.birthdays import Birthdays
from services.formats.ics import calendar_file
from services.model.books import Book, BookId, Role
from services.model.errors import NotFound
from services.model.events import Event
from services.model.feeds import Feed
from services.model.identity import Person
from services.model.times import Clock
from services.model.veil import BUSY, all_seen_by, busy_only, in_words
from services.storage.store import Store

__all__ = ["Fed", "Feeds"]

BEFORE, AFTER = timedelta(days=92), timedelta(days=2 * 366)
"""What is given: a quarter of a year back, two years ahead."""
MOST_EVENTS = 5_000
FORM = "2"
"""Changes when the same events are written otherwise."""


@dataclass(frozen=True, slots=True)
class Fed:
    """What a fetch gives; no body where the asker has it already."""

    tag: str
    body: bytes | None
    name: str = ""


class Feeds:
    """Use cases of what people publish for themselves.

    ``busy`` is what stands, in a language, for what only its time is told of.
    """

    def __init__(
        self,
        store: Store,
        sharing: Sharing,
        clock: Clock,
        birthdays: Birthdays,
        busy: Callable[[str], str] = lambda _: BUSY,
    ) -> None:
        self._store = store
        self._sharing = sharing
        self._clock = clock
        self._birthdays = birthdays
        self._busy = busy

    async def of(self, person: Person, book_id: BookId) -> Feed | None:
        """Return a person's feed of a calendar, if they have one.

        Raises:
            NotFound: no such calendar for this person.
        """
        await self._sharing.book_for(person, book_id, Role.READER)
        return await self._store.feeds.of(person, book_id)

    async def make(
        self, person: Person, book_id: BookId, *, busy: bool, language: str
    ) -> tuple[Feed, str]:
        """Make a feed and return its secret; an address from before no longer works.

        Raises:
            NotFound: no such calendar for this person.
        """
        await self._sharing.book_for(person, book_id, Role.READER)
        secret = secrets.token_urlsafe(32)
        feed = Feed(
            person=person,
            book=book_id,
            secret=_hash(secret),
            busy_only=busy,
            language=language,
            made_at=self._clock.now(),
        )
        await self._store.feeds.put(feed)
        return feed, secret

    async def revoke(self, person: Person, book_id: BookId) -> None:
        """Take a feed back; nothing happens where there is none."""
        feed = await self._store.feeds.of(person, book_id)
        if feed is not None:
            await self._store.feeds.remove(feed)

    async def fetch(self, secret: str, known: str = "") -> Fed | None:
        """Return what lies behind an address; ``None`` where nothing does, for whatever reason.

        Args:
            secret: out of the address.
            known: the ``ETag`` of what the asker has.
        """
        feed = await self._store.feeds.find(_hash(secret))
        if feed is None:
            return None
        try:
            book = await self._sharing.book_for(feed.person, feed.book, Role.READER)
        except NotFound:
            return None
        tag = await self._tag(feed, book)
        if known == tag:
            return Fed(tag, None)
        events = [*self._shown(await self._events(book), feed), *await self._days(book, feed)]
        body = await asyncio.to_thread(calendar_file, book.name or "Almanac", events)
        return Fed(tag, body)

    async def _tag(self, feed: Feed, book: Book) -> str:
        """Return what changes whenever the answer may."""
        revision = await self._store.events.revision(book)
        today = self._clock.now().date().isoformat()
        celebrated = [] if feed.busy_only else await self._birthdays.revisions([book])
        parts = (FORM, feed.secret, str(revision), today, str(feed.busy_only), book.etag)
        return _hash("/".join((*parts, *(f"{id}={number}" for id, number in celebrated))))[:32]

    async def _events(self, book: Book) -> list[Event]:
        now = self._clock.now()
        found = await self._store.events.between(book, now - BEFORE, now + AFTER)
        newest = sorted(found, key=lambda event: event.updated_at, reverse=True)[:MOST_EVENTS]
        return sorted(newest, key=lambda event: event.id)

    async def _days(self, book: Book, feed: Feed) -> list[Event]:
        """Return what contacts celebrate, where the calendar shows it: it takes nobody's time."""
        if feed.busy_only:
            return []
        return await self._birthdays.series(book, (self._clock.now() - BEFORE).date())

    def _shown(self, events: list[Event], feed: Feed) -> list[Event]:
        is_open = not feed.busy_only
        seen = all_seen_by(events, feed.person) if is_open else map(busy_only, events)
        busy = self._busy(feed.language)
        return [in_words(event, busy) for event in seen]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
