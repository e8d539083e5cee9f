"""One occurrence of a series, it and all that follow, or all: changed, deleted, and taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.audience import asked_by, with_its_message
from bot.handlers.events.event_forms import EventForms, Reached
from bot.handlers.forms import Form
from bot.handlers.open_books import OpenBook
from bot.replies import Card, Done, Edit, PostAbout, Replace, Replies
from bot.turn import Turn
from cards.events.event import event_card
from cards.events.event_actions import (
    EventDelete,
    EventDeleteYes,
    EventEdit,
    EventSave,
    EventUndo,
    Listed,
    SeriesDates,
)
from cards.events.event_questions import delete_question, event_deleted
from cards.events.series import series_dates
from cards.form import Mode
from cards.wording import say, sentence_of
from services.events.occurrences import day_named, occurrence_at, upcoming
from services.events.series_items import Changed
from services.model.errors import Stale
from services.model.events import Event, EventId
from services.model.reach import Reach
from services.model.times import Clock

__all__ = ["SeriesHandlers"]

DATES = 10
"""As many as fit on a card that is read at a glance."""
SAVED = {
    Reach.ONE: "Saved for this date alone.",
    Reach.FOLLOWING: "Saved for this date and all that follow.",
    Reach.ALL: "Saved for the whole series.",
}
DELETED = {
    Reach.ONE: "This date is deleted.",
    Reach.FOLLOWING: "This date and all that follow are deleted.",
    Reach.ALL: "The series is deleted.",
}


class SeriesHandlers:
    """Answers the buttons that name an occurrence, and those that take something back."""

    def __init__(self, forms: EventForms, clock: Clock) -> None:
        self._forms = forms
        self._clock = clock

    async def dates(self, turn: Turn, action: SeriesDates) -> Replies:
        """Show the next dates of a series."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        found = upcoming(event, self._clock.now(), seen.viewer.zone, DATES)
        return Replace(series_dates(event, found, seen.book, seen.viewer, action.back))

    async def open_edit(self, turn: Turn, action: EventEdit) -> Replies:
        """Show the form of an occurrence in the card's place."""
        return (await self._forms.of_occurrence(turn, action, Mode.CHAT)).in_chat()

    async def open_window(self, turn: Turn, action: EventEdit) -> Replies:
        """Show the form of an occurrence in a window."""
        return (await self._forms.of_occurrence(turn, action, Mode.DIALOG)).in_window()

    async def save(self, turn: Turn, action: EventSave) -> Replies:
        """Save the form, and offer to take that back."""
        done = await self._forms.saved_occurrence(turn, action, Mode.CHAT)
        if isinstance(done, Form):
            return done.in_chat()
        return await self._saved(turn, done, action)

    async def save_window(self, turn: Turn, action: EventSave) -> Replies:
        """Save the form of a window; the posts that show the series follow."""
        done = await self._forms.saved_occurrence(turn, action, Mode.DIALOG)
        if isinstance(done, Form):
            return done.in_window()
        return Done(say(turn.language, SAVED[done.reach]))

    async def ask_delete(self, turn: Turn, action: EventDelete) -> Replies:
        """Ask which occurrences go, or whether the event does.

        Where it was chosen from a list that this person had asked for, that becomes the question.
        """
        seen, event = await self._forms.named(turn, action.book, action.event)
        occurrence = occurrence_at(event, action.original or "")
        question = delete_question(event, seen.book, seen.viewer, occurrence, action.back)
        if turn.shows != asked_by(turn):
            return Replace(question)
        message = delete_question(event, seen.book, seen.readers, occurrence)
        return [Edit(card=message, shows=action.event), Replace(question)]

    async def delete(self, turn: Turn, action: EventDeleteYes) -> Replies:
        """Delete what was asked for, and offer to take that back; again, and it says the same."""
        seen = await self._forms.books.called(turn, action.book, self._forms.BOOKS)
        reach = Reach(action.how_far) if action.original and action.how_far else Reach.ALL
        events, book = self._forms.events, seen.book.id
        if reach is Reach.ALL:
            gone = await events.delete(turn.author, book, action.event)
            return await self._deleted(turn, seen, Changed(gone), reach, action.back)
        event = await events.get(turn.person, book, action.event)
        day = day_named(event.content, action.original or "")
        if day is None:  # the series has become a single event since
            shown = await self._forms.shown(turn, seen, event, seen.viewer, back=action.back)
            return Replace(shown)
        changed = await events.cancel(turn.author, book, action.event, day, reach)
        return await self._deleted(turn, seen, changed, reach, action.back)

    async def undo(self, turn: Turn, action: EventUndo) -> Replies:
        """Take the last change back, or show what somebody has made of it since."""
        seen = await self._forms.books.called(turn, action.book, self._forms.BOOKS)
        made = EventId(action.made) if action.made else None
        events, book = self._forms.events, seen.book.id
        try:
            event = await events.undo(turn.author, book, action.event, action.etag, made)
            said = say(turn.language, "It is again as it was before.")
        except Stale as err:
            event = await events.get(turn.person, book, action.event)
            said = sentence_of(turn.language, err)
        card = await self._forms.shown(turn, seen, event, seen.viewer, said, back=action.back)
        return await self._answer(turn, seen, event, card)

    async def _saved(self, turn: Turn, done: Reached, action: EventSave) -> Replies:
        changed, seen, original = done.changed, done.seen, action.original or ""
        shown = changed.made or changed.event
        card = event_card(
            shown,
            seen.book,
            seen.viewer,
            occurrence=occurrence_at(shown, original) if done.reach is Reach.ONE else None,
            said=say(turn.language, SAVED[done.reach]),
            undo=replace(_undo(changed), back=action.back),
            back=action.back,
        )
        return await self._answer(turn, seen, shown, card)

    async def _deleted(
        self, turn: Turn, seen: OpenBook, changed: Changed, reach: Reach, back: Listed | None
    ) -> Replies:
        event, undo = changed.event, replace(_undo(changed), back=back)
        if event.deleted_at is not None:
            card = event_deleted(event, seen.book, seen.viewer, undo, back)
        else:
            said = say(turn.language, DELETED[reach])
            card = event_card(event, seen.book, seen.viewer, said=said, undo=undo, back=back)
        return await self._answer(turn, seen, event, card)

    async def _answer(self, turn: Turn, seen: OpenBook, event: Event, card: Card) -> Replies:
        message = await self._forms.shown(turn, seen, event, seen.readers)
        return with_its_message(turn, PostAbout(seen.book, event.id), message, card)


def _undo(changed: Changed) -> EventUndo:
    event, made = changed.event, changed.made
    return EventUndo(event.book, event.id, event.etag, made.id if made else None)
