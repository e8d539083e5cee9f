"""When something happens: days for all-day events, aware times for the rest.

A time is a ``datetime`` whose ``tzinfo`` is a :class:`zoneinfo.ZoneInfo`: wall clock
and zone are kept, the instant is computed late, so a change of summer time moves nothing
that a person wrote down. Naive values are refused, unknown zones raise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.model.errors import UnknownZone

__all__ = [
    "AllDay",
    "Clock",
    "Start",
    "Timed",
    "When",
    "bounds",
    "clock_changes",
    "weeks_touched",
    "zone_named",
]


class Clock(Protocol):
    """Where the time comes from; tests hand in one that they move."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Timed:
    """From one wall-clock time to another, each in a named zone."""

    start: datetime
    end: datetime
    """After or equal to ``start`` as an instant."""

    def __post_init__(self) -> None:
        for value in (self.start, self.end):
            if not isinstance(value.tzinfo, ZoneInfo):
                raise ValueError("a time needs a named zone")
        if self.end.astimezone(UTC) < self.start.astimezone(UTC):
            raise ValueError("an event cannot end before it starts")

    @classmethod
    def known(cls, start: datetime, end: datetime) -> Timed:
        """Return what is known to be right, unchecked."""
        known = object.__new__(cls)
        _put_start(known, start)
        _put_end(known, end)
        return known

    @classmethod
    def each_known(cls, starts: Iterable[datetime], ends: Iterable[datetime]) -> list[Timed]:
        """Return many that are known to be right: say, one that was checked, on other days.

        A month of many series is made of hundreds of these.
        """
        made, new, put_start, put_end = [], object.__new__, _put_start, _put_end
        for start, end in zip(starts, ends, strict=True):
            each = new(cls)
            put_start(each, start)
            put_end(each, end)
            made.append(each)
        return made

    @property
    def duration(self) -> timedelta:
        """How long it takes, in real time."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)


_put_start, _put_end = (vars(Timed)[name].__set__ for name in ("start", "end"))


@dataclass(frozen=True, slots=True)
class AllDay:
    """Whole days, wherever the reader is. ``end`` is the day after the last (RFC 5545 DTEND)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise ValueError("an all-day event has days, not times")
        if self.end <= self.start:
            raise ValueError("an all-day event takes at least a day")

    @property
    def duration(self) -> timedelta:
        """The number of days as a timedelta."""
        return self.end - self.start


When = Timed | AllDay
Start = datetime | date
"""The start of an occurrence: aware with a named zone, or a plain day."""


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone called ``name``.

    Raises:
        UnknownZone: no such zone; carries the name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise UnknownZone(name) from err


@lru_cache(maxsize=1024)
def clock_changes(zone: ZoneInfo, year: int) -> frozenset[date]:
    """Return the days of a year on which a zone's clocks are changed, and those before them."""
    if not MINYEAR < year < MAXYEAR:
        return frozenset()
    days = [date.fromordinal(n) for n in range(*_new_years(year))]
    offsets = [datetime.combine(day, time(), zone).utcoffset() for day in days]
    steps = zip(days, offsets, offsets[1:], strict=False)
    changed = [day for day, before, after in steps if before != after]
    return frozenset(changed) | {day - timedelta(days=1) for day in changed}


def _new_years(year: int) -> tuple[int, int]:
    """Return where a year begins, and the day after the first of the next one, as ordinals."""
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal() + 2


def bounds(when: When, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end as UTC instants; ``zone`` says where an all-day event's days begin."""
    if isinstance(when, Timed):
        return when.start.astimezone(UTC), when.end.astimezone(UTC)
    midnight = time(tzinfo=zone)
    return (
        datetime.combine(when.start, midnight).astimezone(UTC),
        datetime.combine(when.end, midnight).astimezone(UTC),
    )


def weeks_touched(start: datetime, end: datetime) -> list[str]:
    """Return the ISO weeks in UTC (``2026-W47``) that an interval touches, in order."""
    first, last = start.astimezone(UTC).toordinal(), end.astimezone(UTC).toordinal()
    monday = first - (first - 1) % 7  # the calendar's first day was a Monday
    return [_week_of(day) for day in range(monday, last + 1, 7)]


@lru_cache(maxsize=4_000)
def _week_of(monday: int) -> str:
    year, week, _ = date.fromordinal(monday).isocalendar()
    return f"{year}-W{week:02}"
