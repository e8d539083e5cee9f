"""Adaptive Card elements as typed classes, and the envelope around them.

Cards are written with these classes: ``TextBlock(text=..., size="large")``. They are strict
subclasses of the ``adaptivecards`` package, completed with what it lacks (inputs, actions, a
choice of values for each property); :mod:`cards.strict` makes them so. ``None`` leaves a
property out.

Outside text (a title, a name, a place) goes through :func:`words` into a ``RichTextBlock``, where
no client reads Markdown; in a plain string such as a tooltip, through :func:`cards.text.clean`.

Reference: https://adaptivecards.io/explorer/ and the Teams notes at
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from cards.presses import Execute, OpenUrl, ShowMore, Submit
from cards.strict import Element, containers, elements, prop
from cards.text import clean, escape

__all__ = [
    "ActionSet",
    "Card",
    "Choice",
    "ChoiceSet",
    "Color",
    "Column",
    "ColumnSet",
    "Container",
    "DateInput",
    "Element",
    "Execute",
    "OpenUrl",
    "RichTextBlock",
    "ShowMore",
    "Spacing",
    "Submit",
    "TextBlock",
    "TextInput",
    "TextRun",
    "TimeInput",
    "Toggle",
    "card",
    "words",
]

Card = dict[str, Any]
"""An Adaptive Card, plain JSON."""

Color = Literal["default", "dark", "light", "accent", "good", "warning", "attention"]
Size = Literal["default", "small", "medium", "large", "extraLarge"]
Weight = Literal["lighter", "default", "bolder"]
Spacing = Literal["none", "small", "default", "medium", "large", "extraLarge", "padding"]
Align = Literal["left", "center", "right"]
Vertical = Literal["top", "center", "bottom"]
Style = Literal["default", "emphasis", "accent", "good", "attention", "warning"]


class Shown(Element):
    """What takes room on a card."""

    spacing: Spacing | None = prop(one_of=Spacing, default=None)
    separator: bool | None = prop(bool, default=None)


class TextBlock(Shown, elements.TextBlock):
    """Our own words; the text may hold Markdown."""

    element_type = "TextBlock"
    text: str = prop()
    size: Size | None = prop(one_of=Size, default=None)
    weight: Weight | None = prop(one_of=Weight, default=None)
    color: Color | None = prop(one_of=Color, default=None)
    subtle: bool | None = prop(bool, key="isSubtle", default=None)
    align: Align | None = prop(key="horizontalAlignment", one_of=Align, default=None)
    wrap: bool | None = prop(bool, default=None)
    style: Literal["heading"] | None = prop(one_of=Literal["heading"], default=None)


class TextRun(Element, elements.TextRun):
    """Part of a ``RichTextBlock``; no Markdown here."""

    element_type = "TextRun"
    text: str = prop()
    size: Size | None = prop(one_of=Size, default=None)
    weight: Weight | None = prop(one_of=Weight, default=None)
    color: Color | None = prop(one_of=Color, default=None)
    subtle: bool | None = prop(bool, key="isSubtle", default=None)
    italic: bool | None = prop(bool, default=None)
    strikethrough: bool | None = prop(bool, default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


class RichTextBlock(Shown, elements.RichTextBlock):
    """Text that a client shows exactly as it is."""

    element_type = "RichTextBlock"
    inlines: list[TextRun] = prop(list)
    align: Align | None = prop(key="horizontalAlignment", one_of=Align, default=None)


class Container(Shown, containers.Container):
    """Things below each other, that may be pressed together."""

    element_type = "Container"
    items: list[Any] = prop(list)
    id: str | None = prop(default=None)
    visible: bool | None = prop(bool, key="isVisible", default=None)
    style: Style | None = prop(one_of=Style, default=None)
    bleed: bool | None = prop(bool, default=None)
    min_height: str | None = prop(key="minHeight", default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


class Column(Shown, containers.Column):
    """One of a ``ColumnSet``. A styled one needs 72 px, since it has 16 px of air on each side."""

    element_type = "Column"
    items: list[Any] = prop(list)
    width: str | int | None = prop(str, int, default=None)
    style: Style | None = prop(one_of=Style, default=None)
    vertical: Vertical | None = prop(key="verticalContentAlignment", one_of=Vertical, default=None)
    min_height: str | None = prop(key="minHeight", default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


class ColumnSet(Shown, containers.ColumnSet):
    """Things beside each other, that may be pressed together."""

    element_type = "ColumnSet"
    columns: list[Column] = prop(list)
    min_height: str | None = prop(key="minHeight", default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


class ActionSet(Shown, containers.ActionSet):
    """Buttons within the body."""

    element_type = "ActionSet"
    actions: list[Any] = prop(list)


class Input(Shown):
    """Something to fill in. A required one needs the sentence that is shown when it is empty."""

    id: str = prop()
    label: str | None = prop(default=None)
    required: bool | None = prop(bool, key="isRequired", default=None)
    error: str | None = prop(key="errorMessage", default=None)
    value: str | None = prop(default=None)


class TextInput(Input):
    """A line of text, or several."""

    element_type = "Input.Text"
    placeholder: str | None = prop(default=None)
    max_length: int | None = prop(int, key="maxLength", default=None)
    lines: bool | None = prop(bool, key="isMultiline", default=None)
    style: Literal["text", "tel", "email"] | None = prop(
        one_of=Literal["text", "tel", "email"], default=None
    )


class DateInput(Input):
    """A day, as ``2026-11-20``."""

    element_type = "Input.Date"


class TimeInput(Input):
    """A time of day, as ``12:30``."""

    element_type = "Input.Time"


class Toggle(Input):
    """Yes or no, as ``"true"`` or ``"false"``."""

    element_type = "Input.Toggle"
    title: str = prop()
    wrap: bool | None = prop(bool, default=None)


class Choice(Element):
    """One line of a ``ChoiceSet``; it has no type on the wire."""

    title: str = prop()
    value: str = prop()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        del self._data["type"]


class ChoiceSet(Input):
    """One of several, in a list that opens; with ``several``, any number, joined by commas."""

    element_type = "Input.ChoiceSet"
    choices: list[Choice] = prop(list)
    several: bool | None = prop(bool, key="isMultiSelect", default=None)
    query: dict[str, Any] | None = prop(dict, key="choices.data", default=None)
    """From where a client fetches further choices as somebody types."""
    style: Literal["compact", "expanded"] | None = prop(
        one_of=Literal["compact", "expanded"], default=None
    )


def card(
    body: Sequence[Element],
    actions: Sequence[Element] = (),
    *,
    language: str,
    fallback: str,
    refresh: Execute | None = None,
    refresh_for: Sequence[str] = (),
) -> Card:
    """Return the whole card.

    Args:
        body: what it shows, from the top.
        actions: its buttons, at most six of them primary.
        language: the reader's, as Teams says it (``en``, ``en-GB``).
        fallback: the sentence for a client that cannot draw the card.
        refresh: fetches the reader's own view of a card that many read.
        refresh_for: the ``29:`` ids of up to 60 people for whom that happens by itself.
    """
    whole: Card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": language[:2],
        "fallbackText": escape(fallback),
        "body": [element.render() for element in body],
    }
    if actions:
        whole["actions"] = [action.render() for action in actions]
    if refresh:
        whole["refresh"] = {"action": refresh.render(), "userIds": list(refresh_for)[:60]}
    return whole


def words(
    text: str,
    *,
    size: Size | None = None,
    weight: Weight | None = None,
    color: Color | None = None,
    subtle: bool | None = None,
    strikethrough: bool | None = None,
    spacing: Spacing | None = None,
    align: Align | None = None,
) -> RichTextBlock:
    """Return a paragraph of outside text, shown as it is."""
    run = TextRun(
        text=clean(text),
        size=size,
        weight=weight,
        color=color,
        subtle=subtle,
        strikethrough=strikethrough,
    )
    return RichTextBlock(inlines=[run], spacing=spacing, align=align)
