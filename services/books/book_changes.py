"""A change of a book that must come to pass, whoever else changes the book at the same moment.

What people ask for is refused when it was overtaken, and they look again; what has happened, such
as that somebody left, has nobody to look again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from services.model.books import Book
from services.model.errors import Stale
from services.storage.repositories.books import BookDirectory

__all__ = ["change_book"]

TRIES = 5


async def change_book(books: BookDirectory, book: Book, change: Callable[[Book], Book]) -> None:
    """Write a change, unless it changes nothing; again on what somebody has made of the book.

    Raises:
        Stale: the book keeps changing.
    """
    for _ in range(TRIES):
        changed = change(book)
        if changed == book:
            return
        with suppress(Stale):
            await books.save(changed)
            return
        current = await books.find(book.tenant, book.id)
        if current is None:  # it is gone for good
            return
        book = current
    raise Stale("the book keeps changing")
