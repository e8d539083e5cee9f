"""In which order a list of contacts is shown."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ContactOrder"]


class ContactOrder(StrEnum):
    """What contacts are sorted by."""

    NAME = "name"
    COMPANY = "company"
    """Those without one come last."""
    RECENT = "recent"
    """Written last comes first."""
