"""The forms of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.handlers.forms import Forms, Sheet
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Card
from bot.turn import Turn
from cards.actions import EventCreate, EventSave
from cards.event import event_card, event_deleted
from cards.event_form import (
    blank_values,
    event_form,
    form_values,
    read_event_form,
    typed_values,
)
from cards.notice import gone_card
from cards.preview import event_preview
from cards.viewer import Reader, Viewer
from services.events import Events
from services.model.books import Book, BookKind
from services.model.events import Event, EventContent, EventId, Occurrence
from services.model.times import Clock

__all__ = ["EventForms"]


class EventForms(Forms[Event, EventId, EventContent]):
    """How an event is read and drawn. What a person types is in their own zone."""

    BOOKS = BookKind.CALENDAR
    TITLES = "New event", "Edit event"

    def __init__(self, books: OpenBooks, events: Events, clock: Clock) -> None:
        super().__init__(books, events)
        self._clock = clock

    def typed(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, right or wrong."""
        return typed_values(data)

    def brought(self, turn: Turn) -> dict[str, str]:
        """Return a proposal's values where the button brought some along."""
        typed = typed_values(turn.value)
        return typed if any(typed.values()) else blank_values(self._clock.now(), turn.zone)

    def values(self, turn: Turn, item: Event) -> dict[str, str]:
        """The item, as far as a form has room for it."""
        return form_values(item.content, turn.zone)

    def read(self, turn: Turn, item: Event | None) -> EventContent:
        """The content; what the form has no room for stays as it was."""
        return read_event_form(turn.value, turn.zone, item.content if item else None)

    def draw_form(self, seen: OpenBook, values: Mapping[str, str], sheet: Sheet[Event]) -> Card:
        """The form of the item, or of a new one."""
        item = sheet.item
        return event_form(
            EventSave(seen.book.id, item.id, sheet.etag)
            if item
            else EventCreate(seen.book.id, sheet.draft),
            values,
            seen.book,
            seen.viewer,
            problems=sheet.problems,
            kept=item.content if item else None,
            mode=sheet.mode,
            said=sheet.said,
        )

    def draw(self, item: Event, book: Book, reader: Reader, said: str = "") -> Card:
        """The card, or what is left of a deleted one."""
        if item.deleted_at:
            return event_deleted(item, book, reader)
        return event_card(item, book, reader, said=said)

    def preview(self, item: Event, viewer: Viewer) -> Mapping[str, Any]:
        """A row of results."""
        return event_preview(Occurrence(item, item.content), viewer)

    def gone(self, sentence: str, seen: OpenBook) -> Card:
        """What a button says whose item is gone."""
        return gone_card(sentence, seen.book, seen.viewer)
