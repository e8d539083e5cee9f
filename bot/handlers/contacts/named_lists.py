"""The contact lists that somebody names among the words they look for: ``ada in Press``.

Two places may have one of the same name. Nobody is asked which is meant: both are looked through,
and what is found says where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.handlers.open_books import OpenBooks
from bot.turn import Turn
from services.model.books import Book, BookKind
from services.phrases.filter_words import named_in

__all__ = ["named_lists", "told_apart"]

_IN = "in"


async def named_lists(
    turn: Turn, books: OpenBooks, text: str, *, shared: bool = False
) -> tuple[str, list[Book]]:
    """Return the words without the list that they name, and all lists that bear the name.

    They may be archived: no search finds what is in those otherwise.

    Args:
        turn: who looks.
        books: finds the lists that they may see.
        text: what they look for.
        shared: whether others read the answer; then only lists of the place are meant.
    """
    if _IN not in text.casefold().split():
        return text, []
    lists = await (books.of_place if shared else books.readable)(turn, BookKind.CONTACTS)
    words, name = named_in(text, tuple(book.name for book in lists))
    return words, [book for book in lists if name and book.name == name]


async def told_apart(turn: Turn, books: OpenBooks, lists: Sequence[Book]) -> list[Book]:
    """Return lists by their names, and those that share one by the name of their place, too."""
    times = Counter(book.name for book in lists)
    told = []
    for book in lists:
        if times[book.name] > 1:
            place = await books.place_of(book, turn.language)
            book = replace(book, name=f"{book.name} · {place.name}")
        told.append(book)
    return told
