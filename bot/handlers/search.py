"""Search from the compose box of any chat, and links to events and contacts that are pasted.

A search looks through the shelf of the person who types. What is inserted is a card that all
readers of the message see. What is particular about events is in
:mod:`bot.handlers.events.event_rows`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Raw
from msgspec.json import encode

from bot.handlers.contacts.directory import beside
from bot.handlers.contacts.named_lists import named_lists
from bot.handlers.drawn import Drawn
from bot.handlers.events.event_rows import EventRows
from bot.handlers.events.live import LiveContacts
from bot.handlers.open_books import OpenBooks
from bot.replies import Found, Replies, Results, Tell
from bot.router import Router
from bot.turn import Query, Turn
from cards.contacts.contact import contact_preview
from cards.wording import say
from services.contacts.contacts import Contacts
from services.contacts.directory import Directory
from services.model.books import Book, BookId, BookKind
from services.model.contacts import Contact, ContactId
from services.model.errors import NotFound
from services.model.events import EventId
from services.model.identity import ObjectId
from services.search import Search

__all__ = ["SearchHandlers", "register"]

MOST_DRAWN = 4096
PAGE = 25
"""Results at a time, as many as Teams asks for."""
ADDRESS = re.compile(r"/(?P<kind>[ec])/(?P<id>[A-Za-z0-9_-]{1,64})")


class SearchHandlers:
    """Answers searches and links."""

    def __init__(
        self,
        books: OpenBooks,
        search: Search,
        events: EventRows,
        contacts: Contacts,
        directory: Directory,
        live: LiveContacts,
    ) -> None:
        self._books = books
        self._search = search
        self._events = events
        self._contacts = contacts
        self._directory = directory
        self._live = live
        self._drawn: Drawn[Found] = Drawn(MOST_DRAWN)

    async def contacts(self, turn: Turn, query: Query) -> Replies:
        """A few letters of anything a contact has; the organisation's own people come after."""
        if query.initial:
            await self._books.meet(turn, BookKind.CONTACTS)
        most = min(query.count, PAGE)
        words, named = await named_lists(turn, self._books, query.text)
        within = [book.id for book in named] or None
        found, colleagues = await asyncio.gather(
            self._search.contacts(turn.person, words, query.skip, most, within=within),
            self._directory.find(turn.person, "" if named or query.skip else words),
        )
        books = await self._named(turn, found.books)
        readers = {id: await self._live.readers.of(turn, book) for id, book in books.items()}
        rows = [
            self._contact_row(contact, books[contact.book], readers[contact.book])
            for contact in found.records
        ]
        rows += beside(turn, found.records, colleagues)[: most - len(rows)]
        nothing = say(turn.language, "No contact was found.")
        none_yet = say(turn.language, "There are no contacts yet. Add one with “New contact”.")
        return _results(rows, query, nothing, none_yet)

    async def events(self, turn: Turn, query: Query) -> Replies:
        """A few letters of a title, or what narrows events down."""
        if query.initial:
            await self._books.meet(turn, BookKind.CALENDAR)
        rows = await self._events.page(turn, query, min(query.count, PAGE))
        nothing = say(turn.language, "No event was found.")
        none_yet = say(turn.language, "There are no events yet. Add one with “New event”.")
        return _results(rows, query, nothing, none_yet)

    async def unfurl(self, turn: Turn, url: str) -> Replies:
        """Show what a link of ours names to whoever may see it; say nothing to anybody else."""
        try:
            address = ADDRESS.fullmatch(urlsplit(url).path)
        except ValueError:
            address = None
        if address is None:
            return None
        if address["kind"] == "e":
            await self._books.meet(turn, BookKind.CALENDAR)
            row = await self._events.linked(turn, EventId(address["id"]))
        else:
            row = await self._linked_contact(turn, ContactId(address["id"]))
        return Results([row]) if row else None

    async def _linked_contact(self, turn: Turn, id: ContactId) -> Found | None:
        await self._books.meet(turn, BookKind.CONTACTS)
        for book in await self._books.on_shelf(turn, BookKind.CONTACTS):
            try:
                contact = await self._contacts.get(turn.person, book, id)
            except NotFound:
                continue
            named = (await self._books.called(turn, book)).book
            return self._contact_row(contact, named, await self._live.readers.of(turn, named))
        return None

    def _contact_row(self, contact: Contact, book: Book, readers: tuple[ObjectId, ...]) -> Found:
        at = self._live.address(contact, book)
        of = (book.id, contact.id, contact.revision, book.name, book.language, at, readers)
        row = self._drawn.find(of)
        if row is None:
            card = self._live.drawn(contact, book, readers)
            row = Found(card=_written(card), preview=_written(contact_preview(contact)))
            self._drawn.keep(of, row)
        return row

    async def _named(self, turn: Turn, books: Mapping[BookId, Book]) -> dict[BookId, Book]:
        return {id: await self._books.named(book, turn.language) for id, book in books.items()}


def register(router: Router, handlers: SearchHandlers) -> None:
    """Fill in the rows."""
    router.query("searchContacts", handlers.contacts)
    router.query("searchEvents", handlers.events)
    router.link(handlers.unfurl)


def _written(part: Mapping[str, Any]) -> Raw:
    """Return a part of an answer as JSON, so that it is written out only once."""
    return Raw(encode(part))


def _results(rows: list[Found], query: Query, nothing: str, none_yet: str) -> Replies:
    """Return the rows; a first page without any says why."""
    if rows or query.skip:
        return Results(rows)
    return Tell(nothing if query.text else none_yet)
