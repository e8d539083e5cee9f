"""A calendar as a file: whole, or one event of it; as the person who asks may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC

from services.books.sharing import Sharing
from services.files.exports import FileToFetch, file_name
from services.formats.event_rows import table_of
from services.formats.ics import calendar_file
from services.formats.tables import csv_file
from services.formats.workbooks import workbook_file
from services.model.books import Book, BookId, Role
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.events import Event, EventId
from services.model.identity import Person
from services.model.times import Timed
from services.model.veil import BUSY, all_seen_by, in_words, seen_by
from services.storage.store import Store

__all__ = ["BookFiles"]

Write = Callable[[str, Sequence[Event]], bytes]
WRITERS: Mapping[str, Write] = {
    "ics": calendar_file,
    "xlsx": lambda name, events: workbook_file(name, table_of(events)),
    "csv": lambda _name, events: csv_file(table_of(events)),
}


class BookFiles:
    """Use cases of calendars that are taken along."""

    def __init__(self, store: Store, sharing: Sharing) -> None:
        self._store = store
        self._sharing = sharing

    async def whole(
        self,
        person: Person,
        book_id: BookId,
        name: str,
        kind: str,
        *,
        busy: str = BUSY,
        for_all: bool = False,
    ) -> FileToFetch:
        """Return a calendar as a file.

        Args:
            person: who asks.
            book_id: the calendar.
            name: as people call it.
            kind: ``ics``, ``xlsx`` or ``csv``.
            busy: what is called so that is private to others.
            for_all: others can fetch it, too: what the asker keeps private is not in it either.

        Raises:
            NotFound: no such calendar for this person.
            InvalidInput: another kind.
        """
        write = WRITERS.get(kind)
        if write is None:
            raise InvalidInput(Problem("kind", Wrong.NOT_A_CHOICE))
        book = await self._sharing.book_for(person, book_id, Role.READER)
        seen = all_seen_by(await self._live(book), None if for_all else person)
        events = [in_words(event, busy) for event in seen]
        data = await asyncio.to_thread(write, name, sorted(events, key=_when))
        return FileToFetch(file_name(name, kind), "", data)

    async def one(
        self,
        person: Person,
        book_id: BookId,
        event_id: EventId,
        *,
        busy: str = BUSY,
        for_all: bool = False,
    ) -> FileToFetch:
        """Return one event as a file that calendar programs open.

        ``busy`` and ``for_all`` are as of :meth:`whole`.

        Raises:
            NotFound: no such event for this person.
        """
        book = await self._sharing.book_for(person, book_id, Role.READER)
        found = await self._store.events.get(book, event_id)
        event = in_words(seen_by(found, None if for_all else person), busy)
        title = event.content.title
        return FileToFetch(file_name(title, "ics"), "", calendar_file(title, [event]))

    async def _live(self, book: Book) -> list[Event]:
        found: list[Event] = []
        ledger = self._store.events
        async for page, _ in ledger.unread(book, 0):
            read = (ledger.read(opened.body, opened.revision) for opened in page)
            found += [event for event in read if event.deleted_at is None]
        return found


def _when(event: Event) -> tuple[str, str]:
    when = event.content.when
    start = when.start.astimezone(UTC) if isinstance(when, Timed) else when.start
    return start.isoformat(), event.id
