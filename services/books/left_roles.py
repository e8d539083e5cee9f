"""What becomes of roles by name once somebody has left the place of a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from services.books.book_changes import change_book
from services.books.rights import kept_owned
from services.model.books import Book, BookKind
from services.model.conversations import Conversation, Member
from services.model.identity import ConversationHome
from services.storage.repositories.books import BookDirectory

__all__ = ["forget_roles"]


async def forget_roles(books: BookDirectory, place: Conversation, roster: Sequence[Member]) -> None:
    """Forget the roles of those who are gone, and see that each book still has an owner."""
    home = ConversationHome(place.tenant, place.id)
    for kind in BookKind:
        for book in await books.of_home(home, kind, even_deleted=True):
            await change_book(books, book, partial(_without_the_gone, roster=roster))


def _without_the_gone(book: Book, roster: Sequence[Member]) -> Book:
    return replace(book, access=kept_owned(book.access, roster, book.tenant))
