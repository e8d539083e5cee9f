"""Calendars and events to fill both stores with: always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from services.model.books import Book, BookId, BookKind
from services.model.events import Author, Event, EventContent, EventId
from services.model.identity import ObjectId, Person, PersonHome, TenantId
from services.model.times import Timed

__all__ = ["BEGIN", "DAYS", "LARGE", "USUAL", "a_book", "an_event", "events_of", "month"]

USUAL = 900
"""Events of a usual calendar, over three years."""
LARGE = 100_000
"""Events of a very full one: some 2,800 in a month."""
DAYS = 3 * 365
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
TENANT = TenantId("11111111-2222-3333-4444-555555555555")
ZONE = ZoneInfo("Europe/Berlin")
TEXT = "We go through what is open, what is late and what comes next. Please bring your numbers. "
WORDS = (
    "Budget",
    "Review",
    "Lunch",
    "Planning",
    "Interview",
    "Release",
    "Workshop",
    "Retrospective",
)


def a_book(number: int) -> Book:
    """Return a calendar; number -1 is the very full one."""
    person = Person(TENANT, ObjectId(f"00000000-0000-0000-0000-{number % 10**12:012}"))
    return Book(
        id=BookId(f"calendar-{number}"),
        kind=BookKind.CALENDAR,
        tenant=TENANT,
        home=PersonHome(person),
        name="",
        zone=ZONE,
        created_at=BEGIN,
    )


def an_event(book: Book, number: int) -> Event:
    """Return one event of a calendar."""
    author = Author(Person(TENANT, ObjectId("99999999-0000-0000-0000-000000000000")), "Ines Diaz")
    chance = Random(f"{book.id}/{number}")
    day = BEGIN + timedelta(days=chance.randrange(DAYS), minutes=15 * chance.randrange(28, 76))
    start = day.replace(tzinfo=ZONE)
    return Event(
        id=EventId(f"{number:032x}"),
        book=book.id,
        content=EventContent(
            title=f"{chance.choice(WORDS)} with {chance.choice(WORDS)} {number}",
            when=Timed(start, start + timedelta(minutes=15 * chance.randrange(1, 9))),
            place=f"Room {chance.randrange(400)}",
            text=TEXT * chance.randrange(4),
            reminder_minutes=15,
        ),
        created_by=author,
        created_at=BEGIN,
        updated_by=author,
        updated_at=BEGIN,
    )


def events_of(book: Book, count: int) -> Iterator[Event]:
    """Yield a calendar's first events."""
    return (an_event(book, number) for number in range(count))


def month(number: int) -> tuple[datetime, datetime]:
    """Return 31 days somewhere in the three years."""
    start = BEGIN + timedelta(days=number * 37 % (DAYS - 31))
    return start, start + timedelta(days=31)
