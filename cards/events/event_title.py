"""What an event is called on a card: its colour as a square, its emoji, and its title.

A card cannot paint an event, so its colour is told as a calendar's is (:mod:`cards.colors`); screen
readers say "red square". Outside text: for a place where no Markdown is read.
"""

from __future__ import annotations

from cards.colors import SQUARES
from cards.parts import fold
from cards.wording import say
from services.model.events import EventContent
from services.model.veil import is_bare

__all__ = ["title_of", "titled"]


def titled(content: EventContent, letters: int, language: str) -> str:
    """Return the name of an event; its title is cut after so many letters."""
    title = fold(title_of(content, language), letters)
    return " ".join(part for part in (SQUARES[content.color], content.emoji, title) if part)


def title_of(content: EventContent, language: str) -> str:
    """Return its title alone; of what is hidden from the reader, a word of theirs."""
    return say(language, "Busy") if is_bare(content) else content.title
