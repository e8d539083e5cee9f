"""The forms of calendars as such: what they read, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.books.calendar_actions import CalendarNew, MembersShow
from cards.books.calendar_settings import language_name
from cards.books.calendar_values import Field, profile_values, read_profile, typed_profile
from cards.books.clone_form import clone_values, read_clone, typed_clone
from cards.books.holidays_form import Country, holiday_values, read_holidays, typed_holidays
from cards.books.members_form import input_of, member_values, read_members
from cards.people.preferences import preference_values, read_preferences, typed_preferences
from services.model.access import Access, Role
from services.model.access import Mode as Sharing
from services.model.books import BookKind
from services.model.errors import InvalidInput, Problem, Wrong
from services.model.preferences import Preferences
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, Color, Holiday, HolidaySet, Profile, View
from tests._builders import BERLIN, NEW_YORK, a_person

CALENDAR = BookKind.CALENDAR
PROFILE = Profile(name="Travel", zone=BERLIN, language="en-GB")
DAYS = st.lists(st.sampled_from(Weekday), min_size=1, unique=True).map(lambda d: tuple(sorted(d)))
SETTINGS = st.builds(
    BookSettings,
    color=st.sampled_from(Color),
    view=st.sampled_from(View),
    first_weekday=st.none() | st.sampled_from(Weekday),
    week_numbers=st.booleans(),
    weekends=st.booleans(),
    business_days=DAYS,
    opens=st.integers(0, 719),
    closes=st.integers(720, 1440),
    reminder_minutes=st.none() | st.integers(0, 40_000),
)


@given(SETTINGS)
def test_settings_come_back_from_a_form_as_they_went_in(settings: BookSettings) -> None:
    profile = replace(PROFILE, settings=settings, language="tlh")
    assert read_profile(profile_values(profile), profile, CALENDAR) == profile


def test_what_a_form_does_not_say_stays_as_it_was() -> None:
    kept = replace(PROFILE, settings=BookSettings(first_weekday=Weekday.SUNDAY, opens=400))
    data = {Field.NAME: "Travel", Field.DAYS: "0,1,2,3,4"}
    assert read_profile(data, kept, CALENDAR) == kept


def test_business_may_end_with_the_day() -> None:
    late = replace(PROFILE, settings=BookSettings(closes=24 * 60))
    assert profile_values(late)[Field.CLOSES] == "00:00"
    assert read_profile(profile_values(late), PROFILE, CALENDAR) == late


def test_a_contact_list_has_no_days_to_set() -> None:
    data = {Field.NAME: "Press", Field.COLOR: "red", Field.DAYS: "", Field.OPENS: "25:00"}
    read = read_profile(data, PROFILE, BookKind.CONTACTS)
    assert (read.name, read.settings) == ("Press", BookSettings(color=Color.RED))


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        (Field.NAME, "x" * 101, Wrong.TOO_LONG),
        (Field.COLOR, "mauve", Wrong.NOT_A_CHOICE),
        (Field.VIEW, "year", Wrong.NOT_A_CHOICE),
        (Field.FIRST_WEEKDAY, "7", Wrong.NOT_A_CHOICE),
        (Field.DAYS, "", Wrong.MISSING),
        (Field.DAYS, "0,9", Wrong.NOT_A_CHOICE),
        (Field.OPENS, "noon", Wrong.NOT_A_TIME),
        (Field.CLOSES, "06:00", Wrong.ENDS_BEFORE_START),
        (Field.ZONE, "Europe/Narnia", Wrong.UNKNOWN_ZONE),
        (Field.LANGUAGE, "tlh", Wrong.NOT_A_CHOICE),
        (Field.REMINDER, "7", Wrong.NOT_A_CHOICE),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: str, wrong: Wrong) -> None:
    data = profile_values(PROFILE) | {name: value}
    with pytest.raises(InvalidInput) as caught:
        read_profile(data, PROFILE, CALENDAR)
    assert [(p.field, p.wrong) for p in caught.value.problems] == [(name, wrong)]
    assert typed_profile(data)[name] == value


def test_languages_call_themselves_by_their_names() -> None:
    assert language_name("de-CH") == "Deutsch (Schweiz)"
    assert language_name("xx-YY") == "xx-YY"
    assert language_name("../..") == "../.."


def test_roles_by_name_are_read_with_who_they_are_for() -> None:
    tom, ines = a_person("tom"), a_person("ines")
    data = {
        "who_writes": "custom",
        "what_others_may": "contributor",
        "what_guests_may": "reader",
        input_of(tom): "owner",
        input_of(ines): "none",
        "etag": "7",
    }
    mode, others, guests, roles = read_members(data, Access())
    assert (mode, others, guests) == (Sharing.CUSTOM, Role.CONTRIBUTOR, Role.READER)
    assert roles == {tom: Role.OWNER, ines: None}


def test_a_form_without_rules_keeps_those_there_are() -> None:
    access = Access(mode=Sharing.OWNERS, others=Role.EDITOR, guests=Role.CONTRIBUTOR)
    assert read_members({}, access) == (Sharing.OWNERS, Role.EDITOR, Role.CONTRIBUTOR, {})
    assert member_values(access, [])["who_writes"] == "owners"


@pytest.mark.parametrize(
    "data",
    [{"who_writes": "nobody"}, {"what_others_may": "king"}, {input_of(a_person()): "king"}],
)
def test_a_role_that_is_none_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        read_members(data, Access())


@pytest.mark.slow
@given(
    st.frozensets(
        st.builds(
            Holiday,
            st.dates(date(2026, 1, 1), date(2026, 3, 1)),
            st.sampled_from(("Closed", "Winter break", "Founders' day")),
        ),
        max_size=12,
    ),
    st.frozensets(
        st.builds(HolidaySet, st.sampled_from(("DE", "US")), st.sampled_from(("", "BY", "CA")))
    ),
)
def test_holidays_come_back_from_a_form_as_they_went_in(
    own: frozenset[Holiday], sets: frozenset[HolidaySet]
) -> None:
    settings = BookSettings(holidays=tuple(sorted(sets)), own_holidays=tuple(sorted(own)))
    values = holiday_values(settings)
    read = read_holidays(values)
    assert sorted(read.own) == sorted(own)
    assert set(read.sets) == sets
    assert typed_holidays(values) == values


def test_names_to_add_are_parted_by_commas_and_lines() -> None:
    assert read_holidays({"holidays_more": " Germany, Denmark;\nBayern "}).more == (
        *("Germany", "Denmark", "Bayern"),
    )
    assert Country("DE", "Germany", {}).regions == {}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Closed", Wrong.NOT_A_DATE),
        ("2026-13-01 Closed", Wrong.NOT_A_DATE),
        ("2026-12-24", Wrong.NOT_A_DATE),
        ("2026-12-26 to 2026-12-24 Break", Wrong.ENDS_BEFORE_START),
        ("2026-01-01 to 2026-12-31 Sabbatical", Wrong.ENDS_BEFORE_START),
    ],
)
def test_a_line_that_is_no_day_off_is_named(line: str, wrong: Wrong) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_holidays({"own_holidays": f"2026-01-02 Fine\n\n{line}"})
    assert caught.value.problems == (Problem("own_holidays", wrong, 3),)


def test_a_copy_needs_a_name() -> None:
    data = clone_values("Travel (copy)") | {"copy_rights": "false"}
    read = read_clone(data)
    assert (read.name, read.items, read.rights) == ("Travel (copy)", True, False)
    with pytest.raises(InvalidInput):
        read_clone(typed_clone(data | {"set_name": " "}))


def test_ones_own_settings_are_read_and_taken_back() -> None:
    own = Preferences(zone=NEW_YORK, language="de-DE")
    assert read_preferences(preference_values(own), Preferences()) == own
    assert read_preferences(preference_values(Preferences()), own) == Preferences()
    assert read_preferences({}, own) == Preferences()
    for name, value in (("own_zone", "Europe/Narnia"), ("own_language", "tlh")):
        with pytest.raises(InvalidInput):
            read_preferences(typed_preferences({name: value}), own)


def test_buttons_of_no_kind_and_pages_of_no_end_are_refused() -> None:
    with pytest.raises(ValueError):
        CalendarNew("spreadsheet")
    with pytest.raises(ValueError):
        MembersShow(page=-1)
    with pytest.raises(ValueError):
        MembersShow(who="x" * 101)
