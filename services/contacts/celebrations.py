"""Birthdays and anniversaries of contacts: on which days they are, computed and never stored. Pure.

Who is born on a 29 February celebrates on the 28th in a year that has none. The year 1604 stands
for one that nobody knows: then there is a day, and no age.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from services.model.books import BookId
from services.model.celebrations import Celebrated, Celebration
from services.model.contacts import Contact
from services.model.events import Author, Event, EventContent, EventId, ShowAs
from services.model.recurrence import Pattern, Rule
from services.model.settings import Holiday, Marked
from services.model.times import AllDay

__all__ = ["as_events", "as_marks", "celebrated_in", "celebrations"]

SIGNS = {Marked.BIRTHDAY: "\N{BIRTHDAY CAKE}", Marked.ANNIVERSARY: "\N{PARTY POPPER}"}


def celebrated_in(contacts: Iterable[Contact]) -> tuple[Celebrated, ...]:
    """Return what some contacts celebrate."""
    return tuple(
        Celebrated(contact.id, contact.content.name, day, what)
        for contact in contacts
        for day, what in (
            (contact.content.birthday, Marked.BIRTHDAY),
            (contact.content.anniversary, Marked.ANNIVERSARY),
        )
        if day is not None
    )


def celebrations(those: Iterable[Celebrated], first: date, last: date) -> list[Celebration]:
    """Return what is celebrated from ``first`` to ``last``, both included, by day and name."""
    found = [
        Celebration(day, each)
        for each in those
        for year in range(first.year, last.year + 1)
        if first <= (day := _in_year(each.began, year)) <= last and day >= each.began
    ]
    return sorted(found, key=lambda one: (one.day, one.of.name.casefold(), one.of.contact))


def as_marks(found: Iterable[Celebration]) -> Iterator[Holiday]:
    """Yield celebrations as what a calendar shows beside its events."""
    for each in found:
        years = f" ({each.years})" if each.years else ""
        yield Holiday(each.day, f"{SIGNS[each.of.what]} {each.of.name}{years}", each.of.what)


def as_events(those: Iterable[Celebrated], book: BookId, since: date) -> Iterator[Event]:
    """Yield a series for each, for other calendar programs; from its year on, or ``since``."""
    for each in those:
        begins = _in_year(each.began, max(each.began.year, since.year))
        leaps = (each.began.month, each.began.day) == (2, 29)
        rule = (
            Rule(pattern=Pattern.MONTHLY_BY_DAYS, days=(-1,), months=(2,))
            if leaps
            else Rule(pattern=Pattern.YEARLY_BY_DAY, day=begins.day, month=begins.month)
        )
        made = datetime.combine(begins, datetime.min.time(), UTC)
        nobody = Author(None, "")
        yield Event(
            id=EventId(f"{each.what}-{each.contact}"),
            book=book,
            content=EventContent(
                title=f"{SIGNS[each.what]} {each.name}",
                when=AllDay(begins, begins + timedelta(days=1)),
                rule=rule,
                show_as=ShowAs.FREE,
                reminder_minutes=None,
            ),
            created_by=nobody,
            created_at=made,
            updated_by=nobody,
            updated_at=made,
        )


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # there is no 29 February
        return date(year, 2, 28)
