"""The contact list that somebody names among the words they look for: ``ada in Press``."""

from __future__ import annotations

from bot.handlers.open_books import OpenBooks
from bot.turn import Turn
from services.model.books import Book, BookKind
from services.phrases.filter_words import named_in

__all__ = ["named_list"]

_IN = "in"


async def named_list(
    turn: Turn, books: OpenBooks, text: str, *, shared: bool = False
) -> tuple[str, Book | None]:
    """Return the words without the list that they name, and that list, if they name one.

    It may be archived: no search finds what is in it otherwise.

    Args:
        turn: who looks.
        books: finds the lists that they may see.
        text: what they look for.
        shared: whether others read the answer; then only lists of the place are meant.
    """
    if _IN not in text.casefold().split():
        return text, None
    lists = await (books.of_place if shared else books.readable)(turn, BookKind.CONTACTS)
    words, name = named_in(text, tuple(book.name for book in lists))
    return words, next((book for book in lists if name and book.name == name), None)
