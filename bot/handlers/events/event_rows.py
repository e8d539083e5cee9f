"""Events as rows of a search in the compose box, and as what a pasted link becomes.

Words are looked for; a tag, days, a person or a calendar narrow that down, as they are typed:
``budget #board``, ``lunch with Ines next week``, ``in Travel from 1 may``. What is inserted is a
card that all readers of the message see, so it shows the calendar's own zone; it stays right by
fetching itself anew (:mod:`bot.handlers.events.live`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.handlers.events.live import LiveEvents
from bot.handlers.open_books import OpenBooks, own_view
from bot.replies import Found
from bot.turn import Query, Turn
from cards.preview import event_preview
from services.events.event_search import EventSearch, nearest
from services.events.events import Events
from services.model.books import Book, BookId, BookKind
from services.model.errors import NotFound
from services.model.events import EventId, Occurrence
from services.model.filters import Sought
from services.model.identity import ObjectId
from services.model.times import Clock
from services.phrases.asker import Asker
from services.phrases.filter_words import read_filters
from services.search import Search

__all__ = ["EventRows"]


class EventRows:
    """Finds events for somebody who writes a message."""

    def __init__(
        self,
        books: OpenBooks,
        search: Search,
        narrowing: EventSearch,
        events: Events,
        live: LiveEvents,
        clock: Clock,
    ) -> None:
        self._books = books
        self._search = search
        self._narrowing = narrowing
        self._events = events
        self._live = live
        self._clock = clock

    async def page(self, turn: Turn, query: Query, most: int) -> list[Found]:
        """Return one page of what was typed."""
        readable = await self._books.readable(turn, BookKind.CALENDAR)
        books = {book.id: book for book in readable}
        asker = Asker(self._clock.now(), turn.zone, turn.language)
        sought = read_filters(query.text, asker, tuple(book.name for book in readable))
        found = await self._narrowed(turn, sought, books) if sought.is_narrowed else ()
        if found:
            return await self._rows(turn, found[query.skip : query.skip + most], books)
        page = await self._search.events(turn.person, query.text, query.skip, most)
        coming = [nearest(event, asker.now, turn.zone) for event in page.records]
        return await self._rows(turn, coming, books, whole=True)

    async def linked(self, turn: Turn, id: EventId) -> Found | None:
        """Return what a link names, if the person may see it."""
        for book_id in await self._books.on_shelf(turn, BookKind.CALENDAR):
            try:
                event = await self._events.get(turn.person, book_id, id)
            except NotFound:
                continue
            book = (await self._books.called(turn, book_id)).book
            rows = await self._rows(turn, [Occurrence.of(event)], {book_id: book})
            return rows[0]
        return None

    async def _narrowed(
        self, turn: Turn, sought: Sought, books: Mapping[BookId, Book]
    ) -> Sequence[Occurrence]:
        named = sought.calendar  # even an archived one
        within = [
            id for id, book in books.items() if (book.name == named if named else not book.retired)
        ]
        now = self._clock.now()
        return await self._narrowing.narrowed(turn.person, sought, now, turn.zone, within)

    async def _rows(
        self,
        turn: Turn,
        found: Sequence[Occurrence],
        books: Mapping[BookId, Book],
        *,
        whole: bool = False,
    ) -> list[Found]:
        """Return rows; with ``whole``, of a series the card is of all of it."""
        ids = list(dict.fromkeys(one.event.book for one in found if one.event.book in books))
        lists = await asyncio.gather(*(self._live.readers.of(turn, books[id]) for id in ids))
        readers: dict[BookId, tuple[ObjectId, ...]] = dict(zip(ids, lists, strict=True))
        viewer = own_view(turn)
        return [
            Found(
                card=self._live.drawn(
                    Occurrence.of(one.event) if whole else one,
                    books[one.event.book],
                    readers[one.event.book],
                ),
                preview=event_preview(one, viewer),
            )
            for one in found
            if one.event.book in readers
        ]
