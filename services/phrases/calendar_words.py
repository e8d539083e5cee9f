"""Calendars as such in words: which there are, a new one, settings, members, holidays.

``calendars``, ``new calendar Travel``, ``settings Travel``, ``rename calendar Travel to Trips``,
``members``, ``holidays Germany, Denmark``, ``my settings``. The commands and their phrases, in the
shape of :mod:`services.phrases.table`'s table, which takes them in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.model.books import BookKind
from services.phrases.asker import Asker
from services.phrases.renaming import old_and_new
from services.phrases.rests import briefly, unquoted

__all__ = [
    "CALENDAR_PHRASES",
    "CalendarCommand",
    "NewCalendar",
    "RenameCalendar",
    "ShowCalendars",
    "ShowHolidays",
    "ShowMembers",
    "ShowPreferences",
    "ShowSettings",
]


@dataclass(frozen=True, slots=True)
class ShowCalendars:
    """Which calendars or contact lists are there in this place?"""

    kind: BookKind


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """Make one more calendar or contact list here, perhaps with a name already."""

    kind: BookKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class RenameCalendar:
    """Call a calendar something else."""

    kind: BookKind
    new: str
    old: str = ""
    """Empty = the first one of the place."""


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """How is a calendar set up?"""

    name: str = ""
    """Of the calendar; empty = the first one of the place."""


@dataclass(frozen=True, slots=True)
class ShowMembers:
    """Who may do what?"""

    name: str = ""
    """Of the calendar; empty = the first one of the place."""


@dataclass(frozen=True, slots=True)
class ShowHolidays:
    """Which holidays does a calendar show?"""

    places: tuple[str, ...] = ()
    """Countries and regions to show as well, as they were written."""


@dataclass(frozen=True, slots=True)
class ShowPreferences:
    """In which zone and language am I answered?"""


CalendarCommand = (
    ShowCalendars
    | NewCalendar
    | RenameCalendar
    | ShowSettings
    | ShowMembers
    | ShowHolidays
    | ShowPreferences
)
Reader = Callable[[str, Asker], CalendarCommand | None]

_LEADING = re.compile(r"^(?:(?:for|of|in|the|called|named|calendar|list|:|-)(?:\s+|$))+", re.I)
_PARTS = re.compile(r"\s*[,;+]\s*")


def _new(kind: BookKind) -> Reader:
    return lambda rest, _: NewCalendar(kind, _name(rest))


def _rename(kind: BookKind) -> Reader:
    def read(rest: str, asker: Asker) -> CalendarCommand | None:
        names = old_and_new(rest, asker)
        return RenameCalendar(kind, unquoted(names[1]), _name(names[0])) if names else None

    return read


def _settings(rest: str, _asker: Asker) -> CalendarCommand:
    return ShowSettings(_name(rest))


def _members(rest: str, _asker: Asker) -> CalendarCommand:
    return ShowMembers(_name(rest))


def _holidays(rest: str, _asker: Asker) -> CalendarCommand:
    places = (unquoted(each) for each in _PARTS.split(_LEADING.sub("", rest)))
    return ShowHolidays(tuple(filter(None, places)))


def _name(rest: str) -> str:
    return unquoted(_LEADING.sub("", rest))


CALENDAR_PHRASES: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (
        (
            *("calendars", "show calendars", "list calendars", "all calendars", "my calendars"),
            *("which calendars", "archived calendars"),
        ),
        briefly(ShowCalendars(BookKind.CALENDAR)),
    ),
    (
        ("contact lists", "show contact lists", "list contact lists", "my contact lists"),
        briefly(ShowCalendars(BookKind.CONTACTS)),
    ),
    (
        ("new calendar", "add calendar", "create calendar", "add a calendar", "create a calendar"),
        _new(BookKind.CALENDAR),
    ),
    (
        ("new contact list", "add contact list", "create contact list", "add a contact list"),
        _new(BookKind.CONTACTS),
    ),
    (
        ("rename calendar", "rename the calendar", "rename this calendar"),
        _rename(BookKind.CALENDAR),
    ),
    (("rename contact list", "rename the contact list"), _rename(BookKind.CONTACTS)),
    (
        ("settings", "calendar settings", "show settings", "set up calendar", "set up"),
        _settings,
    ),
    (
        (
            *("members", "rights", "permissions", "roles", "show members", "show rights"),
            *("who may do what", "who may edit", "who can edit", "owners"),
        ),
        _members,
    ),
    (
        (
            *("holidays", "public holidays", "show holidays", "add holidays", "add holidays of"),
            "bank holidays",
        ),
        _holidays,
    ),
    (
        (
            *("my settings", "preferences", "my preferences", "my time zone", "my timezone"),
            *("my language", "my zone"),
        ),
        briefly(ShowPreferences()),
    ),
)
"""English; the first of each is the one that is offered."""
