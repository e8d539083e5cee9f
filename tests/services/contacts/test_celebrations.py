"""On which days birthdays are, from year to year."""

from __future__ import annotations

from datetime import date

from services.contacts.celebrations import as_events, as_marks, celebrated_in, celebrations
from services.model.books import BookId
from services.model.recurrence import days
from services.model.settings import Marked
from services.model.times import AllDay
from tests._builders import a_contact

ADA = a_contact(name="Ada", birthday=date(1985, 12, 31), anniversary=date(2024, 1, 1))
LEAP = a_contact(name="Leap", birthday=date(2004, 2, 29))
NOBODY_KNOWS = a_contact(name="Eve", birthday=date(1604, 12, 31))


def test_a_window_over_new_year_holds_both_years() -> None:
    found = celebrations(celebrated_in([ADA, NOBODY_KNOWS]), date(2026, 12, 31), date(2027, 1, 1))
    assert [(each.day, each.of.name, each.years) for each in found] == [
        (date(2026, 12, 31), "Ada", 41),
        (date(2026, 12, 31), "Eve", None),
        (date(2027, 1, 1), "Ada", 3),
    ]
    assert [mark.name for mark in as_marks(found)] == [
        "\N{BIRTHDAY CAKE} Ada (41)",
        "\N{BIRTHDAY CAKE} Eve",
        "\N{PARTY POPPER} Ada (3)",
    ]


def test_a_29_february_is_the_28th_in_other_years_and_in_other_programs() -> None:
    those = celebrated_in([LEAP])
    found = celebrations(those, date(2026, 1, 1), date(2028, 12, 31))
    assert [each.day for each in found] == [
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    [event] = as_events(those, BookId("list-1"), date(2026, 1, 1))
    when = event.content.when
    assert isinstance(when, AllDay) and event.content.rule is not None
    assert list(days(event.content.rule, when.start, date(2026, 1, 1), date(2028, 12, 31))) == [
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_nothing_is_celebrated_before_it_began() -> None:
    those = celebrated_in([ADA])
    assert celebrations(those, date(1980, 1, 1), date(1985, 12, 30)) == []
    assert those[1].what is Marked.ANNIVERSARY
