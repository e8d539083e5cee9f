"""What an event is called on a card: its colour as a square, its emoji, and its title.

A card cannot paint an event, so its colour is told as a calendar's is (:mod:`cards.colors`); screen
readers say "red square". Outside text: for a place where no Markdown is read.
"""

from __future__ import annotations

from cards.colors import SQUARES
from cards.parts import fold
from services.model.events import EventContent

__all__ = ["titled"]


def titled(content: EventContent, letters: int) -> str:
    """Return the name of an event; its title is cut after so many letters."""
    parts = (SQUARES[content.color], content.emoji, fold(content.title, letters))
    return " ".join(part for part in parts if part)
