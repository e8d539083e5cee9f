"""What an event puts on an agenda: its appearances within a window of instants.

:func:`occurrences` is the door; pure. A series keeps its own zone and its wall clock, so a change
of summer time moves nothing. A start that the clocks skip moves forward by what they skip, as
Outlook shows it. Exceptions are recognised by their day in the series' zone: a rule puts at most
one occurrence on a day, and the day is the same however a skipped time was resolved.

RFC 5545, section 3.8.5.3; PEP 495 for times that exist twice or never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

from services.model.events import Event, EventContent, Occurrence
from services.model.recurrence import Rule, days
from services.model.times import AllDay, Start, Timed, When, bounds, clock_changes

__all__ = [
    "MAX_OCCURRENCES",
    "by_start",
    "day_named",
    "expanded",
    "moved",
    "occurrence_at",
    "occurrences",
    "occurs",
    "series_day",
    "upcoming",
]

MAX_OCCURRENCES = 1000
"""Of one event in one window: no rule can make a page endless."""
DAY = timedelta(days=1)
LOOKING_AHEAD = tuple(timedelta(days=days) for days in (40, 400, 4_000))
"""Most series are seen within weeks; a leap day may be eight years away."""


def occurrences(event: Event, start: datetime, end: datetime, zone: ZoneInfo) -> list[Occurrence]:
    """Return what the event shows from ``start`` until before ``end``, not in order.

    Args:
        event: single, or a series with its exceptions.
        start: an aware instant.
        end: an aware instant after it.
        zone: where the days of all-day events begin: the reader's zone.
    """
    return expanded([event], start, end, zone)


def expanded(
    events: Iterable[Event], start: datetime, end: datetime, zone: ZoneInfo
) -> list[Occurrence]:
    """Return what many events show, as :func:`occurrences` does for one."""
    window = _Window(start.astimezone(UTC), end.astimezone(UTC), zone)
    found: list[Occurrence] = []
    for event in events:
        content = event.content
        if content.rule is not None:
            found += islice(_regular(event, content.rule, window), MAX_OCCURRENCES)
            found += _exceptional(event, window)
        elif window.may_hold(content.when) and window.holds(content.when):
            found.append(Occurrence(event, content))
    return found


class _Window:
    """What is asked for, and what the clocks of each zone show at its edges."""

    __slots__ = ("_edges", "_end", "_start", "_zone")

    def __init__(self, start: datetime, end: datetime, zone: ZoneInfo) -> None:
        self._start, self._end, self._zone = start, end, zone
        self._edges: dict[tzinfo, tuple[datetime, datetime]] = {}

    def holds(self, when: When) -> bool:
        """Whether something touches it, see :func:`occurs`."""
        return occurs(when, self._start, self._end, self._zone)

    def may_hold(self, when: When) -> bool:
        """Whether something is anywhere near it: a glance at wall clocks, a day around it."""
        if isinstance(when, AllDay):
            return True
        zone = when.start.tzinfo
        if zone is None or zone is not when.end.tzinfo:
            return True
        opens, closes = self._in(zone)
        # In one zone Python compares what the clocks show, which is quick, and wrong by an hour.
        return when.end >= opens - DAY and when.start <= closes + DAY

    def days(self, start: Start) -> tuple[date, date]:
        """Return its first and its last day where something starts; whole days are the reader's."""
        zone = start.tzinfo if isinstance(start, datetime) else None
        opens, closes = self._in(zone or self._zone)
        return opens.date(), closes.date()

    def _in(self, zone: tzinfo) -> tuple[datetime, datetime]:
        edges = self._edges.get(zone)
        if edges is None:
            edges = self._start.astimezone(zone), self._end.astimezone(zone)
            self._edges[zone] = edges
        return edges


def upcoming(event: Event, now: datetime, zone: ZoneInfo, most: int) -> list[Occurrence]:
    """Return the next occurrences of an event that are not over, in order, looking far ahead."""
    for ahead in LOOKING_AHEAD:
        found = by_start(occurrences(event, now, now + ahead, zone), zone)
        if len(found) >= most:
            break
    return found[:most]


def day_named(series: EventContent, original: str) -> date | None:
    """Return the day of an occurrence that a button names by the ISO form of its original start.

    ``None`` for a text that is no start, and for what is no series (any more). Whether the series
    has an occurrence on that day is another question.
    """
    try:
        moment = datetime.fromisoformat(original)
    except ValueError:
        return None
    if series.rule is None:
        return None
    return moment.date() if moment.tzinfo is None else series_day(series, moment)


def occurrence_at(event: Event, original: str) -> Occurrence | None:
    """Return the occurrence of a series that a button names by the ISO form of its original start.

    ``None`` where the series has none there (any more), or it is cancelled.
    """
    content = event.content
    day = day_named(content, original)
    if day is None or content.rule is None:
        return None
    for exception in content.exceptions:
        if series_day(content, exception.original) == day:
            changed = exception.content
            return Occurrence(event, changed, exception.original) if changed else None
    if not any(days(content.rule, _first_day(content), day, day)):
        return None
    when = moved(content.when, day)
    return Occurrence(event, content, when.start, when)


def by_start(found: Iterable[Occurrence], zone: ZoneInfo) -> list[Occurrence]:
    """Return occurrences in the order of an agenda: by instant, whole days first, then by title."""

    def order(occurrence: Occurrence) -> tuple[datetime, bool, datetime, str]:
        when, title = occurrence.when, occurrence.written.title.casefold()
        if isinstance(when, Timed):  # few begin together, so ends are left in their zones
            return when.start.astimezone(UTC), True, when.end, title
        start, end = bounds(when, zone)
        return start, False, end, title

    return sorted(found, key=order)


def occurs(when: When, start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    """Say whether something touches the window; a moment belongs to the window it begins in."""
    if isinstance(when, Timed):  # compared as they stand: zones that differ compare as instants
        return when.start < end and (when.end > start or when.start >= start)
    begins, ends = bounds(when, zone)
    return begins < end and ends > start


def series_day(series: EventContent, original: Start) -> date:
    """Return the day of a series that an occurrence stands for."""
    start = series.when.start
    if isinstance(original, datetime) and isinstance(start, datetime):
        return original.astimezone(start.tzinfo).date()
    return original.date() if isinstance(original, datetime) else original


def _regular(event: Event, rule: Rule, window: _Window) -> Iterator[Occurrence]:
    """Yield the occurrences that are as the rule says."""
    content = event.content
    taken = {series_day(content, exception.original) for exception in content.exceptions}
    opens, closes = window.days(content.when.start)
    # A day more than it takes by the clocks, which may be changed meanwhile, and one to be sure.
    first = opens - timedelta(days=(content.when.end - content.when.start).days) - 2 * DAY
    found = [d for d in days(rule, _first_day(content), first, closes + DAY) if d not in taken]
    if not found:
        return  # as of most that are over, or repeat but seldom
    on_day = _mover(content.when, found[0], found[-1])
    for day in found:
        when = on_day(day)
        # Only at the edges of the window does it take a look at the clock.
        if opens < day < closes or window.holds(when):
            yield Occurrence(event, content, when.start, when)


def _mover(when: When, first: date, last: date) -> Callable[[date], When]:
    """Return a :func:`moved` for days of one series, from the first to the last of them.

    Where no clock is changed on that day or around it, a wall-clock time exists once, and there
    is nothing to check.
    """
    if isinstance(when, AllDay):
        length = when.duration
        return lambda day: AllDay(day, day + length)
    start, end = when.start, when.end
    if start.tzinfo is not end.tzinfo or end < start:  # in one zone, by what its clocks show
        return lambda day: moved(when, day)
    own, begins, ends = start.date(), _first_of_two(start), _first_of_two(end)
    nights = end.date() - own
    zone, years = cast(ZoneInfo, start.tzinfo), range(first.year, (last + nights).year + 1)
    changed = frozenset[date]().union(*(clock_changes(zone, year) for year in years))

    def on(day: date) -> When:
        ended = day + nights if nights else day
        if day == own or day in changed or ended in changed:
            return moved(when, day)
        return Timed.known(datetime.combine(day, begins), datetime.combine(ended, ends))

    return on


def _first_of_two(moment: datetime) -> time:
    """Return the time of day, the first where the clocks show it twice."""
    at = moment.timetz()
    return at.replace(fold=0) if at.fold else at


def _exceptional(event: Event, window: _Window) -> Iterator[Occurrence]:
    """Yield changed occurrences by where they are now, wherever the rule had put them."""
    for exception in event.content.exceptions:
        changed = exception.content
        if changed is not None and window.holds(changed.when):
            yield Occurrence(event, changed, original=exception.original)


def _first_day(content: EventContent) -> date:
    start = content.when.start
    return start.date() if isinstance(start, datetime) else start


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


def _existing(wall: datetime) -> datetime:
    """Return a wall-clock time as the clocks show it: a skipped one moves forward by the gap."""
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if before == after:  # as nearly always: no change of clocks is near
        return wall
    shown = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return shown if shown.replace(fold=0) != wall.replace(fold=0) else wall
