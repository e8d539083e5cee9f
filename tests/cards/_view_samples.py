"""The views of a calendar, and what is found in it, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from cards.elements import Card
from cards.events.event_actions import AgendaShow
from cards.viewer import Everyone, Viewer
from cards.views.agenda_form import agenda_form, agenda_values
from cards.views.calendar import calendar_card
from services.events.occurrences import by_start
from services.model.access import Role
from services.model.answers import Answer, Given
from services.model.books import BookId
from services.model.errors import Problem, Wrong
from services.model.events import Event, Occurrence, ShowAs
from services.model.recurrence import Weekday
from services.model.settings import BookSettings, View
from tests._builders import (
    BERLIN,
    NEW_YORK,
    a_book,
    a_person,
    all_day,
    an_event,
    an_event_content,
    timed,
)
from tests._fakes import NOON

__all__ = ["view_samples"]

TODAY = date(2026, 11, 20)
INES = Viewer(BERLIN, "en", Role.EDITOR)
BEN = Viewer(NEW_YORK, "en-US", Role.READER)
BOOK = a_book(name="Harbour design")
NUMBERED = replace(BOOK, settings=BookSettings(week_numbers=True))
WORKING = replace(BOOK, settings=BookSettings(weekends=False, first_weekday=Weekday.SUNDAY))
TITLES = ("Stand-up", "Lunch with Ines", "Review of the drafts for the spring fair", "Travel")


def shown(event: Event) -> Occurrence:
    return Occurrence.of(event)


def a_month(a_day: int = 1) -> list[Occurrence]:
    """Something on most working days, a fair of three days, and a full Wednesday."""
    found = [shown(an_event(title="Harbour fair", when=all_day("2026-11-11", 3)))]
    for n in range(30):
        day = date(2026, 11, 1) + timedelta(days=n)
        if day.weekday() > 4 or n % 4 == 2:
            continue
        for hour in range(a_day + 5 * (day.weekday() == 2)):
            content = an_event_content(
                title=TITLES[(n + hour) % 4],
                when=timed(f"{day}T{8 + hour:02}:30", 75),
                place=("", "Room 4")[n % 2],
                show_as=ShowAs.TENTATIVE if n % 5 == 0 else ShowAs.BUSY,
            )
            found.append(Occurrence.of(an_event(content)))
    return by_start(found, BERLIN)


def of(view: View, day: date | None = TODAY, **more: str) -> AgendaShow:
    return AgendaShow(BOOK.id, day, view=view.value, **more)  # type: ignore[arg-type]


def view_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    month, full = a_month(), a_month(9)
    bad = by_start(
        [shown(an_event(title=hostile, place=hostile)), shown(an_event(title=long))], BERLIN
    )
    everyone = Everyone(BOOK)
    asked = [shown(an_event(id=f"e{n}", title=TITLES[n])) for n in range(len(Answer))]
    cards: dict[str, Callable[[], Card]] = {}
    for view in (View.DAY, View.WEEK, View.MONTH):
        cards |= {
            f"view-{view}": lambda view=view: calendar_card(  # type: ignore[misc]
                month, of(view), BOOK, INES, today=TODAY
            ),
            f"view-{view}-full": lambda view=view: calendar_card(  # type: ignore[misc]
                full, of(view, date(2026, 11, 18)), NUMBERED, INES, today=TODAY
            ),
            f"view-{view}-empty": lambda view=view: calendar_card(  # type: ignore[misc]
                [], of(view, None), a_book(), INES, today=TODAY
            ),
            f"view-{view}-post": lambda view=view: calendar_card(  # type: ignore[misc]
                month, of(view), BOOK, everyone, today=TODAY, refresh_for=["29:ines"]
            ),
            f"view-{view}-american": lambda view=view: calendar_card(  # type: ignore[misc]
                month, of(view), WORKING, BEN, today=TODAY
            ),
            f"view-{view}-hostile": lambda view=view: calendar_card(  # type: ignore[misc]
                bad, of(view, who=hostile[:90]), a_book(name=hostile), INES, today=TODAY
            ),
        }
    choice = [BOOK, a_book(id=BookId("book-2"), name=hostile), a_book(id=BookId("book-3"))]
    now = of(View.MONTH, tag="travel", who="Ines")
    wrong = {"day": "2026-02-31", "kind": "year", "only_tag": hostile, "only_who": ""}
    problems = [Problem("day", Wrong.NOT_A_DATE), Problem("kind", Wrong.NOT_A_CHOICE)]
    said = [
        Given(event=one.event.id, person=a_person("ines"), name="Ines", answer=answer, at=NOON)
        for one, answer in zip(asked, Answer, strict=True)
    ]
    return cards | {
        "view-answered": lambda: calendar_card(
            asked, AgendaShow(BOOK.id, TODAY), BOOK, INES, today=TODAY, answers=said
        ),
        "view-form": lambda: agenda_form(now, agenda_values(now), choice, INES),
        "view-form-wrong": lambda: agenda_form(now, wrong, [BOOK], INES, problems=problems),
    }
