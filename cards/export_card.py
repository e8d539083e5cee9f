"""A file on its way out, where it cannot be handed over in the chat itself."""

from __future__ import annotations

from cards.buttons import link
from cards.elements import Card, Element, card, words
from cards.parts import fold, heading, small
from cards.viewer import Reader
from cards.wording import say

__all__ = ["export_card", "file_kept", "file_put_away"]


def export_card(name: str, url: str, hours: int, reader: Reader) -> Card:
    """Return the way to a file."""
    language = reader.language
    title = say(language, "Your file is ready")
    told = say(
        language,
        "The link is good for {hours} hours, and for whoever has it.",
        hours=hours,
    )
    body: list[Element] = [heading(title), words(fold(name, 120), weight="bolder"), small(told)]
    button = link(url, say(language, "Download"), own=True)
    return card(body, [button] if button else [], language=language, fallback=title)


def file_put_away(reader: Reader) -> Card:
    """Return that a file is gone, as it was not wanted."""
    language = reader.language
    title = say(language, "Nothing was saved.")
    return card([words(title)], language=language, fallback=title)


def file_kept(name: str, reader: Reader) -> Card:
    """Return that a file has been put where it was wanted."""
    language = reader.language
    title = say(language, "{name} is in your OneDrive.", name=fold(name, 80))
    return card([words(title)], language=language, fallback=title)
