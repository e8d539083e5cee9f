"""A change of an event that was asked for in words: what it would be, and which one is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cards.action import Action
from cards.buttons import press, tap
from cards.elements import Card, Column, ColumnSet, Element, card, words
from cards.events.change_actions import EventMove, EventRename
from cards.events.choices import REACHES
from cards.events.event_actions import EventBack, EventDetails
from cards.events.event_face import head
from cards.events.event_title import title_of
from cards.parts import TOUCHED, fold, heading, small
from cards.viewer import Reader
from cards.when import day_long, describe, first_day, hours_on, zone_name
from cards.wording import say
from services.model.books import Book, BookId
from services.model.events import EventContent, Occurrence
from services.model.reach import Reach

__all__ = ["MOST_CHOICES", "change_question", "choice_card"]

MOST_CHOICES = 10
DAY = "112px"


def change_question(
    before: Occurrence,
    after: EventContent,
    asked: EventMove | EventRename,
    reaches: Sequence[Reach],
    book: Book,
    reader: Reader,
) -> Card:
    """Return what an event would become, to be confirmed.

    Args:
        before: as it is.
        after: as it would be.
        asked: what was asked for; its buttons do it.
        reaches: how far it can go; one is enough where there is no series.
        book: the calendar, named.
        reader: for whom.
    """
    language, seen = reader.language, reader.sees(before)
    if seen is not before:  # it is private, and others read along
        after = replace(seen.content, when=after.when)
    before, event = seen, before.event
    is_move = isinstance(asked, EventMove)
    question = say(language, "Move this event?" if is_move else "Rename this event?")
    was = describe(before.when, reader) if is_move else title_of(before.content, language)
    body = [
        heading(question),
        head(replace(after, rule=event.content.rule), book, reader),
        small(say(language, "Until now: {was}", was=fold(was, 200)), spacing="small"),
    ]
    done = replace(asked, etag=event.etag)
    buttons: list[Element] = [
        press(
            replace(done, how_far=reach.value),
            _title(reach, reaches, language, is_move=is_move),
            main=number == 0,
        )
        for number, reach in enumerate(reaches)
    ]
    back: Action = EventBack(event.book, event.id)
    if asked.original is not None:
        back = EventDetails(event.book, event.id, asked.original)
    buttons.append(press(back, say(language, "Leave it as it is")))
    return card(body, buttons, language=language, fallback=question)


def choice_card(
    choices: Sequence[tuple[Occurrence, Action]],
    books: Mapping[BookId, Book],
    reader: Reader,
    *,
    is_cut: bool = False,
) -> Card:
    """Return the events that may be meant, each of which can be pressed.

    Args:
        choices: each with what is asked of it.
        books: the calendars, by the names that the reader knows.
        reader: for whom.
        is_cut: there are more.
    """
    language = reader.language
    title = say(language, "Which event is meant?")
    zone = zone_name(reader.zone, language) if reader.names_zone else ""
    several = len({one.event.book for one, _ in choices}) > 1
    body: list[Element] = [heading(title), *([small(zone)] if zone else [])]
    for occurrence, action in choices:
        book = books.get(occurrence.event.book) if several else None
        body.append(_line(occurrence, action, book, reader))
    if is_cut:
        more = say(language, "There are more: name the day, or write more of the title.")
        body.append(small(more, spacing="medium"))
    return card(body, [], language=language, fallback=title)


def _title(reach: Reach, reaches: Sequence[Reach], language: str, *, is_move: bool) -> str:
    if len(reaches) > 1 or reach is not Reach.ALL:
        return say(language, REACHES[reach])
    return say(language, "Move" if is_move else "Rename")


def _line(occurrence: Occurrence, action: Action, book: Book | None, reader: Reader) -> Element:
    content = reader.sees(occurrence).content
    day: date = first_day(content.when, reader.zone)
    begins, _ = hours_on(content.when, day, reader)
    title, written = fold(title_of(content, reader.language), 120), day_long(day, reader.language)
    what: list[Element] = [words(title, weight="bolder")]
    aside = [fold(content.place, 80), book.name if book else ""]
    if any(aside):
        what.append(small(" · ".join(part for part in aside if part)))
    return ColumnSet(
        columns=[
            Column(items=[small(written), small(begins)], width=DAY),
            Column(items=what, width="stretch"),
        ],
        spacing="default",
        min_height=TOUCHED,
        action=tap(action, f"{written} {title}"),
    )
