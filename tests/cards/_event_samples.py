"""Cards of events with all that they may have, and of what is private to somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from cards.elements import Card
from cards.events.event import event_card, event_details
from cards.events.event_actions import EventCreate, EventSave
from cards.events.event_form import event_form, form_values
from cards.events.event_history import history_card
from cards.events.event_questions import event_deleted
from cards.events.event_transfer import transfer_card
from cards.events.transfer_actions import EventHistory, EventMoveBack, EventTransfer
from cards.form import Mode
from cards.viewer import Everyone, Viewer
from services.model.answers import Answer, Given, tally_of
from services.model.books import BookId, Role
from services.model.errors import Problem, Wrong
from services.model.event_changes import changes_of
from services.model.events import (
    Author,
    Importance,
    Participant,
    Sensitivity,
    ShowAs,
    WebLink,
    Whereabouts,
)
from services.model.recurrence import Pattern, Rule
from services.model.settings import Color
from services.model.veil import seen_by
from tests._builders import BERLIN, a_book, a_person, an_author, an_event, timed

INES = Viewer(BERLIN, "en", Role.EDITOR)
OWNER = Viewer(BERLIN, "en", Role.OWNER)
BOOK = a_book(name="Harbour design")
WHOLE = an_event(
    title="Opening of the quay",
    when=timed("2026-11-20T14:00", 90),
    place="Kaistrasse 7, 24103 Kiel",
    text="Bring **prints**.",
    color=Color.RED,
    emoji="\N{PARTY POPPER}",
    meeting_url="https://teams.example/join/1?p=2",
    links=(
        WebLink("https://files.example/agenda.docx", "Agenda"),
        WebLink("https://files.example/plan.pdf"),
        WebLink("http://intranet/plan", "Old plan"),
    ),
    people=(Participant("Ines Moreau", a_person("ines")), Participant("Mr Ortega of Harbour Ltd")),
    tags=("fair", "print"),
    importance=Importance.HIGH,
    show_as=ShowAs.TENTATIVE,
    reminder_minutes=30,
)
PRIVATE = an_event(
    title="Doctor", sensitivity=Sensitivity.PRIVATE, created_by=an_author("mara"), place="Kai 1"
)
VEILED = seen_by(PRIVATE, a_person("ines"))
WRONG = form_values(WHOLE.content, BERLIN) | {"emoji": "ab", "links": "nowhere", "people": "x,y"}
PROBLEMS = (
    Problem("emoji", Wrong.NOT_A_CHOICE),
    Problem("links", Wrong.NOT_A_LINK),
    Problem("people", Wrong.NOT_A_CHOICE),
)
NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
ANSWERS = tally_of(
    Given(event=WHOLE.id, person=a_person(name), name=name.title(), answer=answer, at=NOW)
    for name, answer in (("ines", Answer.YES), ("omar", Answer.YES), ("mara", Answer.NO))
)
SERIES = an_event(title="Stand-up", rule=Rule(pattern=Pattern.DAILY))
OTHER = a_book(id=BookId("b3"), name="[Fairs](https://evil.example)")
AWAY = replace(
    WHOLE, deleted_at=NOW, went_to=Whereabouts(OTHER.id, WHOLE.id), updated_by=an_author("mara")
)
VERSIONS = (
    replace(WHOLE, content=SERIES.content, created_by=an_author("mara")),
    replace(WHOLE, updated_at=NOW, updated_by=an_author("omar")),
    replace(WHOLE, updated_at=NOW, deleted_at=NOW, updated_by=Author(None, "Outlook")),
    replace(
        WHOLE,
        updated_at=NOW,
        updated_by=an_author("mara"),
        came_from=Whereabouts(OTHER.id, WHOLE.id),
    ),
    replace(WHOLE, updated_at=NOW, content=PRIVATE.content, updated_by=an_author("mara")),
)


def event_samples() -> dict[str, Callable[[], Card]]:
    """Return the cards by name."""
    save, create = EventSave(BOOK.id, WHOLE.id, "e1"), EventCreate(BOOK.id, "form-1")
    typed = form_values(WHOLE.content, BERLIN)
    return {
        "event-whole": lambda: event_card(WHOLE, BOOK, INES),
        "event-whole-details": lambda: event_details(WHOLE, BOOK, INES),
        "event-whole-form": lambda: event_form(save, typed, BOOK, INES, kept=WHOLE.content),
        "event-whole-form-dialog": lambda: event_form(create, typed, BOOK, INES, mode=Mode.DIALOG),
        "event-whole-form-of-others": lambda: event_form(
            save, typed, BOOK, INES, kept=WHOLE.content, own=False
        ),
        "event-online-form": lambda: event_form(
            save, typed, BOOK, INES, kept=WHOLE.content, keeps_text=True
        ),
        "event-whole-form-wrong": lambda: event_form(
            save, WRONG, BOOK, INES, kept=WHOLE.content, problems=PROBLEMS
        ),
        "event-private": lambda: event_card(PRIVATE, BOOK, INES),
        "event-private-post": lambda: event_card(PRIVATE, BOOK, Everyone(BOOK)),
        "event-veiled": lambda: event_card(VEILED, BOOK, INES),
        "event-answers": lambda: event_card(
            WHOLE, BOOK, INES, answers=ANSWERS, me=a_person("ines"), refresh_for=["29:ines"]
        ),
        "event-answers-post": lambda: event_card(WHOLE, BOOK, Everyone(BOOK), answers=ANSWERS),
        "event-answers-details": lambda: event_details(
            WHOLE, BOOK, INES, answers=ANSWERS, me=a_person("mara")
        ),
        "event-history": lambda: history_card(
            WHOLE, changes_of(VERSIONS), BOOK, INES, EventHistory(BOOK.id, WHOLE.id)
        ),
        "event-history-long": lambda: history_card(
            WHOLE,
            changes_of([VERSIONS[0], *VERSIONS * 5]),
            BOOK,
            INES,
            EventHistory(BOOK.id, WHOLE.id),
        ),
        "event-transfer": lambda: transfer_card(
            SERIES,
            [a_book(id=BookId("b2"), name="Travel"), OTHER],
            BOOK,
            INES,
            EventTransfer(BOOK.id, SERIES.id),
        ),
        "event-transferred": lambda: event_card(
            WHOLE, BOOK, INES, said="Moved to Travel.", undo=EventMoveBack(BOOK.id, WHOLE.id, "e1")
        ),
        "event-moved-away": lambda: event_deleted(AWAY, BOOK, INES),
        "event-transfer-nowhere": lambda: transfer_card(
            WHOLE, [], BOOK, INES, EventTransfer(BOOK.id, WHOLE.id)
        ),
        "event-veiled-details": lambda: event_details(VEILED, BOOK, INES),
        "event-veiled-owner": lambda: event_card(VEILED, BOOK, OWNER),
    }
