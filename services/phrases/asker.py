"""What the reading of a phrase depends on besides its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

__all__ = ["Asker"]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when."""

    now: datetime
    zone: ZoneInfo
    language: str

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.now.astimezone(self.zone).date()
