"""How far a long first sync is; the message counts up in its place."""

from __future__ import annotations

from cards.accounts.link_actions import LinkShow
from cards.buttons import press
from cards.elements import Card, Element, card, words
from cards.parts import fold
from cards.viewer import Reader
from cards.wording import say
from services.model.accounts import LinkId

__all__ = ["progress_card"]


def progress_card(name: str, done: int, total: int, link: LinkId, reader: Reader) -> Card:
    """Return how many items are done, of how many; the last one says that it is over."""
    language = reader.language
    shown = fold(name, 80) or say(language, "Calendar")
    is_over = done >= total
    title = (
        say(language, "The first sync of “{name}” is done", name=shown)
        if is_over
        else say(language, "First sync of “{name}”", name=shown)
    )
    counted = say(language, "{done} of {total} items", done=done, total=total)
    body: list[Element] = [
        words(title, size="large", weight="bolder"),
        words(counted, weight="bolder", color="good" if is_over else "accent"),
    ]
    if not is_over:
        told = say(language, "It goes on by itself; this message counts up.")
        body.append(words(told, subtle=True, spacing="small"))
    return card(
        body, [press(LinkShow(link), say(language, "Show"))], language=language, fallback=title
    )
