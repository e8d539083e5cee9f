"""What can be pressed on a card: it asks the bot, opens something, or shows more of the card.

:mod:`cards.elements` hands these out beside what takes room, :mod:`cards.buttons` makes most of
them. https://adaptivecards.io/explorer/Action.Execute.html and its neighbours.
"""

from __future__ import annotations

from typing import Any, Literal

from cards.strict import Element, prop

__all__ = ["Execute", "OpenUrl", "Press", "ShowMore", "Submit"]


class Press(Element):
    """A button, or what happens at a tap."""

    title: str = prop()
    tooltip: str | None = prop(default=None)
    style: Literal["default", "positive", "destructive"] | None = prop(
        one_of=Literal["default", "positive", "destructive"], default=None
    )
    mode: Literal["primary", "secondary"] | None = prop(
        one_of=Literal["primary", "secondary"], default=None
    )


class Execute(Press):
    """Asks the bot and shows its answer in the card's place."""

    element_type = "Action.Execute"
    verb: str = prop()
    data: dict[str, Any] = prop(dict)
    inputs: Literal["auto", "none"] | None = prop(
        key="associatedInputs", one_of=Literal["auto", "none"], default=None
    )


class Submit(Press):
    """Sends data to the bot: from within a dialog, or to open one."""

    element_type = "Action.Submit"
    data: dict[str, Any] = prop(dict)
    inputs: Literal["auto", "none"] | None = prop(
        key="associatedInputs", one_of=Literal["auto", "none"], default=None
    )


class ShowMore(Press):
    """Shows what is hidden, and hides it again, without asking the bot."""

    element_type = "Action.ToggleVisibility"
    targets: list[str] = prop(list, key="targetElements")


class OpenUrl(Press):
    """Leads out of Teams."""

    element_type = "Action.OpenUrl"
    url: str = prop()
