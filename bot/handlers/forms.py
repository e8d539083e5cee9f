"""Submits of forms: what identifies one, so that its repetitions do nothing twice."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping

from cards.wording import say

__all__ = ["new_form", "overtaken", "submit_key"]


def new_form() -> str:
    """Return the id of a form that is about to be shown: 128 random bits."""
    return secrets.token_urlsafe(16)


def submit_key(form: str, typed: Mapping[str, str]) -> str:
    """Return the same key for every delivery of the same form with the same values.

    Teams delivers a submit up to three times. Somebody who mends a value and submits again has
    another key, as does the next form.
    """
    values = json.dumps(typed, sort_keys=True, ensure_ascii=False)
    return f"{form}/{hashlib.sha256(values.encode()).hexdigest()}"


def overtaken(language: str, name: str) -> str:
    """Return the sentence over a form that somebody else was faster than."""
    return say(
        language,
        "{name} changed this while you were writing. Your values still stand in the form: save "
        "to keep them, or cancel to see the other change.",
        name=name or say(language, "Somebody"),
    )
