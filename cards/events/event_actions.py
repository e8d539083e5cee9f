"""What the buttons of agendas and events carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cards.action import HERE, Action, OfEvent
from cards.views.find_actions import AwayShow, FindShow
from services.model.books import BookId
from services.model.reach import Reach
from services.model.settings import View
from services.model.spans import FIRST_DAY, LAST_DAY

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MOST_DAYS",
    "AgendaChoose",
    "AgendaChosen",
    "AgendaShow",
    "EventBack",
    "EventCreate",
    "EventDates",
    "EventDelete",
    "EventDeleteYes",
    "EventDetails",
    "EventEdit",
    "EventNew",
    "EventSave",
    "EventUndo",
    "Listed",
    "SeriesDates",
]

MOST_DAYS = 92
"""Of one agenda."""
MOST_PAGES = 500
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class AgendaShow(Action):
    """Show some days of a calendar, in one of its views."""

    verb: ClassVar[str] = "agenda.show"
    book: BookId = HERE
    first: date | None = None
    """Where an agenda begins, or any day of another view; ``None`` = the reader's today."""
    days: int = 7
    """How long an agenda is; the other views have their own length."""
    page: int = 0
    view: str | None = None
    """A :class:`View`; ``None`` = the agenda, as on cards from before there were others."""
    tag: str | None = None
    """Only what bears this tag."""
    who: str | None = None
    """Only what is of somebody whose name begins so, or names them."""

    def __post_init__(self) -> None:
        View(self.view or View.AGENDA)
        if any(len(each or "") > MOST_LETTERS for each in (self.tag, self.who)):
            raise ValueError("a filter of that length is not read")
        if not 1 <= self.days <= MOST_DAYS or not 0 <= self.page <= MOST_PAGES:
            raise ValueError("an agenda of that size is not shown")
        if self.first is not None and not FIRST_DAY <= self.first <= LAST_DAY:
            raise ValueError("an agenda of that time is not shown")

    @property
    def kind(self) -> View:
        """Which view it is."""
        return View(self.view or View.AGENDA)


Listed = AgendaShow | FindShow | AwayShow
"""From where an event is opened, and to where *Back* leads after whatever was done with it."""


@dataclass(frozen=True, slots=True)
class AgendaChoose(Action):
    """Open the form in which a day, a view and filters are chosen."""

    verb: ClassVar[str] = "agenda.choose"
    now: AgendaShow | None = None
    """What is shown before."""


@dataclass(frozen=True, slots=True)
class AgendaChosen(Action):
    """Show what the form says."""

    verb: ClassVar[str] = "agenda.chosen"
    now: AgendaShow | None = None


@dataclass(frozen=True, slots=True)
class EventNew(Action):
    """Open the form of a new event, filled with the values that come along, if any."""

    verb: ClassVar[str] = "event.new"
    book: BookId = HERE
    form: str | None = None
    """The name of the proposal that is to be corrected: it is one event, whichever way."""


@dataclass(frozen=True, slots=True)
class EventDetails(OfEvent):
    """Show all there is to know of an event."""

    verb: ClassVar[str] = "event.details"
    original: str = ""
    """Which occurrence of a series: the ISO form of its original start."""
    back: Listed | None = None
    """The list to go back to, where it was opened from one."""


@dataclass(frozen=True, slots=True)
class EventCreate(Action):
    """Make the event of a form, once; ``form`` is the name that it got when it was drawn."""

    verb: ClassVar[str] = "event.create"
    book: BookId
    form: str
    of: EventDetails | None = None
    """Of a copy: shows what it was made from, and the list from which that was opened."""


@dataclass(frozen=True, slots=True)
class EventEdit(OfEvent):
    """Open the form of an event that exists."""

    verb: ClassVar[str] = "event.edit"
    original: str | None = None
    """Of a series: the occurrence that was looked at, by the ISO form of its original start."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""


@dataclass(frozen=True, slots=True)
class EventSave(OfEvent):
    """Save the form of an event that exists; ``etag`` is what it was when the form was opened."""

    verb: ClassVar[str] = "event.save"
    etag: str
    original: str | None = None
    """As of :class:`EventEdit`: the form then asks how far the change reaches."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""


@dataclass(frozen=True, slots=True)
class EventDates(Action):
    """Show the form again as it was typed, with the next dates of its repetition."""

    verb: ClassVar[str] = "event.dates"
    book: BookId
    form: str | None = None
    """Of a new event: as of :class:`EventCreate`."""
    event: str | None = None
    """Of one that exists: as of :class:`EventSave`, with the three that follow."""
    etag: str | None = None
    original: str | None = None
    back: Listed | None = None
    of: EventDetails | None = None
    """Of a new one again: as of :class:`EventCreate`."""
    rule: str | None = None
    """How it repeats as the form was drawn, for whoever goes on from there."""


@dataclass(frozen=True, slots=True)
class SeriesDates(OfEvent):
    """Show the next dates of a series, each of which can be opened."""

    verb: ClassVar[str] = "series.dates"
    back: Listed | None = None
    """As of :class:`EventDetails`."""


@dataclass(frozen=True, slots=True)
class EventBack(OfEvent):
    """Show the event's card again: from its details, a form or a question."""

    verb: ClassVar[str] = "event.back"


@dataclass(frozen=True, slots=True)
class EventDelete(OfEvent):
    """Ask whether to delete an event."""

    verb: ClassVar[str] = "event.delete"
    original: str | None = None
    """As of :class:`EventEdit`: the question is then which occurrences."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""


@dataclass(frozen=True, slots=True)
class EventDeleteYes(OfEvent):
    """Delete it."""

    verb: ClassVar[str] = "event.delete_yes"
    original: str | None = None
    how_far: str | None = None
    """With ``original``, a :class:`Reach`; without, it is the whole event that goes."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""

    def __post_init__(self) -> None:
        if self.how_far is not None:
            Reach(self.how_far)


@dataclass(frozen=True, slots=True)
class EventUndo(OfEvent):
    """Take back the last change of an event, as long as nobody has changed it again."""

    verb: ClassVar[str] = "event.undo"
    etag: str
    made: str | None = None
    """The id of the series that goes on, where the change split one."""
    back: Listed | None = None
    """As of :class:`EventDetails`."""
