"""What a calendar is like: its defaults, and that older records are still read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import msgspec

from services.model.access import Access, Grant, Mode, Role
from services.model.books import Book
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, Color, Holiday, HolidaySet, View
from services.storage.codec import decode, encode
from tests._builders import a_book, a_person

MARA, DAN = a_person("mara"), a_person("dan")

FULL = BookSettings(
    color=Color.PURPLE,
    view=View.MONTH,
    first_weekday=Weekday.SUNDAY,
    week_numbers=True,
    weekends=False,
    business_days=(Weekday.SUNDAY, Weekday.MONDAY),
    opens=7 * 60 + 30,
    closes=24 * 60,
    reminder_minutes=10,
    holidays=(HolidaySet("DE", "BY"), HolidaySet("US")),
    own_holidays=(Holiday(date(2026, 12, 24), "Company closed"),),
)


def test_a_book_of_yesterday_has_the_defaults_of_today() -> None:
    written = msgspec.json.decode(encode(a_book(settings=FULL)))
    for new in ("settings", "access", "retired"):
        written.pop(new, None)
    old = decode(Book, msgspec.json.encode(written))
    assert old.settings == BookSettings()
    assert old.access == Access()
    assert not old.retired


def test_settings_and_rights_come_back_as_they_were_written() -> None:
    access = Access(
        mode=Mode.CUSTOM,
        others=Role.CONTRIBUTOR,
        guests=Role.READER,
        grants=(Grant(MARA, Role.OWNER), Grant(DAN, Role.READER)),
        owners_named=True,
    )
    book = a_book(settings=FULL, access=access, archived=True, retired=True)
    assert decode(Book, encode(book)) == book


def test_business_hours_are_times_on_the_clock() -> None:
    assert FULL.opens_at == time(7, 30)
    assert FULL.closes_at == time(23, 59)
    assert BookSettings().closes_at == time(17)


def test_a_role_is_looked_up_by_person() -> None:
    access = Access(grants=(Grant(MARA, Role.OWNER), Grant(DAN, Role.READER)))
    assert access.of(DAN) == Grant(DAN, Role.READER)
    assert Access().of(MARA) is None


def test_each_mode_says_what_a_member_has() -> None:
    access = Access(others=Role.CONTRIBUTOR)
    found = {mode: replace(access, mode=mode).everybody for mode in Mode}
    assert found == {
        Mode.EVERYBODY: Role.EDITOR,
        Mode.OWNERS: Role.READER,
        Mode.CUSTOM: Role.CONTRIBUTOR,
    }
