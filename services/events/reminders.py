"""When somebody is to be reminded, and of what. Pure.

A reminder is due so many minutes before the start of an occurrence, reckoned between instants: a
change of summer time in between makes it neither early nor late. An event of whole days starts at
midnight by the receiver's clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.events.occurrences import by_start
from services.model.events import EventContent, Occurrence
from services.model.recurrence import Weekday
from services.model.times import bounds
from services.model.watching import Digest, Wishes

__all__ = ["AHEAD", "LATE", "LONGEST", "due_between", "next_after", "next_digest", "quiet_end"]

LONGEST = timedelta(weeks=4)
"""Nobody is reminded earlier than that before an event."""
AHEAD = timedelta(days=3)
"""How far ahead the next reminder is looked for; whoever finds none looks again then."""
LATE = timedelta(minutes=10)
"""Nobody is reminded of what is over for longer than that."""
WEEKEND = (Weekday.SATURDAY, Weekday.SUNDAY)


def due_between(
    found: Iterable[Occurrence], wishes: Wishes, after: datetime, until: datetime, zone: ZoneInfo
) -> tuple[Occurrence, ...]:
    """Return what to remind of: reminders later than ``after`` and not later than ``until``.

    Each occurrence is there once, the soonest first; none is that has been over for a while.
    """
    due = {
        (one.event.id, one.original): one
        for at, one in _reminders(found, wishes, zone)
        if after < at <= until and bounds(one.when, zone)[1] > until - LATE
    }
    return tuple(by_start(due.values(), zone))


def next_after(
    found: Iterable[Occurrence], wishes: Wishes, after: datetime, zone: ZoneInfo
) -> datetime | None:
    """Return when the next reminder is due, as a UTC instant; ``None`` = none among these."""
    return min((at for at, _ in _reminders(found, wishes, zone) if at > after), default=None)


def next_digest(wishes: Wishes, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the next digest is due: a UTC instant later than ``after``."""
    if wishes.digest is Digest.NEVER:
        return None
    day = after.astimezone(zone).date()
    while True:
        at = datetime.combine(day, time(wishes.digest_hour), zone).astimezone(UTC)
        if at > after and _is_digest_day(wishes, day):
            return at
        day += timedelta(days=1)


def quiet_end(wishes: Wishes, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end in which ``now`` lies; ``None`` = it lies in none."""
    if wishes.quiet_from is None or wishes.quiet_from == wishes.quiet_until:
        return None
    here = now.astimezone(zone)
    is_over_night = wishes.quiet_from > wishes.quiet_until
    is_late, is_early = here.hour >= wishes.quiet_from, here.hour < wishes.quiet_until
    if not (is_late or is_early if is_over_night else is_late and is_early):
        return None
    day = here.date() + timedelta(days=1 if is_over_night and is_late else 0)
    return datetime.combine(day, time(wishes.quiet_until), zone).astimezone(UTC)


def _reminders(
    found: Iterable[Occurrence], wishes: Wishes, zone: ZoneInfo
) -> Iterator[tuple[datetime, Occurrence]]:
    """Yield when to remind, as a UTC instant, and of what."""
    for one in found:
        starts, _ = bounds(one.when, zone)
        for minutes in _minutes(one.written, wishes):
            yield starts - timedelta(minutes=minutes), one


def _minutes(content: EventContent, wishes: Wishes) -> set[int]:
    minutes = set(wishes.reminders)
    if wishes.as_event_says and content.reminder_minutes is not None:
        minutes.add(content.reminder_minutes)
    return {each for each in minutes if timedelta(minutes=each) <= LONGEST}


def _is_digest_day(wishes: Wishes, day: date) -> bool:
    weekday = Weekday(day.weekday())
    if wishes.digest is Digest.WORKDAYS:
        return weekday not in WEEKEND
    return wishes.digest is Digest.DAILY or weekday is wishes.digest_day
