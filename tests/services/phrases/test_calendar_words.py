"""What people say about calendars as such."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.model.books import BookKind
from services.model.settings import View
from services.phrases import (
    Command,
    DeleteBook,
    NewCalendar,
    RenameCalendar,
    ShowAgenda,
    ShowCalendars,
    ShowHolidays,
    ShowMembers,
    ShowPreferences,
    ShowSettings,
    Unknown,
    read,
)
from tests._builders import BERLIN

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CALENDAR, CONTACTS = BookKind.CALENDAR, BookKind.CONTACTS


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("calendars", ShowCalendars(CALENDAR)),
        ("Show calendars please", ShowCalendars(CALENDAR)),
        ("contact lists", ShowCalendars(CONTACTS)),
        ("new calendar", NewCalendar(CALENDAR)),
        ("new calendar called Travel plans", NewCalendar(CALENDAR, "Travel plans")),
        ("add a calendar “Trips”", NewCalendar(CALENDAR, "Trips")),
        ("new contact list Press", NewCalendar(CONTACTS, "Press")),
        ("rename calendar to Trips", RenameCalendar(CALENDAR, "Trips")),
        ("rename calendar Travel to Trips", RenameCalendar(CALENDAR, "Trips", "Travel")),
        (
            "rename calendar Travel plans to Way to go",
            RenameCalendar(CALENDAR, "Way to go", "Travel plans"),
        ),
        ("rename contact list Press to Media", RenameCalendar(CONTACTS, "Media", "Press")),
        ("settings", ShowSettings()),
        ("settings of Travel", ShowSettings("Travel")),
        ("members", ShowMembers()),
        ("rights in Travel", ShowMembers("Travel")),
        ("who may do what?", ShowMembers()),
        ("holidays", ShowHolidays()),
        ("holidays of Germany, Denmark; Bavaria", ShowHolidays(("Germany", "Denmark", "Bavaria"))),
        (
            "holidays Bosnia and Herzegovina",
            ShowHolidays(("Bosnia and Herzegovina",)),
        ),
        ("my settings", ShowPreferences()),
        ("my time zone", ShowPreferences()),
        ("delete calendar", DeleteBook(CALENDAR)),
        ("delete calendar Travel plans", DeleteBook(CALENDAR, "Travel plans")),
    ],
)
def test_calendars_are_spoken_of(said: str, meant: Command) -> None:
    assert read(said, NOW, BERLIN) == meant


@pytest.mark.parametrize(
    ("said", "first", "last", "view", "calendar"),
    [
        ("agenda in Travel", TODAY, date(2026, 11, 26), View.AGENDA, "Travel"),
        ("week in Travel 24 december", *(date(2026, 12, 24),) * 2, View.WEEK, "Travel"),
        (
            "agenda tomorrow in Travel plans",
            *(date(2026, 11, 21),) * 2,
            View.AGENDA,
            "Travel plans",
        ),
        ("month in the Travel", TODAY, TODAY, View.MONTH, "Travel"),
        (
            "agenda in Trips abroad tomorrow",
            *(date(2026, 11, 21),) * 2,
            View.AGENDA,
            "Trips abroad",
        ),
        ("agenda in december", date(2026, 12, 1), date(2026, 12, 31), View.AGENDA, ""),
    ],
)
def test_an_agenda_may_be_of_one_calendar(
    said: str, first: date, last: date, view: View, calendar: str
) -> None:
    assert read(said, NOW, BERLIN) == ShowAgenda(first, last, view, calendar=calendar)


@pytest.mark.parametrize("said", ["in trouble", "rename it", "calendars are what we talk of here"])
def test_other_sentences_are_not_taken_for_it(said: str) -> None:
    assert isinstance(read(said, NOW, BERLIN), Unknown)
