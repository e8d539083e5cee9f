"""What somebody writes down about a contact for themselves: nobody else ever sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.books import BookId
from services.model.contacts import ContactId

__all__ = ["Note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One person's note about one contact."""

    book: BookId
    contact: ContactId
    text: str
    """With the marks of :mod:`services.model.rich_text`."""
    written_at: datetime
