"""What a message is there for, kept in the buttons of its card; and what tells cards apart.

Who presses a button in a channel gets a view of their own in the card's place, and from there
goes on to the next one. A handler must know at every step what all others still see in that
place: the event itself, which is to be kept up to date, or an agenda, which must not turn into
one of its events. So the item that a message is about, or what its ``shows`` names, is put into
each button of the message, and into those of every view that takes its place.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from bot.replies import Card, Edit, Say

__all__ = ["SHOWS", "fingerprint", "mark_of", "marked"]

SHOWS = "shows"

_in_order = msgspec.json.Encoder(order="deterministic").encode


def mark_of(act: Say | Edit) -> str:
    """Return the mark of a message: the item that it is about, or what it says of itself."""
    return act.shows or (act.about.item if act.about else "")


def marked(card: Card, shows: str) -> Card:
    """Return the card with the mark in all its buttons; without one, the card as it is."""
    return {key: _marked(value, shows) for key, value in card.items()} if shows else card


def fingerprint(card: Card) -> str:
    """Return a short text that equal cards have in common, and no others."""
    return hashlib.sha256(_in_order(card)).hexdigest()


def _marked(value: Any, shows: str) -> Any:
    if isinstance(value, list):
        return [_marked(inner, shows) for inner in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _marked(inner, shows) for key, inner in value.items()}
    if str(copy.get("type", "")).startswith("Action.") and isinstance(copy.get("data"), dict):
        copy["data"] = {**copy["data"], SHOWS: shows}
    return copy
