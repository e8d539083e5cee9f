"""What the buttons of a search and of a list of absences carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId
from services.model.spans import FIRST_DAY, LAST_DAY

__all__ = ["MOST_LETTERS", "AwayShow", "FindShow"]

MOST_LETTERS = 200
MOST_PAGES = 50
MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class FindShow(Action):
    """Show what was found by some letters: where others read along, in the place's books alone."""

    verb: ClassVar[str] = "find.show"
    words: str = ""
    """What was typed."""
    page: int = 0
    contacts: bool = False
    """Whether people are looked for, too."""

    def __post_init__(self) -> None:
        if len(self.words) > MOST_LETTERS or not 0 <= self.page <= MOST_PAGES:
            raise ValueError("a search of that kind is not made")


@dataclass(frozen=True, slots=True)
class AwayShow(Action):
    """Show who is away in some days."""

    verb: ClassVar[str] = "away.show"
    book: BookId = HERE
    first: date | None = None
    """``None`` = today."""
    days: int = 7

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise ValueError("so many days are not shown")
        if self.first is not None and not FIRST_DAY <= self.first <= LAST_DAY:
            raise ValueError("a day of that time is not shown")
