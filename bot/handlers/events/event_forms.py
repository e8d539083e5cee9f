"""The forms of events, and of one occurrence of a series, which ask how far a change reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.handlers.events.ways_back import copied, listed
from bot.handlers.forms import Form, Forms, new_form
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.overtaken import changed_by
from bot.handlers.people_around import PeopleAround
from bot.handlers.refreshing import RefreshList
from bot.handlers.sheets import Sheet
from bot.replies import Card
from bot.turn import Turn
from cards.action import Action
from cards.events.custom_rule import FIELDS as CUSTOM_FIELDS
from cards.events.custom_rule import custom_values
from cards.events.event import event_card
from cards.events.event_actions import EventCreate, EventDates, EventEdit, EventSave
from cards.events.event_extras import names_people, picked
from cards.events.event_form import (
    blank_values,
    event_form,
    form_values,
    read_event_form,
    read_reach_form,
    typed_values,
)
from cards.events.event_questions import event_deleted
from cards.events.repeats import Repeat
from cards.events.rule_values import rule_of
from cards.form import Mode
from cards.notice import gone_card
from cards.preview import event_preview
from cards.viewer import Reader, Viewer
from services.events.answers import Answers
from services.events.events import Events
from services.events.occurrences import day_named, occurrence_at
from services.events.series_items import Changed
from services.model.answers import is_answered
from services.model.books import Book, BookKind
from services.model.conversations import Member
from services.model.errors import AlmanacError, InvalidInput, NotFound, Problem, Stale
from services.model.events import Event, EventContent, EventId, Occurrence
from services.model.reach import Reach
from services.model.times import Clock
from services.model.veil import is_authors

__all__ = ["BesideEvents", "EventForms", "EventSheet", "Reached"]

DATED = frozenset({"start_date", "start_time", "end_date", "end_time", "repeats", "until"})
DATED |= frozenset(CUSTOM_FIELDS)
"""The inputs on which the dates of a repetition depend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSheet(Sheet[Event]):
    """How the form of an event is to be drawn."""

    original: str = ""
    """Of a series: the occurrence that was opened, by the ISO form of its original start."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The form of an occurrence that was taken."""

    seen: OpenBook
    changed: Changed
    reach: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideEvents:
    """What the forms and cards of events are made of."""

    events: Events
    answers: Answers
    around: PeopleAround
    refreshing: RefreshList


class EventForms(Forms[Event, EventId, EventContent]):
    """How an event is read and drawn. What a person types is in their own zone."""

    BOOKS = BookKind.CALENDAR
    TITLES = "New event", "Edit event"

    def __init__(self, books: OpenBooks, beside: BesideEvents, clock: Clock) -> None:
        super().__init__(books, beside.events)
        self.events = beside.events
        self.answers = beside.answers
        self._around = beside.around
        self._refreshing = beside.refreshing
        self._clock = clock

    async def of_occurrence(self, turn: Turn, action: EventEdit, mode: Mode) -> Form:
        """Return the form of one occurrence of a series.

        Raises:
            NotFound: there is none, as far as this person may know.
        """
        seen, event = await self.named(turn, action.book, action.event)
        original = action.original or ""
        values = form_values(_of_series(event, original), turn.zone)
        sheet = EventSheet(
            mode=mode, item=event, etag=event.etag, original=original, back=action.back
        )
        return self._form(turn, seen, values, sheet)

    async def saved_occurrence(self, turn: Turn, action: EventSave, mode: Mode) -> Reached | Form:
        """Change an occurrence as its form says, and as many others as it says.

        Raises:
            NotFound: there is no such occurrence (any more), as far as this person may know.
        """
        seen, event = await self.named(turn, action.book, action.event)
        original = action.original or ""
        sheet = EventSheet(
            mode=mode, item=event, etag=action.etag, original=original, back=action.back
        )
        typed = self.typed(turn.value)
        try:
            kept, around = _of_series(event, original), await self.around(turn, seen)
            reach, content = read_reach_form(turn.value, turn.zone, kept, around)
            day = day_named(event.content, original) or date.min
            changed = await self.events.change(
                turn.author, seen.book.id, event.id, day, reach, content, etag=action.etag
            )
        except InvalidInput as err:
            return self._form(turn, seen, typed, replace(sheet, problems=err.problems))
        except Stale:
            _, event = await self.named(turn, action.book, action.event)
            said = changed_by(event.updated_by.name, turn.language)
            sheet = replace(sheet, item=event, etag=event.etag, said=said)
            return self._form(turn, seen, typed, sheet)
        except AlmanacError as err:
            return self.kept(turn, seen, typed, sheet, err)
        return Reached(seen, changed, reach)

    async def dated(self, turn: Turn, action: EventDates, mode: Mode) -> Form:
        """Return the form as it was typed, with the dates of its repetition or what is wrong.

        Raises:
            NotFound: the event or occurrence is none any more, as far as this person may know.
        """
        typed = self.typed(turn.value)
        rule = rule_of(action.rule or "")
        if typed.get("repeats") == Repeat.CUSTOM and "unit" not in typed and rule:
            typed |= custom_values(rule)
        if action.event is None:
            seen = await self.for_new(turn, action.book)
            new = EventSheet(mode=mode, draft=action.form or new_form(), back=action.of)
            return self._form(
                turn, seen, typed, replace(new, problems=self._not_dates(turn, typed))
            )
        seen, event = await self.named(turn, action.book, EventId(action.event))
        original = action.original or ""
        kept = _of_series(event, original) if original else event.content
        sheet = EventSheet(
            mode=mode, item=event, etag=action.etag or "", original=original, back=action.back
        )
        problems = self._not_dates(turn, typed, kept)
        return self._form(turn, seen, typed, replace(sheet, problems=problems))

    def _not_dates(
        self, turn: Turn, typed: Mapping[str, str], kept: EventContent | None = None
    ) -> tuple[Problem, ...]:
        """Return why a form has no dates; a missing title does not matter yet."""
        try:
            read_event_form(typed, turn.zone, kept)
        except InvalidInput as err:
            return tuple(each for each in err.problems if each.field in DATED)
        return ()

    def typed(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What was typed, right or wrong."""
        return typed_values(data)

    def brought(self, turn: Turn, book: Book) -> dict[str, str]:
        """Return a proposal's values where the button brought some along."""
        typed = typed_values(turn.value)
        if any(typed.values()):
            return typed
        minutes = book.settings.reminder_minutes
        return blank_values(self._clock.now(), turn.zone, minutes)

    def values(self, turn: Turn, item: Event) -> dict[str, str]:
        """The item, as far as a form has room for it."""
        return form_values(item.content, turn.zone)

    async def read(self, turn: Turn, seen: OpenBook, item: Event | None) -> EventContent:
        """The content; what the form has no room for stays as it was."""
        kept, around = item.content if item else None, await self.around(turn, seen)
        return read_event_form(turn.value, turn.zone, kept, around)

    async def around(self, turn: Turn, seen: OpenBook) -> tuple[Member, ...]:
        """Return who can be meant by name: those of the place; for others, all the asker meets."""
        is_named = names_people(turn.value)
        return await self._around.of(turn, seen.book, picked(turn.value), is_named=is_named)

    def draw_form(self, seen: OpenBook, values: Mapping[str, str], sheet: Sheet[Event]) -> Card:
        """The form of the item, or of a new one."""
        item = sheet.item
        original = sheet.original if isinstance(sheet, EventSheet) else ""
        kept = item.content if item else None
        if item is not None and original:
            kept = _of_series(item, original)
        return event_form(
            EventSave(seen.book.id, item.id, sheet.etag, original or None, listed(sheet.back))
            if item
            else EventCreate(seen.book.id, sheet.draft, copied(sheet.back)),
            values,
            seen.book,
            seen.viewer,
            problems=sheet.problems,
            kept=kept,
            mode=sheet.mode,
            said=sheet.said,
            beside=seen.beside,
            own=item is None or is_authors(item, seen.person),
            keeps_text=bool(item and item.content.meeting_url),
        )

    def draw(
        self,
        item: Event,
        book: Book,
        reader: Reader,
        said: str = "",
        *,
        undo: Action | None = None,
        back: Action | None = None,
    ) -> Card:
        """The card, or what is left of a deleted one."""
        if item.deleted_at:
            return event_deleted(item, book, reader, back=listed(back))
        return event_card(item, book, reader, said=said, undo=undo, back=listed(back))

    async def shown(
        self,
        turn: Turn,
        seen: OpenBook,
        item: Event,
        reader: Reader,
        said: str = "",
        *,
        undo: Action | None = None,
        back: Action | None = None,
    ) -> Card:
        """The card with the answers to it: one's own is marked in one's own view.

        ``undo`` takes back what was just done to an event that is there, ``back`` is the list that
        it was opened from.
        """
        if not is_answered(item, seen.book):
            return self.draw(item, seen.book, reader, said, undo=undo, back=back)
        answers = await self.answers.of(turn.person, seen.book.id, item.id)
        is_own = isinstance(reader, Viewer)
        own = (turn.teams_id,) if seen.shared and turn.teams_id else ()
        return event_card(
            item,
            seen.book,
            reader,
            said=said,
            undo=undo,
            refresh_for=own if is_own else await self._refreshing.of(turn.conversation),
            answers=answers,
            me=turn.person if is_own else None,
            back=listed(back),
        )

    def preview(self, item: Event, viewer: Viewer) -> Mapping[str, Any]:
        """A row of results."""
        return event_preview(Occurrence.of(item), viewer)

    def gone(self, sentence: str, seen: OpenBook) -> Card:
        """What a button says whose item is gone."""
        return gone_card(sentence, seen.book, seen.viewer)


def _of_series(event: Event, original: str) -> EventContent:
    """Return an occurrence as its form shows it: with the rule of its series.

    Raises:
        NotFound: the series has none there (any more).
    """
    occurrence = occurrence_at(event, original)
    if occurrence is None:
        raise NotFound("event")
    return replace(occurrence.content, rule=event.content.rule)
