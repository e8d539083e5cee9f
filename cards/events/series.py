"""The next dates of a series, each of which opens what is to know of it and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press, tap
from cards.elements import Card, Container, Element, card, words
from cards.events.event_actions import EventBack, EventDetails, Listed
from cards.events.event_face import place_in
from cards.events.event_title import title_of
from cards.events.repeats import in_words
from cards.parts import fold, heading, note, small
from cards.viewer import Reader
from cards.when import describe
from cards.wording import say
from services.model.books import Book
from services.model.events import Event, EventContent, Occurrence

__all__ = ["series_dates"]


def series_dates(
    event: Event,
    found: Sequence[Occurrence],
    book: Book,
    reader: Reader,
    back: Listed | None = None,
) -> Card:
    """Return the card of some dates; where none is to come, it says so.

    ``back`` is the list that the series was opened from.
    """
    language = reader.language
    title = fold(title_of(event.content, language), 200)
    body: list[Element] = [small(place_in(book, reader)), heading(title)]
    if event.content.rule is not None:
        body.append(small(in_words(event.content.rule, language), spacing="small"))
    body += [_line(event, one, reader, back) for one in found]
    if not found:
        body.append(note(say(language, "No date is to come.")))
    series = EventDetails(event.book, event.id, "", back) if back else None
    away = press(series or EventBack(event.book, event.id), say(language, "Back"))
    return card(body, [away], language=language, fallback=title)


def _line(event: Event, one: Occurrence, reader: Reader, back: Listed | None) -> Element:
    """Return a date; what it is called and where it is, where it has its own."""
    when, content = describe(one.when, reader), one.content
    original = one.original.isoformat() if one.original else ""
    items: list[Element] = [words(when)]
    own, usual = _named(content, reader), _named(event.content, reader)
    said = [text for text, other in zip(own, usual, strict=True) if text and text != other]
    if said:
        items.append(small(fold(" · ".join(said), 200)))
    opened = EventDetails(event.book, event.id, original, back)
    return Container(
        items=items,
        spacing="default",
        separator=True,
        min_height="24px",
        action=tap(opened, when),
    )


def _named(content: EventContent, reader: Reader) -> tuple[str, str]:
    return title_of(content, reader.language), content.place
