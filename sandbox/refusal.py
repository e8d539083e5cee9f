"""What the sandbox says when it will not do something, in Graph's own words."""

from __future__ import annotations

__all__ = ["Refusal", "not_found"]


class Refusal(Exception):
    """An answer with an error in it: HTTP status, Graph's code, and a sentence."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


def not_found() -> Refusal:
    """Return the refusal of an item that is not there, or not there any more."""
    return Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.")
