"""The cards of calendars as such, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from cards.action import ALL
from cards.books.calendar_actions import (
    CalendarCloneYes,
    CalendarCreate,
    CalendarSave,
    HolidaysSave,
    MembersSave,
    MembersShow,
)
from cards.books.calendar_settings import settings_form
from cards.books.calendar_values import Field, profile_values
from cards.books.calendars import calendars_card, one_calendar
from cards.books.clone_form import clone_form, clone_values, copied_card
from cards.books.holidays_form import ADD, Country, holiday_values, holidays_form
from cards.books.members import Row, members_card
from cards.books.members_form import member_values, members_form
from cards.elements import Card
from cards.events.event_actions import AgendaShow, EventCreate
from cards.events.event_form import blank_values, event_form
from cards.form import Mode
from cards.people.preferences import preference_values, preferences_form
from cards.viewer import Everyone, Viewer
from cards.views.calendar import calendar_card
from services.model.access import Access, Grant, Role
from services.model.access import Mode as Sharing
from services.model.books import Book, BookId, BookKind
from services.model.errors import Problem, Wrong
from services.model.events import Occurrence
from services.model.preferences import Preferences
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, Color, Holiday, HolidaySet, View
from tests._builders import (
    BERLIN,
    NEW_YORK,
    a_book,
    a_contact_list,
    a_person,
    a_person_home,
    all_day,
    an_event,
    timed,
)

__all__ = ["FIELDS", "calendar_samples"]

OWNER = Viewer(BERLIN, "en", Role.OWNER)
READER = Viewer(NEW_YORK, "en-US", Role.READER)
TODAY = date(2026, 12, 23)
SETTINGS = BookSettings(
    color=Color.BLUE,
    view=View.MONTH,
    first_weekday=Weekday.MONDAY,
    week_numbers=True,
    opens=8 * 60 + 30,
    closes=16 * 60,
    holidays=(HolidaySet("DE", "BY"), HolidaySet("DK")),
    own_holidays=(Holiday(date(2026, 12, 24), "Harbour closed"),),
)
TEAM = a_book(name="Harbour design", settings=SETTINGS)
TRAVEL = a_book(
    id=BookId("book-2"), name="Travel", settings=BookSettings(color=Color.GREEN, view=View.WEEK)
)
OLD = replace(TRAVEL, id=BookId("book-3"), name="Fair of 2025", archived=True, retired=True)
OWN = a_book(id=BookId("book-4"), name="Your calendar", home=a_person_home())
CUSTOM = replace(
    TEAM,
    access=Access(
        mode=Sharing.CUSTOM,
        others=Role.CONTRIBUTOR,
        guests=Role.READER,
        grants=(Grant(a_person("tom"), Role.EDITOR),),
    ),
)
ROWS = [
    Row(a_person("ines"), "Ines Moreau", Role.OWNER, is_named=False, is_guest=False),
    Row(a_person("tom"), "Tom Okafor", Role.EDITOR, is_named=True, is_guest=False),
    Row(a_person("priya"), "Priya Nair", Role.CONTRIBUTOR, is_named=False, is_guest=False),
    Row(a_person("gus"), "Gus Brandt", Role.READER, is_named=False, is_guest=True),
]
GERMANY = Country("DE", "Germany", {"BY": "Bayern", "BE": "Berlin", "HH": "Hamburg"})
DENMARK = Country("DK", "Denmark", {})
OFF = (
    Holiday(date(2026, 12, 24), "Harbour closed"),
    Holiday(date(2026, 12, 25), "Christmas Day (DE-BY, DK)"),
    Holiday(date(2026, 12, 26), "Second Day of Christmas (DE-BY, DK)"),
)
FIELDS = (
    *(value for name, value in vars(Field).items() if name.isupper()),
    *("holidays_more", "own_holidays", "who_writes", "what_others_may", "what_guests_may"),
    *("copy_items", "copy_rights", "own_zone", "own_language", "in_book"),
)


def shown(title: str, book: Book, when: str) -> Occurrence:
    event = an_event(title=title, book=book.id, when=timed(when))
    return Occurrence.of(event)


def together(view: View) -> Card:
    """Two calendars of a place and their holidays, in a view."""
    fair = an_event(title="Winter market", book=TRAVEL.id, when=all_day("2026-12-26", 2))
    found = [
        shown("Lunch with Ines", TEAM, "2026-12-23T12:30"),
        shown("Flight to Aarhus", TRAVEL, "2026-12-23T17:10"),
        Occurrence.of(fair),
    ]
    asked = AgendaShow(ALL, date(2026, 12, 23), view=None if view is View.AGENDA else view.value)
    place = replace(TEAM, name="Harbour · Launch")
    return calendar_card(
        found, asked, place, OWNER, today=TODAY, calendars=[TEAM, TRAVEL], holidays=OFF
    )


def settings(book: Book = TEAM, *problems: Problem, mode: Mode = Mode.CHAT) -> Card:
    values = profile_values(book.profile)
    if problems:
        values |= {Field.CLOSES: "07:00", Field.ZONE: "Europe/Narnia"}
    save = CalendarSave(book.id, "7")
    return settings_form(save, book.kind, values, OWNER, problems=problems, mode=mode)


def calendar_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    bad = replace(TEAM, name=hostile)
    wide = replace(TRAVEL, name=long)
    return {
        "calendars": lambda: calendars_card([TEAM, TRAVEL, OLD], BookKind.CALENDAR, OWNER),
        "calendars-post": lambda: calendars_card([TEAM, TRAVEL], BookKind.CALENDAR, Everyone(TEAM)),
        "calendars-own": lambda: calendars_card(
            [OWN], BookKind.CALENDAR, OWNER, said="“Gym” is new here."
        ),
        "calendars-hostile": lambda: calendars_card([bad, wide], BookKind.CALENDAR, READER),
        "contact-lists": lambda: calendars_card(
            [a_contact_list(name="Press")], BookKind.CONTACTS, READER, may_make=False
        ),
        "one-calendar": lambda: one_calendar(TEAM, OWNER, held=214, said="Saved."),
        "one-calendar-reader": lambda: one_calendar(CUSTOM, READER, held=1),
        "one-calendar-holidays": lambda: one_calendar(
            replace(TRAVEL, settings=BookSettings(holidays=(HolidaySet("DK"),))), OWNER, held=2
        ),
        "one-calendar-archived": lambda: one_calendar(OLD, OWNER, held=12),
        "one-calendar-closed": lambda: one_calendar(replace(TEAM, archived=True), OWNER, held=0),
        "one-calendar-own": lambda: one_calendar(OWN, OWNER, held=3),
        "one-calendar-hostile": lambda: one_calendar(bad, OWNER, held=0),
        "one-contact-list": lambda: one_calendar(a_contact_list(name="Press"), OWNER, held=81),
        "settings": settings,
        "settings-wrong": lambda: settings(
            TEAM,
            Problem(Field.CLOSES, Wrong.ENDS_BEFORE_START),
            Problem(Field.ZONE, Wrong.UNKNOWN_ZONE),
            Problem(Field.DAYS, Wrong.MISSING),
        ),
        "settings-dialog": lambda: settings(TRAVEL, mode=Mode.DIALOG),
        "settings-contacts": lambda: settings(a_contact_list(name="Press")),
        "settings-new": lambda: settings_form(
            CalendarCreate("calendar", "f1"),
            BookKind.CALENDAR,
            profile_values(replace(OWN.profile, name="Travel", language="de-DE")),
            OWNER,
        ),
        "members": lambda: members_card(CUSTOM, ROWS, MembersShow(TEAM.id), OWNER, said="Saved."),
        "members-reader": lambda: members_card(TEAM, ROWS, MembersShow(TEAM.id), READER),
        "members-many": lambda: members_card(
            TEAM,
            [replace(ROWS[1], name=f"Tom {n}", person=a_person(f"tom{n}")) for n in range(30)],
            MembersShow(TEAM.id, 1),
            OWNER,
        ),
        "members-form": lambda: members_form(
            CUSTOM, ROWS, MembersSave(TEAM.id, "7"), member_values(CUSTOM.access, ROWS), OWNER
        ),
        "members-form-last-owner": lambda: members_form(
            CUSTOM,
            [replace(ROWS[0], name=hostile), replace(ROWS[3], name="")],
            MembersSave(TEAM.id, "7"),
            member_values(CUSTOM.access, ROWS),
            OWNER,
            problems=[Problem("roles", Wrong.NOT_A_CHOICE)],
            mode=Mode.DIALOG,
            said="Somebody has to own this: please make somebody else an owner first.",
        ),
        "holidays": lambda: holidays_form(
            TEAM, [GERMANY, DENMARK], HolidaysSave(TEAM.id, "7"), holiday_values(SETTINGS), OWNER
        ),
        "holidays-wrong": lambda: holidays_form(
            TRAVEL,
            [],
            HolidaysSave(TRAVEL.id, "7"),
            {ADD: "Narnia", "own_holidays": "24.12. Closed"},
            OWNER,
            problems=[Problem("own_holidays", Wrong.NOT_A_DATE, 1)],
            said="No such country or region is known: Narnia.",
        ),
        "clone": lambda: clone_form(
            TEAM, 214, CalendarCloneYes(TEAM.id, "f1"), clone_values("Harbour design (copy)"), OWNER
        ),
        "clone-wrong": lambda: clone_form(
            a_contact_list(name="Press"),
            1,
            CalendarCloneYes(BookId("list-1"), "f1"),
            clone_values(""),
            OWNER,
            problems=[Problem("set_name", Wrong.MISSING)],
            with_rights=False,
        ),
        "copied": lambda: copied_card(TEAM, 1_204, Everyone(TEAM)),
        "copied-contacts": lambda: copied_card(a_contact_list(name="Press"), 81, OWNER),
        "preferences": lambda: preferences_form(preference_values(Preferences()), OWNER),
        "preferences-set": lambda: preferences_form(
            preference_values(Preferences(zone=NEW_YORK, language="en-US")),
            READER,
            problems=[Problem("own_zone", Wrong.UNKNOWN_ZONE)],
            mode=Mode.DIALOG,
        ),
        "event-form-choice": lambda: event_form(
            EventCreate(TEAM.id, "f1"),
            blank_values(_NOON, BERLIN),
            TEAM,
            OWNER,
            beside=[TEAM, TRAVEL],
        ),
        "view-agenda-together": lambda: together(View.AGENDA),
        "view-day-together": lambda: together(View.DAY),
        "view-week-together": lambda: together(View.WEEK),
        "view-month-together": lambda: together(View.MONTH),
    }


_NOON = timed("2026-12-23T12:00").start
