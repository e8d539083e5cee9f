"""Adaptive Card elements as typed classes, and the envelope around them.

Cards are written with these classes: ``TextBlock(text=..., size="large")``. They are strict
subclasses of the ``adaptivecards`` package, completed with what it lacks (inputs, actions, a
choice of values for each property). The package drops a misspelt keyword in silence; here a
property must be declared once, with its wire name and its values, or it is refused. ``None``
leaves a property out. Values become plain JSON as they are set, so a card needs no second walk.

Outside text (a title, a name, a place) goes through :func:`words` into a ``RichTextBlock``, where
no client reads Markdown; in a plain string such as a tooltip it goes through :func:`clean`.

Reference: https://adaptivecards.io/explorer/ and the Teams notes at
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, dataclass_transform

if TYPE_CHECKING:
    # The package has no types: this is the part of it that is used here.
    class BareObject:
        _data: dict[str, Any]

        def render(self) -> dict[str, Any]: ...

    class PropertyType:
        key_name: str

        def __init__(self, type: tuple[type, ...], key_name: str | None = None) -> None: ...

    class elements:
        class TextBlock(BareObject): ...

        class RichTextBlock(BareObject): ...

        class TextRun(BareObject): ...

    class containers:
        class Container(BareObject): ...

        class ColumnSet(BareObject): ...

        class Column(BareObject): ...

        class ActionSet(BareObject): ...

else:
    from adaptivecards import containers, elements
    from adaptivecards.baseobject import BareObject, PropertyType

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
    "Spacing",
    "Submit",
    "TextBlock",
    "TextInput",
    "TextRun",
    "TimeInput",
    "Toggle",
    "card",
    "clean",
    "escape",
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


class Prop(PropertyType):
    """One property of an element: its wire name, its types and, where few, its values."""

    def __init__(self, types: tuple[type, ...], key: str | None, one_of: Any) -> None:
        super().__init__(types, key)
        self.types = frozenset(types)
        self.one_of = frozenset(getattr(one_of, "__args__", ()))

    def plain(self, value: Any) -> Any:
        """Return ``value`` as JSON.

        Raises:
            TypeError: the value has another type; a bool is no number here.
            ValueError: the value is none of those that Teams knows.
        """
        kind = type(value)
        if kind in self.types:
            if self.one_of and value not in self.one_of:
                raise ValueError(f"{self.key_name}: {value!r}")
            return [item.render() for item in value] if kind is list else value
        if Element in self.types and isinstance(value, Element):
            return value.render()
        raise TypeError(f"{self.key_name}: {value!r}")

    def __get__(self, owner: BareObject | None, kind: type) -> Any:
        return self if owner is None else owner.render().get(self.key_name)

    def __set__(self, owner: BareObject, value: Any) -> None:
        owner.render()[self.key_name] = self.plain(value)


def prop(*types: type, key: str | None = None, one_of: Any = None, default: Any = None) -> Any:
    """Declare a property; without types it is a string. ``default=None`` makes it optional."""
    return Prop(types or (str,), key, one_of)


@dataclass_transform(kw_only_default=True, field_specifiers=(prop,))
class Element(BareObject):
    """Anything with a type: an element, an input, an action."""

    element_type: ClassVar[str] = ""
    _props: ClassVar[dict[str, Prop]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = [vars(base) for base in reversed(cls.__mro__) if issubclass(base, Element)]
        cls._props = {
            name: value for names in own for name, value in names.items() if isinstance(value, Prop)
        }

    def __init__(self, **values: Any) -> None:
        self._data = data = {"type": self.element_type}
        props = self._props
        for name, value in values.items():
            if name not in props:
                raise TypeError(f"{type(self).__name__} has no {name}")
            if value is not None:
                declared = props[name]
                data[declared.key_name] = declared.plain(value)


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
    style: Style | None = prop(one_of=Style, default=None)
    bleed: bool | None = prop(bool, default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


class Column(Shown, containers.Column):
    """One of a ``ColumnSet``. A styled one needs 72 px, since it has 16 px of air on each side."""

    element_type = "Column"
    items: list[Any] = prop(list)
    width: str | int | None = prop(str, int, default=None)
    style: Style | None = prop(one_of=Style, default=None)
    vertical: Vertical | None = prop(key="verticalContentAlignment", one_of=Vertical, default=None)


class ColumnSet(Shown, containers.ColumnSet):
    """Things beside each other, that may be pressed together."""

    element_type = "ColumnSet"
    columns: list[Column] = prop(list)
    min_height: str | None = prop(key="minHeight", default=None)
    action: Element | None = prop(Element, key="selectAction", default=None)


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


class OpenUrl(Press):
    """Leads out of Teams."""

    element_type = "Action.OpenUrl"
    url: str = prop()


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


class Choice(Element):
    """One line of a ``ChoiceSet``; it has no type on the wire."""

    title: str = prop()
    value: str = prop()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        del self._data["type"]


class ChoiceSet(Input):
    """One of several, in a list that opens."""

    element_type = "Input.ChoiceSet"
    choices: list[Choice] = prop(list)
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


_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAGIC = re.compile(r"([{$])(?=\{)")
_SUSPECT = re.compile(rf"{_UNSEEN.pattern}|\{{")
_MARKDOWN = re.compile(r"([\[\]*_`~\\])")


def clean(text: str) -> str:
    """Return outside text without what would trick a reader or a client.

    Control characters and overrides of the writing direction go; ``{{`` is kept from being read
    as a date function by a character of no width in the middle.
    """
    if _SUSPECT.search(text) is None:
        return text
    return _MAGIC.sub("\\1\u2060", _UNSEEN.sub("", text))


def escape(text: str) -> str:
    """Return outside text for a place where Markdown is read."""
    return _MARKDOWN.sub(r"\\\1", clean(text))


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
