"""What a link leaves alone: each item by its name, with the reason, and how to try again."""

from __future__ import annotations

from collections.abc import Sequence

from cards.elements import Element, words
from cards.parts import fold
from cards.wording import count, say
from services.model.accounts import SetAside

__all__ = ["set_aside"]

REFUSED = "Microsoft 365 refused it five times."
REASONS = {
    "ErrorItemNotFound": "It is gone in Outlook.",
    "ErrorAccessDenied": "Outlook does not allow it.",
    "ErrorQuotaExceeded": "The mailbox is full.",
}
CANNOT_READ = "Almanac cannot read it as Outlook has it."
UNREAD = {
    "times": "Its times make no sense, so it stays in Outlook only.",
    "unanswered": "Microsoft 365 fails whenever it is asked for it. Almanac goes on asking.",
    "rule": "It repeats in a way that Almanac does not know, so it stays in Outlook only.",
}


def set_aside(asides: Sequence[SetAside], language: str, *, most: int) -> list[Element]:
    """Return a line for each of the first ``most``, and how many there are beside."""
    if not asides:
        return []
    title = say(language, "Set aside until it changes; all else goes on:")
    lines: list[Element] = [words(title, weight="bolder", spacing="small")]
    lines += [words(f"• {_named(each, language)}", spacing="small") for each in asides[:most]]
    if (more := len(asides) - most) > 0:
        lines.append(words(count(language, "and 1 more", "and {n} more", more), spacing="small"))
    return lines


def _named(aside: SetAside, language: str) -> str:
    name = fold(aside.title, 80) or say(language, "Without a title")
    table, otherwise = (UNREAD, CANNOT_READ) if aside.is_unread else (REASONS, REFUSED)
    return f"{name}: {say(language, table.get(aside.why, otherwise))}"
