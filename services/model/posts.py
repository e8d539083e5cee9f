"""Messages of the bot that show something which may change after they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.model.books import BookId
from services.model.identity import ConversationId

__all__ = ["Days", "Post"]


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of a calendar, as one of its views shows them."""

    first: date
    count: int
    page: int = 0
    every: bool = False
    """Of all calendars of the place rather than of one."""
    view: str = ""
    """A :class:`~services.model.settings.View`; empty = an agenda."""
    day: date | None = None
    """The day around which the view is; ``None`` = the first one."""
    tag: str = ""
    who: str = ""
    """What is left out, as in :mod:`services.model.filters`."""

    @property
    def last(self) -> date:
        """The last one, included."""
        return self.first + timedelta(days=self.count - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message that shows one item of a book, or some of its days; kept for 30 days."""

    conversation: ConversationId
    activity_id: str
    book: BookId
    item: str = ""
    """The id of the event or contact; empty where the message shows days."""
    days: Days | None = None
    drawn: str = ""
    """The fingerprint of the picture that was sent last; empty = nobody knows."""
    posted_at: datetime
    thread: str = ""
    """In a channel: the message that it is a reply to; empty = to none."""
