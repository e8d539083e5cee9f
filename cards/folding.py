"""Parts of a long form that open at a press: most people need none of them, nobody misses any.

What is folded is sent all the same, and a part in which something is wrong is open from the start.
The client does it by itself (``Action.ToggleVisibility``), so nothing that was typed gets lost.

https://adaptivecards.io/explorer/Action.ToggleVisibility.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.elements import ActionSet, Container, Element, ShowMore

__all__ = ["Part", "folded"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form."""

    name: str
    """Told apart from all other ids of the card."""
    title: str
    items: Sequence[Element]
    is_open: bool = False


def folded(parts: Sequence[Part]) -> list[Element]:
    """Return a button for each part, and below them the parts."""
    buttons = [ShowMore(title=part.title, targets=[part.name]) for part in parts]
    return [
        ActionSet(actions=buttons, spacing="medium"),
        *(
            Container(id=part.name, items=list(part.items), visible=part.is_open, spacing="none")
            for part in parts
        ),
    ]
