"""Careful steps through JSON that somebody else wrote.

Each function takes a mapping and a key, and returns a value of the promised type. What is absent
becomes empty; what is there but of another type raises :class:`Malformed`, because guessing at it
would only move the failure to a place where nobody expects it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["Json", "Malformed", "items", "needed", "number", "part", "text"]

Json = Mapping[str, Any]
NONE: Json = {}


class Malformed(Exception):
    """An activity that is not what Teams promises; the message names the field, never its value."""


def part(of: Json, key: str) -> Json:
    """Return the object under ``key``; an empty one where there is none."""
    value = of.get(key)
    if value is None:
        return NONE
    if not isinstance(value, dict):
        raise Malformed(f"{key} must be an object")
    return value


def items(of: Json, key: str) -> list[Json]:
    """Return the list of objects under ``key``; an empty one where there is none."""
    value = of.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Malformed(f"{key} must be a list of objects")
    return value


def text(of: Json, key: str) -> str:
    """Return the string under ``key``; an empty one where there is none."""
    value = of.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{key} must be a string")
    return value


def needed(of: Json, key: str) -> str:
    """Return the string under ``key``, which must not be empty."""
    value = text(of, key)
    if not value:
        raise Malformed(f"{key} is missing")
    return value


def number(of: Json, key: str, default: int) -> int:
    """Return the whole number under ``key``, never below zero."""
    value = of.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise Malformed(f"{key} must be a whole number")
    return max(0, value)
