"""Where an event may go: the other calendars that somebody may write in, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import press, tap
from cards.colors import mark
from cards.elements import Card, Container, Element, TextBlock, card, words
from cards.events.event_actions import EventDetails
from cards.events.event_face import head
from cards.events.transfer_actions import EventTransfer
from cards.parts import TOUCHED, heading, note
from cards.viewer import Reader
from cards.wording import say
from services.model.books import Book
from services.model.events import Event

__all__ = ["transfer_card"]


def transfer_card(event: Event, targets: Sequence[Book], book: Book, reader: Reader) -> Card:
    """Return the choice of calendars; ``targets`` are named, and without the event's own."""
    language = reader.language
    title = say(language, "Move to another calendar")
    body: list[Element] = [heading(title), head(event.content, book, reader)]
    if event.content.rule is not None:
        body.append(note(say(language, "The whole series moves, with all of its dates.")))
    body += [_line(event, target, language) for target in targets]
    if not targets:
        body.append(words(say(language, "There is no other calendar that you may write in.")))
    back = press(EventDetails(event.book, event.id), say(language, "Back"))
    return card(body, [back], language=language, fallback=title)


def _line(event: Event, target: Book, language: str) -> Element:
    name = mark(target)
    to = EventTransfer(event.book, event.id, target.id, event.etag)
    label = TextBlock(text=say(language, "To"), size="small", color="accent")
    return Container(
        items=[label, words(name, weight="bolder", spacing="none")],
        spacing="medium",
        min_height=TOUCHED,
        action=tap(to, say(language, "To {calendar}", calendar=name)),
    )
