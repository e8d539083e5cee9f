"""What the buttons around free and busy times carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId
from services.model.spans import FIRST_DAY, LAST_DAY

__all__ = ["MOST_DAYS", "FreeBusyShow", "TimesFind"]

MOST_DAYS = 31
MOST_MINUTES = 24 * 60
MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class FreeBusyShow(Action):
    """Show when people are free on a day."""

    verb: ClassVar[str] = "time.free"
    book: BookId = HERE
    first: date | None = None
    """The day; ``None`` = today."""
    who: str | None = None
    """Names, as they were typed; ``None`` = everybody of the place."""
    live: bool = False
    """Whether Outlook is asked, too: the answer is then for the one who asks alone."""

    def __post_init__(self) -> None:
        _check(self.first, self.who)


@dataclass(frozen=True, slots=True)
class TimesFind(Action):
    """Propose times for a meeting."""

    verb: ClassVar[str] = "time.find"
    book: BookId = HERE
    first: date | None = None
    days: int = 7
    minutes: int = 30
    """How long it takes."""
    who: str | None = None
    live: bool = False

    def __post_init__(self) -> None:
        _check(self.first, self.who)
        if not 1 <= self.days <= MOST_DAYS or not 5 <= self.minutes <= MOST_MINUTES:
            raise ValueError("a meeting of that kind is not looked for")


def _check(first: date | None, who: str | None) -> None:
    if first is not None and not FIRST_DAY <= first <= LAST_DAY:
        raise ValueError("a day of that time is not shown")
    if len(who or "") > MOST_LETTERS:
        raise ValueError("a list of names of that length is not read")
