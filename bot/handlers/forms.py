"""Forms: what identifies a submit, and who else sees the place in which one stands.

In a chat with others a form stands either in a message of its own, which its asker asked for in
words and which turns into what was made, or in one person's view of another message (an agenda),
which stays what it is.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping

from bot.turn import Turn
from cards.wording import say
from services.model.identity import ConversationKind

__all__ = ["asked_by", "is_for_all", "new_form", "overtaken", "stands_alone", "submit_key"]

FORM = "form/"


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


def asked_by(turn: Turn) -> str:
    """Return what the message of a form shows: a form that this person asked for."""
    return f"{FORM}{turn.person.object_id}"


def stands_alone(turn: Turn) -> bool:
    """Whether the message that was pressed is a form, whoever asked for it."""
    return turn.kind is ConversationKind.PERSONAL or turn.shows.startswith(FORM)


def is_for_all(turn: Turn, shown: str) -> bool:
    """Whether the message that was pressed shows this very thing to all who read it."""
    return turn.kind is ConversationKind.PERSONAL or turn.shows == shown


def overtaken(language: str, name: str) -> str:
    """Return the sentence over a form that somebody else was faster than."""
    return say(
        language,
        "{name} changed this while you were writing. Your values still stand in the form: save "
        "to keep them, or cancel to see the other change.",
        name=name or say(language, "Somebody"),
    )
