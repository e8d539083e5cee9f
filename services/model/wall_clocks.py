"""The time of a series on other days: the same wall clock, whatever the clocks do meanwhile.

A start that the clocks skip moves forward by what they skip, as Outlook shows it. Where no clock is
changed on a day or around it, a wall-clock time exists once, and there is nothing to look at.

PEP 495 for times that exist twice or never.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from services.model.times import AllDay, Timed, When, clock_changes

__all__ = ["changes", "moved", "moved_to_each"]


def moved(when: When, day: date) -> When:
    """Return the series' time on another day: the same clock, the same number of days."""
    if isinstance(when, AllDay):
        return AllDay(day, day + when.duration)
    by = day - when.start.date()
    if not by:
        return when
    begins = (when.start + by).replace(fold=0)
    start, end = _existing(begins), _existing((when.end + by).replace(fold=0))
    if start is not begins or end < start:
        lasting = start.astimezone(UTC) + when.duration
        end = lasting.astimezone(when.end.tzinfo)
    return Timed(start, end)


def moved_to_each(when: When, days: Sequence[date]) -> Sequence[When]:
    """Return what :func:`moved` gives for each of some days, which are in order, and fast."""
    if isinstance(when, AllDay):
        length = when.duration
        return [AllDay(day, day + length) for day in days]
    if not days:
        return []  # as of most series that are over, or repeat but seldom
    start, end = when.start, when.end
    if start.tzinfo is not end.tzinfo or end < start:  # in one zone, by what its clocks show
        return [moved(when, day) for day in days]
    own, begins, ends = start.date(), _first_of_two(start), _first_of_two(end)
    nights, combine = end.date() - own, datetime.combine
    last_days = [day + nights for day in days] if nights else days
    found: list[When] = [
        *Timed.each_known(
            [combine(day, begins) for day in days], [combine(day, ends) for day in last_days]
        )
    ]
    changed = changes(cast(ZoneInfo, start.tzinfo), days[0].year, last_days[-1].year)
    if days[0] == own or not (changed.isdisjoint(days) and changed.isdisjoint(last_days)):
        for place, (day, last) in enumerate(zip(days, last_days, strict=True)):
            if day == own or day in changed or last in changed:
                found[place] = moved(when, day)
    return found


@lru_cache(maxsize=1024)
def changes(zone: ZoneInfo, first: int, last: int) -> frozenset[date]:
    """Return the days around which clocks are changed, of some years, both included."""
    years = range(first, last + 1)
    return frozenset[date]().union(*(clock_changes(zone, year) for year in years))


def _first_of_two(moment: datetime) -> time:
    """Return the time of day, the first where the clocks show it twice."""
    at = moment.timetz()
    return at.replace(fold=0) if at.fold else at


def _existing(wall: datetime) -> datetime:
    """Return a wall-clock time as the clocks show it: a skipped one moves forward by the gap."""
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if before == after:  # as nearly always: no change of clocks is near
        return wall
    shown = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return shown if shown.replace(fold=0) != wall.replace(fold=0) else wall
