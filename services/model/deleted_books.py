"""What is told of a whole calendar or contact list that is deleted, or about to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.books import Book
from services.model.events import Author

__all__ = ["DeletedBook", "Stock"]


@dataclass(frozen=True, slots=True)
class Stock:
    """What goes when a book goes."""

    book: Book
    things: int
    """Events or contacts."""
    links: int
    """Outlooks that it is kept in step with."""


@dataclass(frozen=True, slots=True)
class DeletedBook:
    """A book in the recycle bin."""

    book: Book
    deleted_at: datetime
    by: Author
    things: int
