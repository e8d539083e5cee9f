"""What a search in a chat found: events, where they come next, and people.

Each event says its day and, where several calendars were looked through, its calendar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cards.buttons import press, tap
from cards.contacts.colleague import colleague_lines
from cards.contacts.contact import position
from cards.contacts.contact_actions import ContactDetails
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.events.event_actions import EventDetails
from cards.events.event_title import titled
from cards.parts import TOUCHED, fold, heading, small, subheading
from cards.viewer import Reader
from cards.views.find_actions import FindShow
from cards.when import day_long, first_day, hours_on, zone_name
from cards.wording import count, say
from services.model.books import Book, BookId
from services.model.contacts import Contact
from services.model.directory import Colleague
from services.model.events import Occurrence

__all__ = ["PAGE", "found_card"]

PAGE = 15
MOST_PEOPLE = 5
DAY = "112px"


def found_card(
    events: Sequence[Occurrence],
    contacts: Sequence[Contact],
    shown: FindShow,
    books: Mapping[BookId, Book],
    reader: Reader,
    *,
    today: date,
    is_cut: bool = False,
    colleagues: Sequence[Colleague] = (),
) -> Card:
    """Return a page of what was found.

    Args:
        events: all of them, the next first.
        contacts: people, the best first.
        shown: what was looked for, and which page.
        books: the calendars of the events, by the names that the reader knows.
        reader: for whom.
        today: the reader's present day: what is over is quieter.
        is_cut: there is more that fits, but less well.
        colleagues: whom the organisation's directory knows besides.
    """
    language = reader.language
    title = _title(len(events), len(contacts) + len(colleagues), shown, language)
    page = min(shown.page, max(0, len(events) - 1) // PAGE)
    here = replace(shown, page=page)
    several = len({occurrence.event.book for occurrence in events}) > 1
    said = say(language, "for “{text}”", text=fold(shown.words, 60))
    if reader.names_zone and events:
        said = f"{said} · {zone_name(reader.zone, language)}"
    body: list[Element] = [heading(title), small(said)]
    for occurrence in events[page * PAGE : (page + 1) * PAGE]:
        book = books.get(occurrence.event.book) if several else None
        body.append(_event(occurrence, book, here, reader, today))
    if is_cut:
        more = say(language, "Only the best {n} are shown: write more letters.", n=len(events))
        body.append(small(more, spacing="medium"))
    if contacts:
        if events:
            body.append(subheading(say(language, "People")))
        body += [_person(contact, here) for contact in contacts[:MOST_PEOPLE]]
    body += colleague_lines(colleagues, here, language)
    return card(body, _buttons(here, len(events), language), language=language, fallback=title)


def _title(events: int, contacts: int, shown: FindShow, language: str) -> str:
    if not events and not contacts:
        nothing = "Nothing was found." if shown.contacts else "No event was found."
        return say(language, nothing)
    if not events:
        return say(language, "People")
    return count(language, "One event", "{n} events", events)


def _event(
    occurrence: Occurrence, book: Book | None, here: FindShow, reader: Reader, today: date
) -> Element:
    content, event = occurrence.content, occurrence.event
    day = first_day(content.when, reader.zone)
    begins, _ = hours_on(content.when, day, reader)
    when: list[Element] = [small(day_long(day, reader.language)), small(begins)]
    title = titled(content, 120, reader.language)
    over = day < today
    what: list[Element] = [words(title, weight=None if over else "bolder", subtle=over or None)]
    aside = [fold(content.place, 80), " ".join(f"#{tag}" for tag in content.tags[:5])]
    aside += [book.name if book else ""]
    if occurrence.original is not None:
        aside.append(say(reader.language, "repeats"))
    if any(aside):
        what.append(small(" · ".join(part for part in aside if part)))
    original = occurrence.original.isoformat() if occurrence.original else ""
    details = EventDetails(event.book, event.id, original, here)
    return ColumnSet(
        columns=[Column(items=when, width=DAY), Column(items=what, width="stretch")],
        spacing="default",
        min_height=TOUCHED,
        action=tap(details, f"{day_long(day, reader.language)} {title}"),
    )


def _person(contact: Contact, here: FindShow) -> Element:
    name = fold(contact.content.name, 120)
    beside = position(contact.content) or next(iter(contact.content.emails), "")
    lines: list[Element] = [words(name, weight="bolder")]
    if beside:
        lines.append(small(fold(beside, 120)))
    return ColumnSet(
        columns=[Column(items=lines, width="stretch")],
        spacing="small",
        min_height=TOUCHED,
        action=tap(ContactDetails(contact.book, contact.id, here), name),
    )


def _buttons(here: FindShow, events: int, language: str) -> list[Element]:
    buttons: list[Element] = []
    if here.page:
        buttons.append(press(replace(here, page=here.page - 1), say(language, "Back")))
    if (here.page + 1) * PAGE < events:
        buttons.append(press(replace(here, page=here.page + 1), say(language, "More")))
    return buttons
