"""Events in a chat: in words, by forms, and by the buttons of their cards.

An answer is one person's view in the card's place; the message below it is what everybody reads
and what is there tomorrow. So the message is written anew as well where it shows the event that
was changed, or held the form that made it; an agenda of a channel stays an agenda.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.handlers.forms import (
    asked_by,
    is_for_all,
    new_form,
    overtaken,
    stands_alone,
    submit_key,
)
from bot.handlers.open_books import OpenBook, OpenBooks, own_view
from bot.replies import Card, Edit, PostAbout, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.actions import (
    AgendaShow,
    EventBack,
    EventCreate,
    EventDelete,
    EventDeleteYes,
    EventDetails,
    EventEdit,
    EventNew,
    EventSave,
    FormCancel,
)
from cards.event import delete_question, event_card, event_confirm, event_deleted, event_details
from cards.event_form import (
    blank_values,
    draft_values,
    event_form,
    form_values,
    read_event_form,
    typed_values,
)
from cards.notice import done_card, gone_card
from cards.wording import say, sentence_of
from services.events import Events
from services.model.books import BookKind
from services.model.errors import InvalidInput, NotFound, Stale
from services.model.events import Event, EventContent
from services.model.times import Clock
from services.occurrences import occurrence_at
from services.phrases import EventDraft, NewEvent

__all__ = ["EventHandlers", "register"]

Named = EventEdit | EventSave | EventDetails | EventBack | EventDelete | EventDeleteYes
N = TypeVar("N", bound=Named | EventCreate)


class EventHandlers:
    """Answers everything about events that happens in a chat."""

    def __init__(self, books: OpenBooks, events: Events, clock: Clock) -> None:
        self._books = books
        self._events = events
        self._clock = clock

    async def propose(self, turn: Turn, command: NewEvent) -> Replies:
        """``new event …``: what was understood, to be confirmed, or a form."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        draft = command.draft or EventDraft()
        content = _content_of(draft)
        reader = seen.viewer
        if content is not None:
            card = event_confirm(content, seen.book, reader, new_form())
            return Say(card=card, shows=asked_by(turn))
        values = draft_values(
            self._clock.now(),
            turn.zone,
            title=draft.title,
            when=draft.when,
            place=draft.place,
            rule=draft.rule,
        )
        create = EventCreate(seen.book.id, new_form())
        form = event_form(create, values, seen.book, reader, problems=draft.problems)
        return Say(card=form, shows=asked_by(turn))

    async def open_new(self, turn: Turn, action: EventNew) -> Replies:
        """Show the form of a new event, filled with what a draft brought along."""
        seen = await self._books.called(turn, action.book)
        typed = typed_values(turn.value)
        values = typed if any(typed.values()) else blank_values(self._clock.now(), turn.zone)
        create = EventCreate(seen.book.id, new_form())
        return Replace(event_form(create, values, seen.book, seen.viewer))

    async def create(self, turn: Turn, action: EventCreate) -> Replies:
        """Make the event, or show the form again with what is wrong."""
        seen = await self._books.called(turn, action.book)
        typed = typed_values(turn.value)
        try:
            content = read_event_form(turn.value, turn.zone)
            event = await self._events.create(
                turn.author, seen.book.id, content, key=submit_key(action.form, typed)
            )
        except InvalidInput as err:
            form = event_form(action, typed, seen.book, seen.viewer, problems=err.problems)
            return Replace(form)
        said = say(turn.language, "Created.")
        if stands_alone(turn):
            return _for_all(seen, event, event_card(event, seen.book, seen.viewer, said=said))
        post = Say(card=event_card(event, seen.book, seen.readers), about=_about(seen, event))
        agenda = AgendaShow(seen.book.id), say(turn.language, "Show the agenda")
        return [post, Replace(done_card(said, seen.viewer, steps=[agenda]))]

    async def cancel(self, turn: Turn, action: FormCancel) -> Replies:
        """Put a form away: for all who see it when its asker says so, else for one's own eyes."""
        sentence = say(turn.language, "Nothing was saved.")
        card = done_card(sentence, own_view(turn))
        away = Replace(card)
        return [Edit(card=card), away] if is_for_all(turn, asked_by(turn)) else away

    async def open_edit(self, turn: Turn, action: EventEdit) -> Replies:
        """Show the form of an event that exists."""
        seen, event = await self._named(turn, action)
        save = EventSave(seen.book.id, event.id, event.etag, new_form())
        values = form_values(event.content, turn.zone)
        return Replace(event_form(save, values, seen.book, seen.viewer, kept=event.content))

    async def save(self, turn: Turn, action: EventSave) -> Replies:
        """Save the form, or show it again with what is wrong."""
        seen, event = await self._named(turn, action)
        typed = typed_values(turn.value)
        try:
            content = read_event_form(turn.value, turn.zone, event.content)
            saved = await self._events.edit(
                turn.author, seen.book.id, event.id, content, etag=action.etag
            )
        except InvalidInput as err:
            form = event_form(
                action, typed, seen.book, seen.viewer, problems=err.problems, kept=event.content
            )
            return Replace(form)
        except Stale:
            return self._overtaken(turn, seen, await self._fresh(turn, action), typed)
        said = say(turn.language, "Saved.")
        return _changed(turn, seen, saved, event_card(saved, seen.book, seen.viewer, said=said))

    async def details(self, turn: Turn, action: EventDetails) -> Replies:
        """Show all there is, and the way back to where it was opened."""
        seen, event = await self._named(turn, action)
        occurrence = occurrence_at(event, action.original)
        details = event_details(
            event, seen.book, seen.viewer, occurrence=occurrence, back=action.back
        )
        return Replace(details)

    async def back(self, turn: Turn, action: EventBack) -> Replies:
        """Show the short card."""
        seen, event = await self._named(turn, action)
        about = _about(seen, event) if is_for_all(turn, event.id) else None
        return Replace(event_card(event, seen.book, seen.viewer), about)

    async def ask_delete(self, turn: Turn, action: EventDelete) -> Replies:
        """Ask before it goes."""
        seen, event = await self._named(turn, action)
        return Replace(delete_question(event, seen.book, seen.viewer))

    async def delete(self, turn: Turn, action: EventDeleteYes) -> Replies:
        """Delete it; the second delivery of the same press finds it done."""
        seen = await self._books.called(turn, action.book)
        event = await self._events.delete(turn.author, seen.book.id, action.event)
        return _changed(turn, seen, event, event_deleted(event, seen.book, seen.viewer))

    def unless_gone(
        self, handler: Callable[[Turn, N], Awaitable[Replies]]
    ) -> Callable[[Turn, N], Awaitable[Replies]]:
        """Return the handler, with a fresh card for the button of an event that is gone."""

        async def answer(turn: Turn, action: N) -> Replies:
            try:
                return await handler(turn, action)
            except NotFound as err:
                if err.what != "event":
                    raise
                seen = await self._books.called(turn, action.book)
                sentence = sentence_of(turn.language, err)
                return Replace(gone_card(sentence, seen.book, seen.viewer))

        return answer

    async def _named(self, turn: Turn, action: Named) -> tuple[OpenBook, Event]:
        seen = await self._books.called(turn, action.book)
        return seen, await self._events.get(turn.person, seen.book.id, action.event)

    async def _fresh(self, turn: Turn, action: EventSave) -> Event:
        return await self._events.get(turn.person, action.book, action.event)

    def _overtaken(
        self, turn: Turn, seen: OpenBook, event: Event, typed: dict[str, str]
    ) -> Replies:
        """Return the form as it was typed, over the event as somebody else has just left it."""
        save = EventSave(seen.book.id, event.id, event.etag, new_form())
        said = overtaken(turn.language, event.updated_by.name)
        return Replace(
            event_form(save, typed, seen.book, seen.viewer, kept=event.content, said=said)
        )


def register(router: Router, handlers: EventHandlers) -> None:
    """Fill in the rows."""
    router.command(NewEvent, handlers.propose)
    router.verb(EventNew, handlers.open_new)
    router.verb(EventCreate, handlers.unless_gone(handlers.create))
    router.verb(FormCancel, handlers.cancel)
    router.verb(EventEdit, handlers.unless_gone(handlers.open_edit))
    router.verb(EventSave, handlers.unless_gone(handlers.save))
    router.verb(EventDetails, handlers.unless_gone(handlers.details))
    router.verb(EventBack, handlers.unless_gone(handlers.back))
    router.verb(EventDelete, handlers.unless_gone(handlers.ask_delete))
    router.verb(EventDeleteYes, handlers.unless_gone(handlers.delete))


def _content_of(draft: EventDraft) -> EventContent | None:
    """Return what a sentence described, where it described a whole event."""
    if not draft.title or len(draft.title) > 200 or draft.when is None or draft.problems:
        return None
    return EventContent(
        title=draft.title,
        when=draft.when,
        place=draft.place,
        rule=draft.rule,
        reminder_minutes=15,
    )


def _about(seen: OpenBook, event: Event) -> PostAbout:
    return PostAbout(seen.book, event.id)


def _changed(turn: Turn, seen: OpenBook, event: Event, answer: Card) -> Replies:
    """Return the answer for the one who pressed; other posts of the event follow by themselves."""
    return _for_all(seen, event, answer) if is_for_all(turn, event.id) else Replace(answer)


def _for_all(seen: OpenBook, event: Event, answer: Card) -> Replies:
    """Return the answer for the one who pressed, and the message for all who read it."""
    drawn = event_deleted if event.deleted_at else event_card
    return [
        Edit(card=drawn(event, seen.book, seen.readers), about=_about(seen, event)),
        Replace(answer),
    ]
