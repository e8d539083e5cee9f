"""The days that a message shows to all, as they are kept with it and as its card says them."""

from __future__ import annotations

from datetime import date

from cards.action import ALL
from cards.events.event_actions import AgendaShow
from cards.views.sight import Sight
from services.model.posts import Days, Post

__all__ = ["posted_days", "shown_days"]


def posted_days(sight: Sight) -> Days:
    """Return what is to be kept of a message, so that it can be drawn again."""
    shown, span = sight.shown, sight.span
    return Days(
        span.first,
        span.count,
        shown.page,
        view=shown.view or "",
        day=sight.day,
        tag=shown.tag or "",
        who=shown.who or "",
        every=shown.book == ALL,
    )


def shown_days(post: Post, today: date) -> AgendaShow:
    """Return which days a post shows, as the calendar's own buttons say it."""
    days = post.days or Days(today, 1)
    return AgendaShow(
        ALL if days.every else post.book,
        days.day or days.first,
        7 if days.view else days.count,
        days.page,
        days.view or None,
        days.tag or None,
        days.who or None,
    )
