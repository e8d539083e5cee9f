"""Outside text made harmless: what somebody typed, or what came from Outlook."""

from __future__ import annotations

import re

__all__ = ["clean", "escape"]

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
