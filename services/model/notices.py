"""What the background has to tell people. ``bot/announcer`` draws the card and sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.model.books import Book
from services.model.conversations import Post
from services.model.events import Event
from services.model.identity import Person

__all__ = ["AccountNotice", "Announcer", "Notice", "PostNotice"]


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


Notice = PostNotice | AccountNotice


class Announcer(Protocol):
    """Tells people. Queued, in order within a conversation, and within Teams' rate limits."""

    async def announce(self, notice: Notice) -> None:
        """Send it. Raises ``Unreachable`` or ``Throttled`` when it should be tried again."""
