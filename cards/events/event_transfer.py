"""Where an event may go: the other calendars that somebody may write in, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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


def transfer_card(
    event: Event, targets: Sequence[Book], book: Book, reader: Reader, asked: EventTransfer
) -> Card:
    """Return the choice of calendars.

    Args:
        event: what is to go.
        targets: the calendars, named, and without the event's own.
        book: its own.
        reader: for whom.
        asked: what asked for it; it says where *Back* leads.
    """
    language = reader.language
    title = say(language, "Move to another calendar")
    body: list[Element] = [heading(title), head(event.content, book, reader)]
    if event.content.rule is not None:
        body.append(note(say(language, "The whole series moves, with all of its dates.")))
    body += [
        _line(replace(asked, to=target.id, etag=event.etag), target, language) for target in targets
    ]
    if not targets:
        body.append(words(say(language, "There is no other calendar that you may write in.")))
    back = press(
        EventDetails(event.book, event.id, asked.original or "", asked.back), say(language, "Back")
    )
    return card(body, [back], language=language, fallback=title)


def _line(to: EventTransfer, target: Book, language: str) -> Element:
    name = mark(target)
    label = TextBlock(text=say(language, "To"), size="small", color="accent")
    return Container(
        items=[label, words(name, weight="bolder", spacing="none")],
        spacing="medium",
        min_height=TOUCHED,
        action=tap(to, say(language, "To {calendar}", calendar=name)),
    )
