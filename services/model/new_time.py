"""Where an event is moved to, as somebody says it: what is not said stays as it was.

``move lunch to 14:00`` names an hour and no day, ``to friday`` a day and no hour, ``to next week``
neither, ``by 30 min`` only how far. :func:`moved_to` works it out for one event; what is said is
said in the zone of whoever says it, and the event keeps its own. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from services.model.errors import InvalidInput, Problem, Wrong
from services.model.recurrence import Pattern, Rule, Weekday
from services.model.times import AllDay, Timed, When

__all__ = ["MOST_MINUTES", "NewTime", "moved_to", "rule_moved"]

DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
MOST_MINUTES = 10 * 366 * DAY_MINUTES
"""As far as anything is moved by a length of time."""
DATES = ("day", "week")
USUAL = timedelta(hours=1)
"""How long something takes that had whole days before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTime:
    """A new day, hour or length; or how much later it is to be."""

    day: date | None = None
    week: date | None = None
    """The Monday of a week: the weekday stays."""
    start: int | None = None
    """Minutes since midnight."""
    end: int | None = None
    lasts: int | None = None
    """Minutes."""
    later: int | None = None
    """Minutes; less than nothing is earlier."""

    def __post_init__(self) -> None:
        for minutes in (self.start, self.end):
            if minutes is not None and not 0 <= minutes <= DAY_MINUTES:
                raise ValueError("no time of day")
        if self.lasts is not None and not 0 <= self.lasts <= MOST_MINUTES:
            raise ValueError("no length")
        if self.later is not None and abs(self.later) > MOST_MINUTES:
            raise ValueError("too far")

    @property
    def text(self) -> str:
        """How a button carries it: ``day=2026-11-20;start=840``."""
        said = ((each.name, getattr(self, each.name)) for each in fields(self))
        return ";".join(f"{name}={value}" for name, value in said if value is not None)

    @classmethod
    def of(cls, text: str) -> Self:
        """Return what :attr:`text` said.

        Raises:
            ValueError: it says nothing of that kind.
        """
        said: dict[str, Any] = {}
        for part in filter(None, text.split(";")):
            name, _, value = part.partition("=")
            if name not in (each.name for each in fields(cls)):
                raise ValueError("no part of a time")
            said[name] = (date.fromisoformat if name in DATES else int)(value)
        return cls(**said)


def moved_to(when: When, to: NewTime, zone: ZoneInfo) -> When:
    """Return when something is that was at another time before.

    Args:
        when: before.
        to: what is said of the new time.
        zone: of whoever says it.

    Raises:
        InvalidInput: the clocks leave that time out, or no calendar goes so far.
    """
    try:
        return _days(when, to, zone) if isinstance(when, AllDay) else _hours(when, to, zone)
    except OverflowError as err:
        raise InvalidInput(Problem("start_date", Wrong.OUT_OF_RANGE)) from err


def rule_moved(rule: Rule, by: int) -> Rule | None:
    """Return the rule of a series that falls so many days later; ``None`` = no rule says that."""
    if not by or rule.pattern is Pattern.DAILY:
        return rule
    if rule.pattern is not Pattern.WEEKLY:
        return None
    weekdays = sorted(Weekday((day + by) % 7) for day in rule.weekdays)
    return replace(rule, weekdays=tuple(weekdays))


def _days(when: AllDay, to: NewTime, zone: ZoneInfo) -> When:
    if to.later is not None:
        days, minutes = divmod(to.later, DAY_MINUTES)
        if minutes:
            raise InvalidInput(Problem("start_time", Wrong.NOT_A_TIME))
        return AllDay(when.start + days * DAY, when.end + days * DAY)
    first = _day(when.start, to)
    if to.start is None:
        return AllDay(first, first + when.duration)
    start = _wall(first, to.start, zone)
    return Timed(start, _end(start, first, to, USUAL, zone))


def _hours(when: Timed, to: NewTime, zone: ZoneInfo) -> When:
    before = when.start.astimezone(zone)
    minutes = before.hour * 60 + before.minute
    if to.later is None:
        day = _day(before.date(), to)
        start = _wall(day, minutes if to.start is None else to.start, zone)
    else:
        days, rest = divmod(to.later, DAY_MINUTES)
        day = before.date() + days * DAY
        start = _after(_wall(day, minutes, zone), timedelta(minutes=rest))
    end = _end(start, day, to, when.duration, zone)
    return Timed(start.astimezone(when.start.tzinfo), end.astimezone(when.end.tzinfo))


def _day(before: date, to: NewTime) -> date:
    if to.week is not None:
        return to.week + before.weekday() * DAY
    return to.day or before


def _end(start: datetime, day: date, to: NewTime, usual: timedelta, zone: ZoneInfo) -> datetime:
    if to.end is not None:
        end = _wall(day, to.end, zone)
        return end if end > start else _wall(day + DAY, to.end, zone)
    return _after(start, usual if to.lasts is None else timedelta(minutes=to.lasts))


def _after(start: datetime, length: timedelta) -> datetime:
    """Return the moment that is so much later, however the clocks go meanwhile."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def _wall(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return what the clocks of a zone show on a day; midnight is where the next one begins."""
    day, minutes = day + minutes // DAY_MINUTES * DAY, minutes % DAY_MINUTES
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    if wall.astimezone(UTC).astimezone(zone).time() != wall.time():
        raise InvalidInput(Problem("start_time", Wrong.SKIPPED_BY_CLOCK_CHANGE))
    return wall
