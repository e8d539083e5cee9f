"""How a calendar looks and counts its days: what its owners set, for everybody who reads it.

A person's own zone and language are theirs (:mod:`services.model.preferences`). Each field has the
default of a calendar that nobody has touched, so what was stored before it was thought of is still
read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.model.recurrence import Weekday

__all__ = [
    "WORKDAYS",
    "BookSettings",
    "Color",
    "Holiday",
    "HolidaySet",
    "Marked",
    "Profile",
    "View",
]

WORKDAYS = (
    Weekday.MONDAY,
    Weekday.TUESDAY,
    Weekday.WEDNESDAY,
    Weekday.THURSDAY,
    Weekday.FRIDAY,
)


class View(StrEnum):
    """How a calendar is shown when nobody says how."""

    AGENDA = "agenda"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Color(StrEnum):
    """By what a calendar is told from the others of its place."""

    NONE = "none"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PURPLE = "purple"
    BROWN = "brown"
    BLACK = "black"


@dataclass(frozen=True, slots=True, order=True)
class HolidaySet:
    """The public holidays of a country, or of one region of it."""

    country: str
    """ISO 3166-1, two capitals."""
    region: str = ""
    """The part of ISO 3166-2 behind the country, as ``BY`` of ``DE-BY``; empty = the whole."""


class Marked(StrEnum):
    """Why a day is marked that nobody has put an event on."""

    OFF = "off"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day off, by its name; or a day of somebody's, which is no day off."""

    day: date
    name: str
    """In the language that it was asked for, or as somebody wrote it."""
    what: Marked = Marked.OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSettings:
    """What one calendar is like."""

    color: Color = Color.NONE
    view: View = View.AGENDA
    first_weekday: Weekday | None = None
    """Where a week begins; ``None`` = where the reader's language has it."""
    week_numbers: bool = False
    """Whether weeks bear their ISO numbers."""
    weekends: bool = True
    """Whether days that are no business days are shown in a week and a month."""
    business_days: tuple[Weekday, ...] = WORKDAYS
    """In the order of the week; at least one."""
    opens: int = 9 * 60
    """Minutes after midnight, in the calendar's zone."""
    closes: int = 17 * 60
    """Minutes after midnight, later than ``opens``; 1440 = the end of the day."""
    reminder_minutes: int | None = 15
    """What a new event begins with; ``None`` = no reminder."""
    holidays: tuple[HolidaySet, ...] = ()
    """Sorted, each once."""
    own_holidays: tuple[Holiday, ...] = ()
    """Days off of the team's own, sorted."""
    celebrations: bool = False
    """Of a contact list: whether the calendars of its place show its birthdays."""

    @property
    def opens_at(self) -> time:
        """When business begins, on the clock."""
        return time(*divmod(self.opens, 60))

    @property
    def closes_at(self) -> time:
        """When business ends, on the clock; the last minute for the end of the day."""
        return time(*divmod(min(self.closes, 24 * 60 - 1), 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that an owner chooses about a calendar or contact list, as a form holds it."""

    name: str
    """Empty = that of its place."""
    zone: ZoneInfo
    """In which posts that many read show their times."""
    language: str
    """In which they are written."""
    settings: BookSettings = field(default_factory=BookSettings)
