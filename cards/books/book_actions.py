"""What the buttons about whole calendars and contact lists carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import Action
from services.model.books import BookId

__all__ = ["BinRestoreBook", "BookDeleteYes"]


@dataclass(frozen=True, slots=True)
class BinRestoreBook(Action):
    """Take a whole calendar or contact list out of the bin."""

    verb: ClassVar[str] = "bin.restore_book"
    book: BookId


@dataclass(frozen=True, slots=True)
class BookDeleteYes(Action):
    """Put a whole calendar or contact list into the bin."""

    verb: ClassVar[str] = "book.delete_yes"
    book: BookId
