"""Who reads the samples, what they are about, and the texts that nobody expects in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cards.viewer import Viewer
from services.model.books import Role
from services.model.contacts import Phone, PhoneKind
from services.model.errors import ReadOnlyReason
from services.model.events import (
    Author,
    Event,
    Importance,
    Mirror,
    Occurrence,
    Response,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.recurrence import Pattern, Rule, Week, Weekday
from tests._builders import (
    BERLIN,
    NEW_YORK,
    a_book,
    a_contact,
    a_contact_content,
    a_contact_list,
    all_day,
    an_event,
    timed,
)

__all__ = [
    "ADA",
    "ARABIC",
    "BAD",
    "BEN",
    "BOOK",
    "FORM",
    "FULL",
    "GUEST",
    "HOLIDAY",
    "HOSTILE",
    "INES",
    "INVITED",
    "LIST",
    "LONG",
    "LUNCH",
    "MEETING",
    "NOW",
    "RARE",
    "TODAY",
    "occurrence",
]

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
INES = Viewer(BERLIN, "en", Role.EDITOR)
BEN = Viewer(NEW_YORK, "en-US", Role.EDITOR)
GUEST = Viewer(BERLIN, "en", Role.READER)
BOOK = a_book(name="Harbour design")
LIST = a_contact_list(name="Harbour contacts")
FORM = "form-1"

HOSTILE = (
    "[free money](https://evil.example) **bold** _x_ <b>tag</b> {{DATE(2026-11-20T00:00:00Z)}} "
    "${name} \u202etxt.exe\u202c 1. 'quote\" `code`\u0000"
)
ARABIC = "اجتماع الفريق الأسبوعي"
LONG = "A very long title that goes on and on about everything that matters to everyone " * 3

WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,), until=date(2026, 12, 18))
RARE = Rule(
    pattern=Pattern.MONTHLY_BY_WEEKDAY, interval=2, weekdays=(Weekday.FRIDAY,), week=Week.THIRD
)
MARKED = (
    "**Please read** the [three drafts](https://draw.example/drafts?year=2026) _before_ we meet.\n"
    "Bring:\n- prints, **A3**\n  - in colour\n- tea\n1. Choose one\n"
    "2. Tell [Ines](mailto:ines@a.example)\n"
    "Old server: [plan](http://intranet/plan), snake_case and 2 * 3 stay."
)
TEXT = "We look at the three drafts and choose one.\n\nPlease bring prints.\nTea is there."

LUNCH = an_event(place="Café am Hafen, Kai 7", reminder_minutes=15)
FULL = an_event(
    title="Review of the drafts",
    when=timed("2026-11-20T14:00", 90),
    place="Room 4",
    text=TEXT,
    rule=WEEKLY,
    exceptions=(SeriesException(datetime(2026, 11, 27, 14, tzinfo=BERLIN), None),),
    reminder_minutes=60,
    updated_at=datetime(2026, 11, 19, 8, 30, tzinfo=UTC),
    updated_by=Author(None, ""),
)
HOLIDAY = an_event(title="Harbour festival", when=all_day("2026-11-20", 3), show_as=ShowAs.FREE)
BAD = an_event(title=HOSTILE, place=HOSTILE, text=HOSTILE, updated_by=Author(None, HOSTILE))
MEETING = an_event(
    title="Quarterly numbers",
    mirror=Mirror(
        ReadOnlyReason.HAS_ATTENDEES, "Ben Ortega", 12, "https://teams.example/join/1?p=2"
    ),
)
INVITED = an_event(
    title="Quarterly numbers",
    text=MARKED,
    tags=("Finance", "Board"),
    importance=Importance.HIGH,
    sensitivity=Sensitivity.CONFIDENTIAL,
    mirror=Mirror(
        ReadOnlyReason.OTHER_ORGANISER,
        "Ben Ortega",
        12,
        "https://teams.example/join/1?p=2",
        Response.TENTATIVE,
    ),
)
ADA = a_contact(
    a_contact_content(
        name="Ada Byron",
        department="Engines",
        emails=("ada@engines.example", "ada.byron@home.example"),
        phones=(
            Phone(PhoneKind.BUSINESS, "+45 70 12 34 56"),
            Phone(PhoneKind.MOBILE, "+45 20 12 34 56"),
        ),
        notes="Met in Copenhagen.\nLikes weaving.",
    )
)


def occurrence(event: Event) -> Occurrence:
    original = event.content.when.start if event.content.rule else None
    return Occurrence.of(event)._replace(original=original)
