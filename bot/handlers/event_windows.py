"""Events in dialogs: from the button of a card, and as the action command of the compose box.

A dialog shows the same form as the chat. When it was opened from a card, the event is posted in
the chat; when it came from the compose box, its card goes into the message that is being written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from bot.handlers.forms import new_form, overtaken, submit_key
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Dialog, Done, Found, Insert, PostAbout, Replies, Say
from bot.router import Outdated, Router
from bot.turn import Composing, QuotedMessage, Turn
from cards.actions import Action, EventCreate, EventEdit, EventNew, EventSave
from cards.event import event_card
from cards.event_form import (
    Mode,
    blank_values,
    draft_values,
    event_form,
    form_values,
    read_event_form,
    typed_values,
)
from cards.preview import event_preview
from cards.wording import say
from services.events import Events
from services.model.books import BookKind
from services.model.errors import InvalidInput, Problem, Stale
from services.model.events import Event, EventContent, Occurrence
from services.model.times import Clock
from services.phrases import read_draft

__all__ = ["EventWindows", "action_of", "register"]

A = TypeVar("A", bound=Action)
NEW_EVENT = "newEvent"
LONGEST_TITLE = 120
"""Letters of a message that make a title; the whole message is kept in the notes."""


class EventWindows:
    """Answers the dialogs of events."""

    def __init__(self, books: OpenBooks, events: Events, clock: Clock) -> None:
        self._books = books
        self._events = events
        self._clock = clock

    async def open_new(self, turn: Turn, action: EventNew) -> Replies:
        """A card's button: the form of a new event."""
        seen = await self._books.called(turn, action.book)
        values = blank_values(self._clock.now(), turn.zone)
        return _window(turn, seen, EventCreate(seen.book.id, new_form()), values)

    async def create(self, turn: Turn, action: EventCreate) -> Replies:
        """The dialog's button: make the event and post it in the chat."""
        made = await self._made(turn, action)
        if isinstance(made, Dialog):
            return made
        seen, event = made
        card = event_card(event, seen.book, seen.readers)
        return [Say(card=card, about=PostAbout(seen.book, event.id)), Done()]

    async def open_edit(self, turn: Turn, action: EventEdit) -> Replies:
        """A card's button: the form of an event that exists."""
        seen = await self._books.called(turn, action.book)
        event = await self._events.get(turn.person, seen.book.id, action.event)
        save = EventSave(seen.book.id, event.id, event.etag, new_form())
        return _window(turn, seen, save, form_values(event.content, turn.zone), kept=event.content)

    async def save(self, turn: Turn, action: EventSave) -> Replies:
        """The dialog's button: save; the posts that show the event follow."""
        seen = await self._books.called(turn, action.book)
        event = await self._events.get(turn.person, seen.book.id, action.event)
        typed = typed_values(turn.value)
        try:
            content = read_event_form(turn.value, turn.zone, event.content)
            await self._events.edit(turn.author, seen.book.id, event.id, content, etag=action.etag)
        except InvalidInput as err:
            return _window(turn, seen, action, typed, err.problems, kept=event.content)
        except Stale:
            event = await self._events.get(turn.person, seen.book.id, action.event)
            again = EventSave(seen.book.id, event.id, event.etag, new_form())
            said = overtaken(turn.language, event.updated_by.name)
            return _window(turn, seen, again, typed, kept=event.content, said=said)
        return Done(say(turn.language, "Saved."))

    async def compose(self, turn: Turn, composing: Composing) -> Replies:
        """The compose box, or a message's menu: the form, filled with what the message says."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        values = (
            self._from_message(turn, composing.message)
            if composing.message
            else blank_values(self._clock.now(), turn.zone)
        )
        return _window(turn, seen, EventCreate(seen.book.id, new_form()), values)

    async def composed(self, turn: Turn, composing: Composing) -> Replies:
        """The form came back: make the event and put its card into the message."""
        made = await self._made(turn, action_of(EventCreate, turn.value))
        if isinstance(made, Dialog):
            return made
        seen, event = made
        card = event_card(event, seen.book, seen.readers)
        preview = event_preview(Occurrence(event, event.content), seen.viewer)
        return Insert(Found(card=card, preview=preview))

    async def _made(self, turn: Turn, action: EventCreate) -> tuple[OpenBook, Event] | Dialog:
        """Return the event, or the dialog again with what is wrong."""
        seen = await self._books.called(turn, action.book)
        typed = typed_values(turn.value)
        try:
            content = read_event_form(turn.value, turn.zone)
            key = submit_key(action.form, typed)
            return seen, await self._events.create(turn.author, seen.book.id, content, key=key)
        except InvalidInput as err:
            return _window(turn, seen, action, typed, err.problems)

    def _from_message(self, turn: Turn, message: QuotedMessage) -> dict[str, str]:
        text = message.text.strip()
        draft = read_draft(text, self._clock.now(), turn.zone, turn.language)
        first_line = text.partition("\n")[0]
        title = draft.title if len(draft.title) <= LONGEST_TITLE else first_line[:LONGEST_TITLE]
        values = draft_values(
            self._clock.now(),
            turn.zone,
            title=title,
            when=draft.when,
            place=draft.place,
            rule=draft.rule,
        )
        said_by = f"{message.sender}: {text}" if message.sender else text
        return values | {"text": "\n\n".join(part for part in (said_by, message.link) if part)}


def register(router: Router, windows: EventWindows) -> None:
    """Fill in the rows."""
    router.dialog(EventNew, windows.open_new)
    router.submit(EventCreate, windows.create)
    router.dialog(EventEdit, windows.open_edit)
    router.submit(EventSave, windows.save)
    router.action(NEW_EVENT, open=windows.compose, submit=windows.composed)


def action_of(kind: type[A], data: Mapping[str, Any]) -> A:
    """Return the action that a composed form carries.

    Raises:
        Outdated: it carries another, or none.
    """
    try:
        return kind.from_data(data)
    except (KeyError, TypeError, ValueError) as err:
        raise Outdated(kind.verb) from err


def _window(
    turn: Turn,
    seen: OpenBook,
    save: EventCreate | EventSave,
    values: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
    kept: EventContent | None = None,
    said: str = "",
) -> Dialog:
    form = event_form(
        save,
        values,
        seen.book,
        seen.viewer,
        problems=problems,
        kept=kept,
        mode=Mode.DIALOG,
        said=said,
    )
    title = "New event" if isinstance(save, EventCreate) else "Edit event"
    return Dialog(title=say(turn.language, title), card=form, height="large")
