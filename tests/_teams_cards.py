"""A client's part in a card: to find a button, fill in a form, refuse what a client refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["button", "buttons", "filled_in", "inputs"]


def button(card: dict[str, Any], title: str) -> dict[str, Any]:
    """Return the action with this title; a line that can be pressed counts as well."""
    for action in buttons(card):
        if action.get("title") == title:
            return action
    titles = ", ".join(repr(action.get("title")) for action in buttons(card))
    raise AssertionError(f"no button {title!r}; there are: {titles or 'none'}")


def buttons(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Action."):
            yield value
        for key, inner in value.items():
            if key not in ("data", "refresh", "fallback"):
                yield from buttons(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from buttons(inner)


def filled_in(
    card: dict[str, Any], action: dict[str, Any], typed: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the client sends: the action's data, and each input as it stands."""
    data = dict(action.get("data") or {})
    if action.get("associatedInputs") == "none":
        assert not typed, "this button sends no inputs"
        return data
    known = {item["id"]: item for item in inputs(card)}
    unknown = typed.keys() - known.keys()
    assert not unknown, f"no such inputs: {sorted(unknown)}; there are: {sorted(known)}"
    for name, item in known.items():
        value = typed.get(name, item.get("value", _untouched(item)))
        assert value or not item.get("isRequired"), f"{name} is required: the client sends nothing"
        data[name] = value
    return data


def _untouched(item: dict[str, Any]) -> str:
    return "false" if item["type"] == "Input.Toggle" else ""


def inputs(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Input."):
            yield value
        for inner in value.values():
            yield from inputs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from inputs(inner)
