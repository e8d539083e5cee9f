"""What administrators of an organisation have done, or had done: by ids, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.identity import ObjectId

__all__ = ["AdminDeed", "AdminEntry"]


class AdminDeed(StrEnum):
    """What only administrators can have done."""

    EXPORT = "export"
    """All that is kept of a person was put together."""
    ERASE = "erase"
    """All that is kept of a person was erased."""
    END = "end"
    """Everything of the organisation is to be erased after the grace."""
    STAY = "stay"
    """That was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminEntry:
    """One deed."""

    at: datetime
    by: ObjectId
    deed: AdminDeed
    whom: ObjectId | None = None
    """Of whom; ``None`` = it was about the whole organisation."""
