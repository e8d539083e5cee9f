"""Who is on a page of contacts: everybody of one list or of several, a group, or who is found."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.handlers.contacts.directory import strangers
from bot.handlers.contacts.named_lists import named_lists, told_apart
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.turn import Turn
from cards.contacts.contact_list_actions import ContactsShow
from cards.contacts.contacts import PAGE, People
from services.contacts.directory import Directory
from services.model.books import Book, BookId, BookKind
from services.model.contact_order import ContactOrder
from services.search import Listing, Search

__all__ = ["ContactListing"]


class ContactListing:
    """Finds the people of a page, in the lists that are meant where somebody asks."""

    def __init__(self, books: OpenBooks, search: Search, directory: Directory) -> None:
        self._books = books
        self._search = search
        self._directory = directory

    async def people(self, turn: Turn, here: OpenBook, shown: ContactsShow) -> People:
        """Return a page of people, as somebody may see them.

        Args:
            turn: who asks, and where.
            here: the first list of that place.
            shown: what is asked for.
        """
        words, named = await named_lists(turn, self._books, shown.words, shared=here.shared)
        within = [book.id for book in named] or await self._within(turn, here)
        lists = await self._lists(turn, within)
        told = await told_apart(turn, self._books, lists) if len(lists) > 1 else ()
        books = {book.id: book for book in told}
        if words:
            # It is the asker who approved the directory: others do not read along in it.
            is_asked = not (here.shared or named or shown.page)
            return await self._found(turn, words, shown.page, within, books, is_asked=is_asked)
        if named:
            return await self._all_of(turn, shown.page, within, books)
        listing = Listing(ContactOrder(shown.order), shown.letters, shown.group)
        skip = shown.page * PAGE
        listed = await self._search.listed(turn.person, listing, skip, PAGE, within=within)
        groups = dict.fromkeys(group for book in lists for group in book.shape.groups)
        return People(
            records=listed.records,
            total=listed.total,
            letters=listed.letters,
            groups=sorted(groups, key=str.casefold),
            books=books,
        )

    async def _within(self, turn: Turn, here: OpenBook) -> list[BookId] | None:
        """Return the lists of the place where others read along; ``None`` = all on the shelf."""
        if not here.shared:
            return None
        return await self._books.looked_through(turn, here.book.id, BookKind.CONTACTS)

    async def _lists(self, turn: Turn, within: Sequence[BookId] | None) -> list[Book]:
        readable = {book.id: book for book in await self._books.readable(turn, BookKind.CONTACTS)}
        in_use = [id for id, book in readable.items() if not book.retired]
        return [readable[id] for id in (within or in_use) if id in readable]

    async def _found(
        self,
        turn: Turn,
        words: str,
        page: int,
        within: Sequence[BookId] | None,
        books: dict[BookId, Book],
        *,
        is_asked: bool,
    ) -> People:
        """Return who is found by words, and whom the organisation's directory knows besides."""
        found, colleagues = await asyncio.gather(
            self._search.contacts(turn.person, words, page * PAGE, PAGE + 1, within=within),
            self._directory.find(turn.person, words if is_asked else ""),
        )
        return People(
            records=found.records[:PAGE],
            total=len(found.records),
            books=books,
            colleagues=strangers(found.records, colleagues),
        )

    async def _all_of(
        self, turn: Turn, page: int, within: Sequence[BookId] | None, books: dict[BookId, Book]
    ) -> People:
        """Return everybody of the lists that are named, by name."""
        listing = Listing(ContactOrder.NAME)
        listed = await self._search.listed(
            turn.person, listing, page * PAGE, PAGE + 1, within=within
        )
        return People(records=listed.records[:PAGE], total=len(listed.records), books=books)
