"""What becomes of roles by name once somebody has left the place of a book."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from services.books.rights import kept_owned
from services.model.books import Book, BookKind
from services.model.conversations import Conversation, Member
from services.model.errors import Stale
from services.model.identity import ConversationHome
from services.storage.repositories.books import BookDirectory

__all__ = ["forget_roles"]

TRIES = 5


async def forget_roles(books: BookDirectory, place: Conversation, roster: Sequence[Member]) -> None:
    """Forget the roles of those who are gone, and see that each book still has an owner."""
    home = ConversationHome(place.tenant, place.id)
    for kind in BookKind:
        for book in await books.of_home(home, kind, even_deleted=True):
            await _forget(books, book, roster)


async def _forget(books: BookDirectory, book: Book, roster: Sequence[Member]) -> None:
    for _ in range(TRIES):
        access = kept_owned(book.access, roster, book.tenant)
        if access == book.access:
            return
        with suppress(Stale):  # an owner was a moment faster: look at what they did
            await books.save(replace(book, access=access))
            return
        book = await books.find(book.tenant, book.id) or book
