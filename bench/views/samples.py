"""A full calendar: thousands of single events over three years, and hundreds of series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from bench.storage.samples import a_book, an_event
from services.model.books import Book
from services.model.events import Event, EventId
from services.model.identity import ObjectId, Person
from services.model.recurrence import Pattern, Rule, Week, Weekday

__all__ = ["BOOK", "OWNER", "full_calendar"]

BOOK: Book = a_book(7)
OWNER = Person(BOOK.tenant, ObjectId(f"00000000-0000-0000-0000-{7:012}"))
UNTIL = (None, date(2026, 12, 31), date(2029, 6, 30))


def full_calendar(events: int, series: int) -> Iterator[Event]:
    """Yield single events, and series of every kind: some end, some never do."""
    yield from (an_event(BOOK, number) for number in range(events))
    for number in range(series):
        event = an_event(BOOK, number)
        rule = _rule(number, event.content.when.start.month)
        content = replace(event.content, rule=rule, title=f"Series {number}")
        yield replace(event, id=EventId(f"series{number}"), content=content)


def _rule(number: int, month: int) -> Rule:
    """Return the rule of a series: most are weekly, as in a team's calendar."""
    chance = Random(number)
    until, interval = chance.choice(UNTIL), chance.choice((1, 1, 2))
    weekday = Weekday(number % 5)
    match number % 20:
        case 0:
            return Rule(pattern=Pattern.DAILY, interval=interval, until=until)
        case 1 | 11:
            return Rule(pattern=Pattern.MONTHLY_BY_WEEKDAY, weekdays=(weekday,), week=Week.SECOND)
        case 2 | 12:
            return Rule(pattern=Pattern.YEARLY_BY_DAY, day=12, month=month)
        case 3 | 13:
            days = (Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY)
            return Rule(pattern=Pattern.WEEKLY, weekdays=days, until=until)
        case _:
            return Rule(pattern=Pattern.WEEKLY, weekdays=(weekday,), interval=interval, until=until)
