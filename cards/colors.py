"""The colours of calendars, as squares that every client draws, and their names.

A card cannot paint in any colour, and a colour alone tells nothing to who does not see it: the
square stands in front of the calendar's name.
"""

from __future__ import annotations

from cards.elements import Choice
from cards.parts import fold
from cards.wording import say
from services.model.books import Book
from services.model.settings import Color

__all__ = ["SQUARES", "color_choices", "color_name", "mark"]

SQUARES = {
    Color.NONE: "",
    Color.BLUE: "🟦",
    Color.GREEN: "🟩",
    Color.YELLOW: "🟨",
    Color.ORANGE: "🟧",
    Color.RED: "🟥",
    Color.PURPLE: "🟪",
    Color.BROWN: "🟫",
    Color.BLACK: "⬛",
}
NAMES = {
    Color.NONE: "None",
    Color.BLUE: "Blue",
    Color.GREEN: "Green",
    Color.YELLOW: "Yellow",
    Color.ORANGE: "Orange",
    Color.RED: "Red",
    Color.PURPLE: "Purple",
    Color.BROWN: "Brown",
    Color.BLACK: "Black",
}
LETTERS = 80


def mark(book: Book) -> str:
    """Return the name of a calendar behind the square of its colour."""
    return f"{SQUARES[book.settings.color]} {fold(book.name, LETTERS)}".strip()


def color_choices(language: str) -> list[Choice]:
    """Return the colours to choose from."""
    return [
        Choice(title=f"{SQUARES[each]} {color_name(each, language)}".strip(), value=each.value)
        for each in NAMES
    ]


def color_name(color: Color, language: str) -> str:
    """Return what a colour is called."""
    return say(language, NAMES[color])
