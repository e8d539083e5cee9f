"""The days of a series, and what it shows on one where nothing was changed; pure.

An exception is known by its day in the series' zone: a rule puts at most one occurrence on a day,
and the day is the same whichever way a skipped hour was resolved.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from services.graph.zones import UTC_ZONE
from services.model.events import EventContent
from services.model.times import AllDay, Start, Timed, When
from services.model.wall_clocks import moved

__all__ = ["day_of", "is_same", "occurrence_of", "start_on"]


def start_on(day: date, series: When) -> Start:
    """Return where a series has its occurrence on a day."""
    if isinstance(series, AllDay):
        return day
    return datetime.combine(day, series.start.timetz())


def day_of(original: Start, series: When) -> date:
    """Return the day that an exception stands for, as the series counts days."""
    if isinstance(original, datetime):
        if isinstance(series, Timed):
            original = original.astimezone(series.start.tzinfo)
        return original.date()
    return original


def occurrence_of(series: EventContent, day: date) -> EventContent:
    """Return what a series shows on a day where nothing was changed."""
    return replace(
        series, when=moved(series.when, day), rule=None, exceptions=(), zone_guessed=False
    )


def is_same(one: EventContent | None, other: EventContent | None) -> bool:
    """Whether two occurrences say the same; in whichever zone, an instant is an instant."""
    if one is None or other is None:
        return one is other
    return _settled(one) == _settled(other)


def _settled(content: EventContent) -> EventContent:
    if isinstance(content.when, AllDay):
        return content
    start, end = (each.astimezone(UTC_ZONE) for each in (content.when.start, content.when.end))
    return replace(content, when=Timed(start, end))
