"""How one person wants to be answered, wherever they ask: their own zone and language.

Teams tells both with every message. Who wants others than Teams has (it follows the computer, or
it does not speak theirs) sets them once; they go before what Teams says.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

__all__ = ["Preferences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has set; what they have not is as Teams says."""

    zone: ZoneInfo | None = None
    language: str = ""
    """A tag such as ``de-DE``; empty = Teams'."""
    etag: str = ""
