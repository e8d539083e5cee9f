"""A button's data, read back as the router does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cards.actions import ACTIONS, Action

__all__ = ["read_back"]


def read_back(data: Mapping[str, Any]) -> Action:
    """Return the action that ``data`` holds, whichever it is."""
    return ACTIONS[str(data["verb"])].from_data(data)
