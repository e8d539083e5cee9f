"""A calendar of series and single events as people have them: the same data for all contenders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from services.formats.rrule import read_rrule, to_rrule
from services.model.books import BookId
from services.model.events import Author, Event, EventContent, EventId
from services.model.recurrence import first_day
from services.model.times import Timed

__all__ = ["BEGIN", "END", "ZONE", "Sample", "samples"]

ZONE = ZoneInfo("Europe/Berlin")
BEGIN, END = datetime(2026, 11, 1, tzinfo=ZONE), datetime(2026, 12, 1, tzinfo=ZONE)
"""The month that is asked for."""
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=900",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "FREQ=YEARLY;BYWEEKNO=46;BYDAY=MO",
)
YEARS = 5
"""How long ago the oldest series began."""
AUTHOR = Author(None, "Ines")


@dataclass(frozen=True, slots=True)
class Sample:
    """One event, as each contender would be handed it."""

    event: Event
    start: datetime
    minutes: int
    rrule: str
    """Empty for a single event."""


def samples(series: int, singles: int) -> list[Sample]:
    """Return so many of each, spread over some years."""
    random = Random(5545)
    days = YEARS * 365
    made = [
        _series(number, BEGIN - timedelta(days=random.randrange(days))) for number in range(series)
    ]
    for number in range(singles):
        start = BEGIN + timedelta(days=random.randrange(-days, 90), hours=random.randrange(12))
        made.append(_sample(series + number, start, ""))
    return made


def _series(number: int, begin: datetime) -> Sample:
    start = begin.replace(hour=7 + number % 12, minute=30 * (number % 2))
    rule = read_rrule(RULES[number % len(RULES)], start)
    # A first day that does not fit its rule is an occurrence to some, and none to others.
    start = datetime.combine(first_day(rule, start.date()), start.timetz())
    return _sample(number, start, to_rrule(rule, start))


def _sample(number: int, start: datetime, rrule: str) -> Sample:
    minutes = 30 + 15 * (number % 5)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZONE)
    content = EventContent(
        title=f"Event {number}",
        when=Timed(start, end),
        place=f"Room {number % 7}",
        rule=read_rrule(rrule, start) if rrule else None,
    )
    event = Event(
        id=EventId(f"e{number}"),
        book=BookId("b"),
        content=content,
        created_by=AUTHOR,
        created_at=start,
        updated_by=AUTHOR,
        updated_at=start,
    )
    return Sample(event, start, minutes, rrule)
