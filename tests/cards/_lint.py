"""A strict lint for Adaptive Cards as Teams takes them: ``lint(card)`` returns what is wrong.

Each client forgives something else and a phone may lose the whole card over a wrong type, so
nothing is forgiven here: only known types and properties, exact JSON types, and the rules on
names, labels, links, sizes and buttons that no schema states. Elements that the product does not
use are unknown on purpose.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any], bool]
HARD_LIMIT, SOFT_LIMIT = 80_000, 40_000


def text(value: Any) -> bool:
    return type(value) is str


def flag(value: Any) -> bool:
    return type(value) is bool


def number(value: Any) -> bool:
    return type(value) is int and value > 0


def mapping(value: Any) -> bool:
    return type(value) is dict


def pixels(value: Any) -> bool:
    return type(value) is str and re.fullmatch(r"\d+px", value) is not None


def width(value: Any) -> bool:
    return value in ("auto", "stretch") or number(value) or pixels(value)


def one_of(*values: str) -> Check:
    return lambda value: type(value) is str and value in values


def picture(value: Any) -> bool:
    """Whether it is an address of our own, which on one machine is plain http."""
    parts = urlsplit(value) if text(value) else urlsplit("")
    is_loopback = parts.scheme == "http" and parts.hostname == "127.0.0.1"
    return "/photos/" in parts.path and (parts.scheme == "https" or is_loopback)


ALIGN = one_of("left", "center", "right")
VERTICAL = one_of("top", "center", "bottom")
SPACING = one_of("none", "small", "default", "medium", "large", "extraLarge", "padding")
BOX = one_of("default", "emphasis", "accent", "good", "attention", "warning")
COLOR = one_of("default", "dark", "light", "accent", "good", "warning", "attention")
SIZE = one_of("default", "small", "medium", "large", "extraLarge")
WEIGHT = one_of("lighter", "default", "bolder")

SHOWN: dict[str, Check] = {"id": text, "spacing": SPACING, "separator": flag, "isVisible": flag}
LETTERS: dict[str, Check] = {
    "text": text,
    "size": SIZE,
    "weight": WEIGHT,
    "color": COLOR,
    "isSubtle": flag,
}
INPUT: dict[str, Check] = {
    **SHOWN,
    "label": text,
    "isRequired": flag,
    "errorMessage": text,
    "value": text,
}
BUTTON: dict[str, Check] = {
    "title": text,
    "tooltip": text,
    "style": one_of("default", "positive", "destructive"),
    "mode": one_of("primary", "secondary"),
}
SENDS: dict[str, Check] = {**BUTTON, "data": mapping, "associatedInputs": one_of("auto", "none")}
PROPERTIES: dict[str, dict[str, Check]] = {
    "TextBlock": {
        **SHOWN,
        **LETTERS,
        "wrap": flag,
        "horizontalAlignment": ALIGN,
        "style": one_of("default", "heading"),
    },
    "RichTextBlock": {**SHOWN, "horizontalAlignment": ALIGN},
    "TextRun": {**LETTERS, "italic": flag, "strikethrough": flag},
    "Container": {**SHOWN, "style": BOX, "bleed": flag, "minHeight": pixels},
    "ColumnSet": {**SHOWN, "minHeight": pixels},
    "Column": {
        **SHOWN,
        "width": width,
        "style": BOX,
        "verticalContentAlignment": VERTICAL,
        "minHeight": pixels,
    },
    "ActionSet": SHOWN,
    "Image": {
        **SHOWN,
        "url": picture,
        "altText": text,
        "width": pixels,
        "style": one_of("default", "person"),
    },
    "Input.Text": {
        **INPUT,
        "placeholder": text,
        "maxLength": number,
        "isMultiline": flag,
        "style": one_of("text", "tel", "email", "url"),
    },
    "Input.Date": INPUT,
    "Input.Time": INPUT,
    "Input.Toggle": {**INPUT, "title": text, "wrap": flag},
    "Input.ChoiceSet": {
        **INPUT,
        "style": one_of("compact", "expanded"),
        "isMultiSelect": flag,
        "choices.data": lambda value: (
            mapping(value)
            and value.keys() == {"type", "dataset"}
            and value["type"] == "Data.Query"
            and value["dataset"].startswith(("graph.microsoft.com/users", "almanac."))
        ),
    },
    "Action.Execute": {**SENDS, "verb": text},
    "Action.Submit": SENDS,
    "Action.OpenUrl": {**BUTTON, "url": text},
    "Action.ToggleVisibility": {
        **BUTTON,
        "targetElements": lambda value: type(value) is list and all(map(text, value)),
    },
}
CHILDREN: dict[str, dict[str, str]] = {
    "AdaptiveCard": {"body": "element", "actions": "action"},
    "RichTextBlock": {"inlines": "run"},
    "TextRun": {"selectAction": "tap"},
    "Container": {"items": "element", "selectAction": "tap"},
    "ColumnSet": {"columns": "column", "selectAction": "tap"},
    "Column": {"items": "element", "selectAction": "tap"},
    "ActionSet": {"actions": "action"},
    "Input.ChoiceSet": {"choices": "choice"},
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "TextBlock": ("text",),
    "RichTextBlock": ("inlines",),
    "TextRun": ("text",),
    "Container": ("items",),
    "ColumnSet": ("columns",),
    "Column": ("items", "width"),
    "ActionSet": ("actions",),
    "Image": ("url", "altText"),
    "Input.Text": ("id", "label"),
    "Input.Date": ("id", "label"),
    "Input.Time": ("id", "label"),
    "Input.Toggle": ("id", "title"),
    "Input.ChoiceSet": ("id", "label", "choices", "style"),
    "Action.Execute": ("title", "verb", "data"),
    "Action.Submit": ("title", "data"),
    "Action.OpenUrl": ("title", "url"),
    "Action.ToggleVisibility": ("title", "targetElements"),
}
CARD: dict[str, Check] = {
    "type": one_of("AdaptiveCard"),
    "version": one_of("1.5"),
    "$schema": one_of("http://adaptivecards.io/schemas/adaptive-card.json"),
    "lang": lambda value: type(value) is str and re.fullmatch("[a-z]{2,3}", value) is not None,
    "fallbackText": lambda value: type(value) is str and bool(value),
}
PLACES: dict[str, Callable[[str], bool]] = {
    "element": lambda kind: (
        kind in PROPERTIES and not kind.startswith("Action.") and kind not in ("TextRun", "Column")
    ),
    "column": lambda kind: kind == "Column",
    "run": lambda kind: kind == "TextRun",
    "action": lambda kind: kind.startswith("Action."),
    "tap": lambda kind: kind.startswith("Action."),
}
UNRESOLVED = re.compile(r"\$\{|\bundefined\b|\bNaN\b|\{\{(?:DATE|TIME)|\x00")


def lint(card: dict[str, Any]) -> list[str]:
    """Return every fault of the card, each with the place where it is; nothing for a good one."""
    faults = list(_card(card))
    inputs = [value for value in _all(card) if str(value.get("type", "")).startswith("Input.")]
    ids = [value["id"] for value in _all(card) if "id" in value]
    faults += [
        f"id twice: {name}" for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    targets = {name for value in _all(card) for name in value.get("targetElements", ())}
    faults += [f"nothing to show: {name}" for name in sorted(targets - set(ids))]
    for value in inputs:
        faults += _input(value)
    return faults


def _card(card: dict[str, Any]) -> Iterator[str]:
    for name, check in CARD.items():
        if not check(card.get(name)):
            yield f"card: {name} is {card.get(name)!r}"
    known = {*CARD, "body", "actions", "refresh"}
    yield from (f"card: unknown {name}" for name in card.keys() - known)
    yield from _children("card", "AdaptiveCard", card)
    primary = [action for action in card.get("actions", []) if action.get("mode") != "secondary"]
    if len(primary) > 6:
        yield f"card: {len(primary)} primary actions"
    refresh = card.get("refresh")
    if refresh is not None:
        yield from _value("card.refresh", refresh["action"], "action")
        if len(refresh["userIds"]) > 60:
            yield "card.refresh: more than 60 people"
    size = len(json.dumps(card, ensure_ascii=False).encode("utf-16-le"))
    if size > HARD_LIMIT:
        yield f"card: {size} bytes"


def _children(path: str, kind: str, value: dict[str, Any]) -> Iterator[str]:
    for name, place in CHILDREN.get(kind, {}).items():
        if name not in value:
            continue
        here = f"{path}.{name}"
        if place == "tap":
            yield from _value(here, value[name], "tap")
        elif type(value[name]) is not list:
            yield f"{here}: no list"
        elif place == "choice":
            yield from _choices(here, value[name])
        else:
            for number, child in enumerate(value[name]):
                yield from _value(f"{here}[{number}]", child, place)


def _value(path: str, value: Any, place: str) -> Iterator[str]:
    if type(value) is not dict or not text(value.get("type")):
        yield f"{path}: no element"
        return
    kind = value["type"]
    if kind not in PROPERTIES:
        near = difflib.get_close_matches(kind, PROPERTIES, 1)
        yield f"{path}: unknown type {kind}" + (f", did you mean {near[0]}" if near else "")
        return
    path = f"{path} {kind}"
    if not PLACES[place](kind):
        yield f"{path}: not here"
    checks = PROPERTIES[kind]
    for name, content in value.items():
        if name == "type" or name in CHILDREN.get(kind, {}):
            continue
        if name not in checks:
            near = difflib.get_close_matches(name, checks, 1)
            yield f"{path}: unknown {name}" + (f", did you mean {near[0]}" if near else "")
        elif not checks[name](content):
            yield f"{path}: {name} is {content!r}"
        elif text(content) and name != "value" and UNRESOLVED.search(content):
            yield f"{path}: {name} is unresolved or has control characters"
    yield from (f"{path}: {name} is missing" for name in REQUIRED[kind] if name not in value)
    yield from _special(path, kind, value)
    yield from _children(path, kind, value)


def _special(path: str, kind: str, value: dict[str, Any]) -> Iterator[str]:
    if kind == "Action.OpenUrl" and text(value.get("url")):
        parts = urlsplit(value["url"])
        loopback = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
        if parts.scheme not in ("https", "mailto", "tel") and not loopback:
            yield f"{path}: a link to {parts.scheme}"
    if kind.startswith("Action.") and not value.get("title", "").strip():
        yield f"{path}: no name"
    if kind == "Action.Execute" and value.get("data", {}).get("verb") != value.get("verb"):
        yield f"{path}: the data has another verb"
    pixel = value.get("width") if kind == "Column" and "style" in value else None
    if pixels(pixel) and int(str(pixel)[:-2]) < 72:
        yield f"{path}: a styled column needs 72 px"
    if kind == "TextBlock" and not value.get("wrap") and len(value.get("text", "")) > 12:
        yield f"{path}: a text that does not wrap"


def _choices(path: str, choices: list[Any]) -> Iterator[str]:
    for choice in choices:
        is_whole = type(choice) is dict and choice.keys() == {"title", "value"}
        if not is_whole or not all(text(part) and part for part in choice.values()):
            yield f"{path}: {choice!r}"
    values = [choice.get("value") for choice in choices]
    if len(set(values)) < len(values):
        yield f"{path}: a value twice"


def _input(value: dict[str, Any]) -> Iterator[str]:
    name, typed = value.get("id"), value.get("value")
    if value.get("isRequired") and not value.get("errorMessage"):
        yield f"{name}: required without a sentence"
    if typed is None:
        return
    kind = value["type"]
    if kind == "Input.Toggle" and typed not in ("true", "false"):
        yield f"{name}: {typed!r} is neither true nor false"
    if kind == "Input.ChoiceSet":
        chosen = typed.split(",") if value.get("isMultiSelect") else [typed]
        if not {*chosen} <= {each["value"] for each in value["choices"]}:
            yield f"{name}: {typed!r} is no choice"
    reader = {"Input.Date": date.fromisoformat, "Input.Time": time.fromisoformat}.get(kind)
    try:
        if reader is not None:
            reader(typed)
    except ValueError:
        yield f"{name}: {typed!r} cannot be shown"


def _all(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the card, but not what buttons carry."""
    if isinstance(value, dict):
        yield value
        for name, child in value.items():
            if name not in ("data", "choices"):
                yield from _all(child)
    elif isinstance(value, list):
        for child in value:
            yield from _all(child)
