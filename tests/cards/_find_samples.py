"""What is found, and who is away, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from cards.elements import Card
from cards.viewer import Everyone, Viewer
from cards.views.away import Out, away_card
from cards.views.find_actions import AwayShow, FindShow
from cards.views.found import found_card
from services.model.access import Role
from services.model.books import BookId
from services.model.contacts import ContactContent
from services.model.events import EventContent, Occurrence, ShowAs
from tests._builders import BERLIN, a_book, a_contact, all_day, an_event, an_event_content, timed

__all__ = ["find_samples"]

TODAY = date(2026, 11, 20)
INES = Viewer(BERLIN, "en", Role.EDITOR)
BOOK = a_book(name="Harbour design")
OTHER = a_book(id=BookId("book-2"), name="Travel")
FOUND = FindShow("budget", contacts=True)
AWAY = AwayShow(BOOK.id, date(2026, 11, 16), 7)


def one(content: EventContent, book: BookId = BOOK.id) -> Occurrence:
    return Occurrence.of(an_event(content, book=book))


def out(title: str, show_as: ShowAs = ShowAs.AWAY, days: int = 3) -> Occurrence:
    when = all_day("2026-11-18", days)
    return one(an_event_content(title=title, when=when, show_as=show_as))


def find_samples(hostile: str, long: str) -> dict[str, Callable[[], Card]]:
    review = one(an_event_content(title="Budget review", place="Room 4", tags=("board", "money")))
    old = one(an_event_content(title="Budget 2025", when=timed("2025-11-20T09:00")), OTHER.id)
    series = review._replace(original=review.when.start)
    bad = one(an_event_content(title=hostile, place=hostile, tags=(hostile,)))
    some, many = [review, series, old], [review] * 40
    books = {BOOK.id: BOOK, OTHER.id: OTHER}
    people = [a_contact(), a_contact(ContactContent(name=hostile))]
    several = [
        Out("Ines Moreau", [out("Holiday"), out("Fair in Lyon", ShowAs.ELSEWHERE, 1)]),
        Out("Omar Haddad", [out("Parental leave", days=30)] * 5),
        Out("", [out("On the road", ShowAs.ELSEWHERE)]),
    ]
    crowd = [Out(f"Person {n}", [out("Holiday")]) for n in range(20)]
    everyone = Everyone(BOOK)
    return {
        "found": lambda: found_card(some, people, FOUND, books, INES, today=TODAY),
        "found-post": lambda: found_card(some, [], FOUND, books, everyone, today=TODAY),
        "found-many": lambda: found_card(
            many, [], replace(FOUND, page=1), books, INES, today=TODAY, is_cut=True
        ),
        "found-people": lambda: found_card([], people, FOUND, {}, INES, today=TODAY),
        "found-none": lambda: found_card([], [], FOUND, {}, INES, today=TODAY),
        "found-no-event": lambda: found_card([], [], FindShow(hostile), {}, INES, today=TODAY),
        "found-hostile": lambda: found_card(
            [bad, one(an_event_content(title=long))], [], FOUND, books, INES, today=TODAY
        ),
        "away": lambda: away_card(several, AWAY, INES, today=TODAY),
        "away-post": lambda: away_card(several, AWAY, everyone, today=TODAY),
        "away-crowd": lambda: away_card(crowd, AWAY, INES, today=TODAY),
        "away-nobody": lambda: away_card([], replace(AWAY, first=None), INES, today=TODAY),
        "away-hostile": lambda: away_card([Out(hostile, [out(hostile)])], AWAY, INES, today=TODAY),
    }
