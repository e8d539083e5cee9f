"""The window of time that a link keeps in step.

Graph freezes the window of a calendar view in its delta token, so the window moves in jumps: once
:func:`is_stale` says so, a full round begins with the window of :func:`window_at`. What lies
outside is left as it is on both sides; leaving the window is not a deletion.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from services.model.events import EventContent
from services.model.links import LinkSettings
from services.model.pairs import Cursor
from services.model.recurrence import last_day
from services.model.times import bounds

__all__ = ["covers", "is_stale", "window_at"]

ROLLED_EVERY = timedelta(days=7)
USUAL = LinkSettings()


def window_at(now: datetime, settings: LinkSettings = USUAL) -> tuple[datetime, datetime]:
    """Return the window of a full round that begins now: three months back, eighteen ahead.

    A link may have other days.
    """
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    before, ahead = timedelta(days=settings.days_back), timedelta(days=settings.days_ahead)
    return midnight - before, midnight + ahead


def is_stale(cursor: Cursor, now: datetime, settings: LinkSettings = USUAL) -> bool:
    """Return whether the window has to move on."""
    return window_at(now, settings)[0] - cursor.window_start >= ROLLED_EVERY


def covers(cursor: Cursor, content: EventContent, zone: ZoneInfo) -> bool:
    """Return whether any of the event lies in the window."""
    start, end = bounds(content.when, zone)
    if content.rule is None:
        return start < cursor.window_end and end >= cursor.window_start
    first = content.when.start
    day = first.date() if isinstance(first, datetime) else first
    last = last_day(content.rule, day)
    # A day of grace: the last occurrence may run past midnight, or be told in another zone.
    ended = last is not None and last < cursor.window_start.date() - timedelta(days=1)
    return start < cursor.window_end and not ended
