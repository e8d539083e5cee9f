"""What the buttons about calendars and contact lists as such carry; see :mod:`cards.action`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cards.action import HERE, Action
from services.model.books import BookId, BookKind

__all__ = [
    "CalendarArchive",
    "CalendarClone",
    "CalendarCloneYes",
    "CalendarCreate",
    "CalendarDelete",
    "CalendarEdit",
    "CalendarNew",
    "CalendarReopen",
    "CalendarSave",
    "CalendarShow",
    "CalendarsShow",
    "HolidaysEdit",
    "HolidaysSave",
    "MembersEdit",
    "MembersSave",
    "MembersShow",
    "PreferencesEdit",
    "PreferencesSave",
]

CALENDAR = BookKind.CALENDAR.value
MOST_PAGES = 1_000
MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class CalendarsShow(Action):
    """Show the calendars, or the contact lists, of the place."""

    verb: ClassVar[str] = "calendar.list"
    holds: str = CALENDAR
    """A :class:`BookKind`."""

    def __post_init__(self) -> None:
        BookKind(self.holds)


@dataclass(frozen=True, slots=True)
class CalendarNew(Action):
    """Open the form of one more calendar or contact list."""

    verb: ClassVar[str] = "calendar.new"
    holds: str = CALENDAR

    def __post_init__(self) -> None:
        BookKind(self.holds)


@dataclass(frozen=True, slots=True)
class CalendarCreate(Action):
    """Make the one of a form, once; ``form`` is the name that it got when it was drawn."""

    verb: ClassVar[str] = "calendar.create"
    holds: str
    form: str

    def __post_init__(self) -> None:
        BookKind(self.holds)


@dataclass(frozen=True, slots=True)
class CalendarShow(Action):
    """Show how one stands, and what can be done with it."""

    verb: ClassVar[str] = "calendar.show"
    book: BookId


@dataclass(frozen=True, slots=True)
class CalendarEdit(Action):
    """Open the form of its settings."""

    verb: ClassVar[str] = "calendar.settings"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class CalendarSave(Action):
    """Save its settings; ``etag`` is what it was when the form was opened."""

    verb: ClassVar[str] = "calendar.save"
    book: BookId
    etag: str


@dataclass(frozen=True, slots=True)
class CalendarArchive(Action):
    """Put it aside."""

    verb: ClassVar[str] = "calendar.archive"
    book: BookId


@dataclass(frozen=True, slots=True)
class CalendarReopen(Action):
    """Bring it back from the archive."""

    verb: ClassVar[str] = "calendar.reopen"
    book: BookId


@dataclass(frozen=True, slots=True)
class CalendarDelete(Action):
    """Ask whether to put all of it into the recycle bin."""

    verb: ClassVar[str] = "calendar.delete"
    book: BookId


@dataclass(frozen=True, slots=True)
class CalendarClone(Action):
    """Open the form of a copy."""

    verb: ClassVar[str] = "calendar.clone"
    book: BookId


@dataclass(frozen=True, slots=True)
class CalendarCloneYes(Action):
    """Make the copy of a form, once."""

    verb: ClassVar[str] = "calendar.clone_yes"
    book: BookId
    form: str


@dataclass(frozen=True, slots=True)
class _MembersPage(Action):
    """A page of those who have rights in a book."""

    book: BookId = HERE
    page: int = 0
    who: str | None = None
    """Only those whose name holds this."""

    def __post_init__(self) -> None:
        _check_page(self.page, self.who)


@dataclass(frozen=True, slots=True)
class MembersShow(_MembersPage):
    """Show who may do what."""

    verb: ClassVar[str] = "members.show"


@dataclass(frozen=True, slots=True)
class MembersEdit(_MembersPage):
    """Open the form that says who may do what."""

    verb: ClassVar[str] = "members.edit"


@dataclass(frozen=True, slots=True)
class MembersSave(Action):
    """Save that form; ``etag`` is what the book was when it was opened."""

    verb: ClassVar[str] = "members.save"
    book: BookId
    etag: str
    page: int = 0
    who: str | None = None

    def __post_init__(self) -> None:
        _check_page(self.page, self.who)


@dataclass(frozen=True, slots=True)
class HolidaysEdit(Action):
    """Open the form of a calendar's holidays."""

    verb: ClassVar[str] = "holidays.edit"
    book: BookId = HERE


@dataclass(frozen=True, slots=True)
class HolidaysSave(Action):
    """Save that form."""

    verb: ClassVar[str] = "holidays.save"
    book: BookId
    etag: str


@dataclass(frozen=True, slots=True)
class PreferencesEdit(Action):
    """Open the form of a person's own zone and language."""

    verb: ClassVar[str] = "preferences.edit"


@dataclass(frozen=True, slots=True)
class PreferencesSave(Action):
    """Save that form."""

    verb: ClassVar[str] = "preferences.save"


def _check_page(page: int, who: str | None) -> None:
    if not 0 <= page <= MOST_PAGES or len(who or "") > MOST_LETTERS:
        raise ValueError("a page like that is not shown")
