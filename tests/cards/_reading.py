"""What a card holds: a button's data, read back as the router does it, and its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cards.action import Action
from tests.cards._actions import ACTIONS

__all__ = ["input_ids", "read_back", "words"]


def read_back(data: Mapping[str, Any]) -> Action:
    """Return the action that ``data`` holds, whichever it is."""
    return ACTIONS[str(data["verb"])].from_data(data)


def input_ids(card: Any) -> set[str]:
    """Return the ids of all inputs of a card, or of a part of one."""
    if isinstance(card, Mapping):
        own = {str(card["id"])} if str(card.get("type", "")).startswith("Input.") else set()
        return own.union(*map(input_ids, card.values()))
    return set().union(*map(input_ids, card)) if isinstance(card, list) else set()


def words(card: dict[str, Any]) -> str:
    """Return what a card says, one piece a line; in plain spaces and dashes."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend(node[key] for key in ("text", "title") if isinstance(node.get(key), str))
            for key, inner in node.items():
                if key not in ("data", "refresh"):
                    walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(card)
    return "\n".join(found).translate({0x2009: " ", 0x2013: "-"})
