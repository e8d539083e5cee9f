"""Values that lost a merge, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from cards.accounts.offer import offer_card, offer_settled
from cards.elements import Card
from services.model.contacts import ContactContent, PhotoId
from services.model.events import (
    EventContent,
    Importance,
    Sensitivity,
    SeriesException,
    ShowAs,
)
from services.model.offers import Offer, OfferId
from services.model.pairs import Side
from services.model.recurrence import Pattern, Rule
from tests._builders import a_contact, a_person, timed
from tests.cards._subjects import BOOK, FULL, HOSTILE, INES, LIST, LONG, LUNCH, NOW

__all__ = ["offer_samples"]

FACES = "https://almanac.example/photos"


def offer_samples() -> dict[str, Callable[[], Card]]:
    """Return a table of cards by name."""
    contents = {
        "title": replace(LUNCH.content, title="Lunch on the boat"),
        "when": replace(FULL.content, when=timed("2026-11-23T15:00", 30)),
        "place": replace(LUNCH.content, place=HOSTILE),
        "text": replace(LUNCH.content, text=LONG * 4),
        "show-as": replace(LUNCH.content, show_as=ShowAs.FREE),
        "sensitivity": replace(LUNCH.content, sensitivity=Sensitivity.PRIVATE),
        "reminder": replace(LUNCH.content, reminder_minutes=None),
        "tags": replace(LUNCH.content, tags=("Harbour", HOSTILE)),
        "importance": replace(LUNCH.content, importance=Importance.HIGH),
    }
    cards: dict[str, Callable[[], Card]] = {
        f"offer-{name}": lambda name=name, value=value: offer_card(  # type: ignore[misc]
            _offer(name.replace("-", "_"), value), LUNCH, BOOK, INES
        )
        for name, value in contents.items()
    }
    gone = replace(LUNCH, deleted_at=NOW)
    person = a_contact()
    weekly = replace(LUNCH.content, rule=Rule(pattern=Pattern.WEEKLY, count=9), exceptions=())
    start = weekly.when.start + timedelta(days=7)
    later = timed("2026-11-27T18:00", 45)
    moved = SeriesException(start, replace(LUNCH.content, when=later, title="Lunch on the boat"))
    named = SeriesException(start, replace(LUNCH.content, when=later, title=HOSTILE))
    cancelled = SeriesException(start + timedelta(days=7), None)
    series = replace(LUNCH, content=replace(weekly, exceptions=(named,)))
    return cards | {
        "offer-gone": lambda: offer_card(_offer("title", contents["title"]), gone, BOOK, INES),
        "offer-contact": lambda: offer_card(
            _offer("names", replace(person.content, name=HOSTILE)), person, LIST, INES
        ),
        "offer-photo": lambda: offer_card(
            _offer("photo", replace(person.content, photo=PhotoId("p1"))),
            replace(person, content=replace(person.content, photo=PhotoId("p2"))),
            LIST,
            INES,
            faces=(f"{FACES}/p2", f"{FACES}/p1"),
        ),
        "offer-photo-gone": lambda: offer_card(
            _offer("photo", replace(person.content, photo=PhotoId("p1"))),
            person,
            LIST,
            INES,
            faces=("", f"{FACES}/p1"),
        ),
        "offer-dates": lambda: offer_card(
            _offer("when", replace(weekly, exceptions=(moved, cancelled))), series, BOOK, INES
        ),
        "offer-date": lambda: offer_card(
            replace(_offer("title", contents["title"]), day=date(2026, 11, 27)), LUNCH, BOOK, INES
        ),
        "offer-settled": lambda: offer_settled("It stays as it is.", INES),
    }


def _offer(field: str, value: EventContent | ContactContent) -> Offer:
    return Offer(
        id=OfferId("offer-1"),
        to=a_person(),
        book=BOOK.id,
        item=LUNCH.id,
        side=Side.TEAM if field in ("title", "when") else Side.REMOTE,
        field=field,
        value=value,
        at=NOW,
    )
