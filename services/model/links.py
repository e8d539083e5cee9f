"""What a person chooses for a link, and what a link waits for.

:class:`LinkSettings` says what may cross between the two sides; :mod:`services.sync.rules.policy`
decides by it. A pass that would surprise its owner stops and keeps here what it would do
(:class:`Preview`, :class:`Doomed`); the owner's word is kept on the link until a pass has heard it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "DAYS_AHEAD",
    "DAYS_BACK",
    "Direction",
    "Doomed",
    "LinkSettings",
    "Preview",
    "Privacy",
    "Tally",
    "Word",
]

DAYS_BACK = 92
DAYS_AHEAD = 548


class Direction(StrEnum):
    """Which way changes go."""

    BOTH = "both"
    TO_OUTLOOK = "to_outlook"
    """Outlook shows what the team has; what is changed there is put back."""
    FROM_OUTLOOK = "from_outlook"
    """The team has what Outlook shows; nothing is ever written there."""


class Privacy(StrEnum):
    """What the team may see of an item that a person has in Outlook."""

    EVERYTHING = "everything"
    BUSY_ONLY = "busy_only"
    """When, and how it is shown; neither title, place nor text."""
    SKIP_PRIVATE = "skip_private"
    """Nothing at all of what is marked private or confidential there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """What a link keeps in step, and how."""

    direction: Direction = Direction.BOTH
    privacy: Privacy = Privacy.EVERYTHING
    category: str = ""
    """Only what carries this category is kept in step; empty = all. With the direction, this is
    all that is chosen for contacts."""
    busy_only: bool = False
    """Only what takes up time is kept in step, not what is shown as free."""
    reminders: bool = True
    """Whether reminders cross as well."""
    days_back: int = DAYS_BACK
    days_ahead: int = DAYS_AHEAD


@dataclass(frozen=True, slots=True)
class Preview:
    """What the first pass of a link would do, while it waits for its owner."""

    come: int
    """From Outlook to the team."""
    go: int
    """From the team to Outlook."""
    match: int
    """On both sides already: kept in step, not doubled."""


@dataclass(frozen=True, slots=True)
class Doomed:
    """The deletions before which a pass has stopped."""

    count: int
    titles: tuple[str, ...]
    """Of the first few."""
    key: str
    """Tells this very list from any other: an answer is good for no other."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the items of a link stood at the end of its last pass."""

    in_step: int = 0
    waiting: int = 0
    """Refused by Microsoft 365 so far, or under way; tried again by themselves."""
    set_aside: int = 0
    """Refused too often: left alone until they change, or somebody says so."""


class Word(StrEnum):
    """What the owner of a link has answered to its last question."""

    NONE = ""
    START = "start"
    """The first pass may write."""
    DELETE = "delete"
    KEEP = "keep"
    """What would be deleted is put back on the side where it is missing."""
    RETRY = "retry"
    """What was set aside is tried again."""
