"""What follows a phrase in a message, read in the ways that most phrases share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.phrases.asker import Asker

__all__ = ["FEW_WORDS", "QUOTES", "briefly", "unquoted"]

C = TypeVar("C")

FEW_WORDS = 4
LONGEST_NAME = 200
QUOTES = " \"'“”„«»"


def briefly(command: C, most: int = FEW_WORDS) -> Callable[[str, Asker], C | None]:
    """Accept a few words more (``connect my outlook please``), not a story."""
    return lambda rest, _: command if len(rest.split()) <= most else None


def unquoted(text: str) -> str:
    """Return a name without the quotes around it, as long as a name may be."""
    return text.strip(QUOTES)[:LONGEST_NAME]
