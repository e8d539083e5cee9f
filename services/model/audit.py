"""Who did what to a book, and when: an entry for each write, which nobody changes afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.model.deeds import Deed
from services.model.events import Author

__all__ = ["AuditEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One deed. It names its thing by id alone: titles live and die with the thing itself."""

    at: datetime
    by: Author
    deed: Deed
    kind: str
    """``event``, ``contact`` or ``book``."""
    item: str
    """The thing's id."""
    revision: int = field(default=0, compare=False)
    """Which of the book's revisions it made; 0 = the one that its record is of."""
