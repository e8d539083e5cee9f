"""Series, one date of a series, and custom repetitions, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.elements import Card
from cards.events.event import event_card, event_details
from cards.events.event_actions import EventCreate, EventSave, EventUndo
from cards.events.event_form import event_form, form_values
from cards.events.event_questions import delete_question, event_confirm, event_deleted
from cards.events.series import series_dates
from cards.form import Mode
from cards.viewer import Viewer
from services.events.occurrences import occurrence_at, upcoming
from services.formats.rrule import read_rrule
from services.model.books import Role
from services.model.errors import Problem, Wrong
from services.model.events import Occurrence, SeriesException
from tests._builders import BERLIN, a_book, an_event, an_event_content, timed

__all__ = ["series_samples"]

INES = Viewer(BERLIN, "en", Role.EDITOR)
BOOK = a_book(name="Harbour design")
START = timed("2026-11-17T09:00", 30)
SERIES = an_event(
    title="Stand-up",
    when=START,
    place="Room 4",
    rule=read_rrule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270303", date(2026, 11, 17)),
    updated_at=datetime(2026, 11, 19, 8, 30, tzinfo=UTC),
)
ODD = an_event(
    title="Payday",
    when=START,
    rule=read_rrule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", date(2026, 11, 27)),
)
MOVED = an_event_content(title="Retro", place="Room 4", when=timed("2026-12-02T15:00", 60))
BUSY = replace(
    SERIES,
    content=replace(
        SERIES.content,
        exceptions=(SeriesException(timed("2026-12-01T09:00").start, MOVED),),
    ),
)
ONCE = an_event(title="Stand-up", when=START)
ORIGINAL = "2026-12-01T09:00:00+01:00"
UNDO = EventUndo(BOOK.id, SERIES.id, "7")
CREATE = EventCreate(BOOK.id, "a3f1")
SAVE = EventSave(BOOK.id, SERIES.id, "7", ORIGINAL)
CUSTOM = form_values(SERIES.content, BERLIN) | {
    "repeats": "custom",
    "until": "",
    "every": "2",
    "unit": "monthly",
    "on_days": "0,1,2,3,4",
    "which": "-1",
    "in_months": "1,3,11",
    "week_start": "0",
    "times": "8",
}
GAPS = replace(
    SERIES.content,
    reminder_minutes=20,
    exceptions=tuple(
        SeriesException(timed(f"2026-12-{day:02}T09:00").start, None) for day in (1, 22)
    ),
)
BAD = CUSTOM | {"unit": "weekly", "month_days": "first", "until": "2027-03-03"}
PROBLEMS = (
    Problem("which", Wrong.NOT_A_RULE),
    Problem("month_days", Wrong.NOT_A_NUMBER),
    Problem("times", Wrong.NOT_A_CHOICE),
)


def one() -> Occurrence:
    """A date of the series."""
    found = occurrence_at(SERIES, ORIGINAL)
    assert found is not None
    return found


def series_samples() -> dict[str, Callable[[], Card]]:
    """Cards of one date and of many."""
    values = form_values(SERIES.content, BERLIN)
    return {
        "series-confirm-gaps": lambda: event_confirm(GAPS, BOOK, INES, "a3f1"),
        "series-form-gaps": lambda: event_form(CREATE, form_values(GAPS, BERLIN), BOOK, INES),
        "series-dates": lambda: series_dates(
            BUSY, upcoming(BUSY, START.start, BERLIN, 6), BOOK, INES
        ),
        "series-dates-none": lambda: series_dates(ODD, [], BOOK, INES),
        "series-dates-single": lambda: series_dates(
            ONCE, upcoming(ONCE, START.start, BERLIN, 6), BOOK, INES
        ),
        "series-date": lambda: event_card(SERIES, BOOK, INES, occurrence=one(), undo=UNDO),
        "series-undo": lambda: event_card(SERIES, BOOK, INES, said="Saved.", undo=UNDO),
        "series-odd": lambda: event_details(ODD, BOOK, INES),
        "series-date-details": lambda: event_details(SERIES, BOOK, INES, occurrence=one()),
        "series-date-delete": lambda: delete_question(SERIES, BOOK, INES, one()),
        "series-deleted": lambda: event_deleted(SERIES, BOOK, INES, UNDO),
        "series-date-form": lambda: event_form(SAVE, values, BOOK, INES, kept=SERIES.content),
        "series-form": lambda: event_form(CREATE, CUSTOM, BOOK, INES),
        "series-form-begin": lambda: event_form(CREATE, values | {"repeats": "custom"}, BOOK, INES),
        "series-form-dialog": lambda: event_form(CREATE, CUSTOM, BOOK, INES, mode=Mode.DIALOG),
        "series-form-wrong": lambda: event_form(CREATE, BAD, BOOK, INES, problems=PROBLEMS),
    }
