"""The birthdays and anniversaries of contact lists as a calendar that nobody has to keep.

They are computed from the contacts whenever somebody looks, so nothing is copied and nothing can
be out of date; what a list celebrates is remembered for the revision that it has. The calendars of
a place show those of its lists whose owners want that.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from services.books.sharing import Sharing
from services.contacts.celebrations import as_events, as_marks, celebrated_in, celebrations
from services.files.exports import FileToFetch, file_name
from services.formats.ics import calendar_file
from services.model.books import Book, BookId, BookKind, Role
from services.model.celebrations import Celebrated, Celebration
from services.model.events import Event
from services.model.identity import Home, Person
from services.model.settings import Holiday
from services.storage.store import Store

__all__ = ["Birthdays"]

REMEMBERED = 256
"""Lists; a birthday takes some hundred bytes."""


class Birthdays:
    """Use cases of what contacts celebrate."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing
        self._known: OrderedDict[BookId, tuple[int, tuple[Celebrated, ...]]] = OrderedDict()

    async def between(
        self, person: Person, book_id: BookId, first: date, last: date
    ) -> list[Celebration]:
        """Return what a list celebrates from ``first`` to ``last``, both included.

        Raises:
            NotFound: no such list for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        return celebrations(await self._celebrated(book), first, last)

    async def calendar(
        self, person: Person, book_id: BookId, name: str, since: date
    ) -> FileToFetch:
        """Return all that a list celebrates as a file for calendar programs, year after year.

        Raises:
            NotFound: no such list for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        events = list(as_events(await self._celebrated(book), book.id, since))
        data = await asyncio.to_thread(calendar_file, name, events)
        return FileToFetch(file_name(name, "ics"), "", data)

    async def revisions(self, calendars: Sequence[Book]) -> tuple[tuple[BookId, int], ...]:
        """Return what changes whenever :meth:`marks` of the same calendars may."""
        lists = await self._of(calendars)
        return tuple([(book.id, await self._store.contacts.revision(book)) for book in lists])

    async def marks(self, calendars: Sequence[Book], first: date, last: date) -> list[Holiday]:
        """Return what calendars show of the lists of their places, for whoever may see them."""
        return list(as_marks(await self.shown(calendars, first, last)))

    async def shown(self, calendars: Sequence[Book], first: date, last: date) -> list[Celebration]:
        """Return the same as it is, from ``first`` to ``last``, both included."""
        found: list[Celebration] = []
        for book in await self._of(calendars):
            found += celebrations(await self._celebrated(book), first, last)
        return found

    async def series(self, calendar: Book, since: date) -> list[Event]:
        """Return the same as events that come again each year, for other calendar programs."""
        lists = await self._of([calendar])
        return [
            event
            for book in lists
            for event in as_events(await self._celebrated(book), calendar.id, since)
        ]

    async def _of(self, calendars: Sequence[Book]) -> list[Book]:
        """Return the lists of the same places whose owners want them to be seen there."""
        homes: dict[Home, None] = dict.fromkeys(book.home for book in calendars)
        lists = [
            book
            for home in homes
            for book in await self._store.books.of_home(home, BookKind.CONTACTS)
        ]
        return [book for book in lists if book.settings.celebrations and not book.retired]

    async def _celebrated(self, book: Book) -> tuple[Celebrated, ...]:
        revision = await self._store.contacts.revision(book)
        known = self._known.get(book.id)
        if known is None or known[0] != revision:
            entries, revision = await self._store.contacts.changes(book, 0)
            known = revision, celebrated_in(each for each in entries if each.deleted_at is None)
        self._known[book.id] = known
        self._known.move_to_end(book.id)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known[1]
