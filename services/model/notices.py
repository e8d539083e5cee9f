"""What the background has to tell people. ``bot/announcer`` draws the card and sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.model.books import Book
from services.model.conversations import Post
from services.model.events import Event
from services.model.identity import Person

__all__ = ["AccountNotice", "Announcer", "DataNotice", "Notice", "PostNotice"]


@dataclass(frozen=True, slots=True)
class PostNotice:
    """A post shows an event that has changed, or is gone."""

    post: Post
    book: Book
    event: Event


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """Something about a person's own account that they should know now."""

    person: Person
    what: str
    """``connected``, ``sign_in_needed``, ``link_paused``."""


@dataclass(frozen=True, slots=True)
class DataNotice:
    """What became of a person's wish to have their data, or to have it erased."""

    person: Person
    what: str
    """``export_ready``, ``export_failed``, ``erased``."""
    url: str = ""
    """Where the data can be fetched."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was erased."""


Notice = PostNotice | AccountNotice | DataNotice


class Announcer(Protocol):
    """Tells people. Queued, in order within a conversation, and within Teams' rate limits."""

    async def announce(self, notice: Notice) -> None:
        """Send it. Raises ``Unreachable`` or ``Throttled`` when it should be tried again."""
