"""Changes asked for in words, and events in messages, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cards.elements import Card
from cards.events.change_actions import EventMove, EventRename
from cards.events.changes import change_question, choice_card
from cards.events.event_questions import delete_question
from cards.events.live import live_card
from cards.viewer import Everyone, Viewer
from services.model.access import Role
from services.model.books import BookId
from services.model.events import EventContent, Occurrence, Sensitivity
from services.model.new_time import NewTime
from services.model.reach import Reach
from services.model.recurrence import Pattern, Rule, Weekday
from tests._builders import BERLIN, a_book, a_person, an_event, an_event_content, timed

__all__ = ["change_samples"]

INES = Viewer(BERLIN, "en", Role.EDITOR)
BOOK = a_book(name="Harbour design")
OTHER = a_book(id=BookId("book-2"), name="Travel")
WEEKLY = Rule(pattern=Pattern.WEEKLY, weekdays=(Weekday.FRIDAY,))


def one(content: EventContent, book: BookId = BOOK.id) -> Occurrence:
    return Occurrence.of(an_event(content, book=book))


def change_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    lunch = one(an_event_content(title="Lunch with Ines", place="Room 4"))
    later = replace(lunch.content, when=timed("2026-11-20T14:00"))
    move = EventMove(BOOK.id, lunch.event.id, NewTime(start=840).text)
    rename = EventRename(BOOK.id, lunch.event.id, "Dinner")
    weekly = one(an_event_content(title="Stand-up", rule=WEEKLY))
    date = weekly._replace(
        written=replace(weekly.content, rule=None), original=weekly.content.when.start
    )
    of_date = replace(move, original="2026-11-20T12:30:00+01:00")
    odd, far = (
        one(an_event_content(title=hostile, place=hostile)),
        one(an_event_content(title=long), OTHER.id),
    )
    books = {BOOK.id: BOOK, OTHER.id: OTHER}
    secret = one(an_event_content(title="Interview", sensitivity=Sensitivity.PRIVATE))
    all_of, every = (Reach.ALL,), tuple(Reach)
    return {
        "change-move": lambda: change_question(lunch, later, move, all_of, BOOK, INES),
        "change-move-post": lambda: change_question(
            lunch, later, move, all_of, BOOK, Everyone(BOOK)
        ),
        "change-move-series": lambda: change_question(date, later, of_date, every, BOOK, INES),
        "change-move-date": lambda: change_question(date, later, of_date, (Reach.ONE,), BOOK, INES),
        "change-move-private-post": lambda: change_question(
            secret, later, move, all_of, BOOK, Everyone(BOOK)
        ),
        "change-delete-private-post": lambda: delete_question(secret.event, BOOK, Everyone(BOOK)),
        "change-rename": lambda: change_question(
            lunch, replace(lunch.content, title="Dinner"), rename, all_of, BOOK, INES
        ),
        "change-rename-hostile": lambda: change_question(
            odd, replace(odd.content, title=long), rename, all_of, BOOK, INES
        ),
        "event-live": lambda: live_card(
            lunch.event, BOOK, Everyone(BOOK), [a_person(f"p{n}").object_id for n in range(90)]
        ),
        "event-live-date": lambda: live_card(
            weekly.event, BOOK, INES, [a_person().object_id], occurrence=date
        ),
        "change-choice": lambda: choice_card(
            [(lunch, move), (weekly, move), (far, move)], books, INES, is_cut=True
        ),
        "change-choice-post": lambda: choice_card(
            [(lunch, rename), (odd, rename)], books, Everyone(BOOK)
        ),
    }
