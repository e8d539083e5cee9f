"""What a form says that comes back as it was typed, since somebody else was faster."""

from __future__ import annotations

from cards.wording import say

__all__ = ["changed_by", "made_by"]

CHANGED = (
    "{name} changed this while you were writing. Your values still stand in the form: "
    "save to keep them, or cancel to see the other change."
)
MADE = (
    "{name} has created this already, with other values. Yours still stand in the form: "
    "save to keep them, or cancel to see what is there."
)


def changed_by(name: str, language: str) -> str:
    """Return it where something was changed meanwhile; an empty name is nobody's we know."""
    return _told(CHANGED, name, language)


def made_by(name: str, language: str) -> str:
    """Return it where the same form has made something already."""
    return _told(MADE, name, language)


def _told(sentence: str, name: str, language: str) -> str:
    return say(language, sentence, name=name or say(language, "Somebody"))
