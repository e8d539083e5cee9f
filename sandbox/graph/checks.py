"""Small checkers of JSON values, each of which refuses as Graph's own reader does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.refusal import Refusal

__all__ = [
    "Checker",
    "anything",
    "boolean",
    "choice",
    "failed",
    "integer",
    "list_of",
    "record",
    "text",
    "unknown_property",
]

Checker = Callable[[str, Any], None]
"""Takes a property's name and value; ``None`` is always a value, for "nothing"."""


def anything(name: str, value: Any) -> None:
    """Take what comes: somebody else will look closer."""


def text(name: str, value: Any) -> None:
    """Take a string."""
    _must_be(value is None or isinstance(value, str), name, value, "Edm.String")


def boolean(name: str, value: Any) -> None:
    """Take true or false."""
    _must_be(value is None or isinstance(value, bool), name, value, "Edm.Boolean")


def integer(name: str, value: Any) -> None:
    """Take a whole number of 32 bits."""
    fits = isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31
    _must_be(value is None or fits, name, value, "Edm.Int32")


def choice(words: str) -> Checker:
    """Return a checker that takes one of some words."""
    allowed = frozenset(words.split())

    def check(name: str, value: Any) -> None:
        is_one = isinstance(value, str) and value in allowed
        _must_be(value is None or is_one, name, value, f"microsoft.graph.{name}")

    return check


def list_of(each: Checker) -> Checker:
    """Return a checker that takes a list."""

    def check(name: str, value: Any) -> None:
        _must_be(value is None or isinstance(value, list), name, value, "Collection")
        for part in value or []:
            _must_be(part is not None, name, part, "Collection")
            each(name, part)

    return check


def record(**fields: Checker) -> Checker:
    """Return a checker that takes an object with these properties; without any, any object."""

    def check(name: str, value: Any) -> None:
        _must_be(value is None or isinstance(value, dict), name, value, "complex type")
        for part, inside in (value or {}).items():
            if "@" in part or not fields:
                continue
            if part not in fields:
                raise unknown_property(part, f"microsoft.graph.{name}")
            fields[part](part, inside)

    return check


def unknown_property(name: str, type_name: str) -> Refusal:
    """Return the refusal of a property that does not exist."""
    return Refusal(
        400,
        "RequestBodyRead",
        f"The property '{name}' does not exist on type '{type_name}'. Make sure to only use "
        "property names that are defined by the type or mark the type as open type.",
    )


def failed() -> Refusal:
    """Return the refusal that says the least: Outlook's own checks found something."""
    return Refusal(
        400, "ErrorPropertyValidationFailure", "At least one property failed validation."
    )


def _must_be(is_right: bool, name: str, value: Any, expected: str) -> None:
    if not is_right:
        raise Refusal(
            400,
            "RequestBodyRead",
            f"Cannot convert the literal '{value}' of '{name}' to the expected type '{expected}'.",
        )
