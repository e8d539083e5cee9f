"""What an event puts on an agenda: its appearances within a window of instants.

:func:`occurrences` is the door; pure. A series keeps its own zone and its wall clock, so a change
of summer time moves nothing (:mod:`services.model.wall_clocks`). Exceptions are recognised by
their day in the series' zone: a rule puts at most one occurrence on a day, and the day is the same
however a skipped time was resolved.

RFC 5545, section 3.8.5.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from services.events.windows import Window
from services.model.events import Event, EventContent, Occurrence
from services.model.recurrence import Rule, days
from services.model.times import Start
from services.model.wall_clocks import changes, moved, moved_to_each

__all__ = [
    "MAX_OCCURRENCES",
    "by_start",
    "day_named",
    "expanded",
    "occurrence_at",
    "occurrences",
    "series_day",
    "upcoming",
]

Order = tuple[datetime, bool, date, str]
MAX_OCCURRENCES = 1000
"""Of one event in one window: no rule can make a page endless."""
DAY, YEAR = timedelta(days=1), timedelta(days=366)
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
    window = Window(start, end, zone)
    found: list[Occurrence] = []
    for event in events:
        content = event.content
        if content.rule is not None:
            found += _regular(event, content.rule, window)[:MAX_OCCURRENCES]
            if content.exceptions:
                found += _exceptional(event, window)
        elif window.holds(content.when):
            found.append(Occurrence.of(event))
    return found


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
            return _instead(event, changed, exception.original) if changed else None
    if not any(days(content.rule, _first_day(content), day, day)):
        return None
    when = moved(content.when, day)
    return Occurrence(event, content, when, when.start)


def by_start(found: Iterable[Occurrence], zone: ZoneInfo) -> list[Occurrence]:
    """Return occurrences in the order of an agenda: by instant, whole days first, then by title.

    What the clocks of a zone show is in order for as long as nobody changes them, and to compare
    that takes Python a fraction of what instants take.
    """
    ordered = sorted(found, key=_order(zone, zone))
    if ordered and _clocks_change(zone, ordered[0].when.start, ordered[-1].when.start):
        ordered.sort(key=_order(zone, UTC))
    return ordered


def _order(zone: ZoneInfo, clock: tzinfo) -> Callable[[Occurrence], Order]:
    """Return what is compared, with starts as ``clock`` shows them; few begin together."""

    def order(occurrence: Occurrence) -> Order:
        when, title = occurrence.when, occurrence.written.title.casefold()
        start = when.start
        if not isinstance(start, datetime):
            midnight = datetime.combine(start, time(), zone)
            return midnight.astimezone(clock), False, when.end, title
        return start if start.tzinfo is clock else start.astimezone(clock), True, when.end, title

    return order


def _clocks_change(zone: ZoneInfo, first: Start, last: Start) -> bool:
    """Whether a zone's clocks may be changed between two starts, or on their days."""
    opens, closes = _day_in(zone, first), _day_in(zone, last)
    if closes - opens > YEAR:
        return True
    return any(opens <= day <= closes for day in changes(zone, opens.year, closes.year))


def _day_in(zone: ZoneInfo, start: Start) -> date:
    return start.astimezone(zone).date() if isinstance(start, datetime) else start


def series_day(series: EventContent, original: Start) -> date:
    """Return the day of a series that an occurrence stands for."""
    start = series.when.start
    if isinstance(original, datetime) and isinstance(start, datetime):
        return original.astimezone(start.tzinfo).date()
    return original.date() if isinstance(original, datetime) else original


def _regular(event: Event, rule: Rule, window: Window) -> list[Occurrence]:
    """Return the occurrences that are as the rule says."""
    content = event.content
    when, begins = content.when, _first_day(content)
    opens, closes = window.days(when.start)
    if begins > closes:
        return []
    # A day more than it takes by the clocks, which may be changed meanwhile, and one to be sure.
    found = [*days(rule, begins, opens - (when.end - when.start) - 2 * DAY, closes)]
    if content.exceptions:
        taken = {series_day(content, exception.original) for exception in content.exceptions}
        found = [day for day in found if day not in taken]
    return [
        Occurrence(event, content, each, each.start)
        for day, each in zip(found, moved_to_each(when, found), strict=True)
        # Only at the edges of the window does it take a look at the clock.
        if opens < day < closes or window.holds(each)
    ]


def _exceptional(event: Event, window: Window) -> Iterator[Occurrence]:
    """Yield changed occurrences by where they are now, wherever the rule had put them."""
    for exception in event.content.exceptions:
        changed = exception.content
        if changed is not None and window.holds(changed.when):
            yield _instead(event, changed, exception.original)


def _instead(event: Event, changed: EventContent, original: Start) -> Occurrence:
    return Occurrence(event, changed, changed.when, original)


def _first_day(content: EventContent) -> date:
    start = content.when.start
    return start.date() if isinstance(start, datetime) else start
