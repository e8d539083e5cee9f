"""Events in a chat: in words, by forms, and by the buttons of their cards."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.handlers.audience import asked_by, is_for_all
from bot.handlers.chat_forms import ChatForms
from bot.handlers.events.event_forms import EventForms
from bot.handlers.events.series import SeriesHandlers
from bot.handlers.forms import Filed, new_form
from bot.handlers.open_books import OpenBook, own_view
from bot.replies import Edit, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.events.event import event_details
from cards.events.event_actions import (
    AgendaShow,
    EventBack,
    EventCreate,
    EventDates,
    EventDelete,
    EventDeleteYes,
    EventDetails,
    EventEdit,
    EventNew,
    EventSave,
    EventUndo,
    SeriesDates,
)
from cards.events.event_form import draft_values, event_form
from cards.events.event_questions import event_confirm
from cards.events.skipped import cancelled
from cards.form import Mode
from cards.general_actions import FormCancel
from cards.notice import done_card
from cards.wording import say
from services.events.event_checks import MAX_TITLE
from services.events.occurrences import occurrence_at
from services.model.books import BookKind
from services.model.concerns import named_in
from services.model.events import EventContent, Participant, ShowAs
from services.model.times import Clock
from services.phrases import EventDraft, NewEvent

__all__ = ["EventHandlers", "register"]

IN = re.compile(r"\s+in\s+(?P<name>\S.{0,99})$", re.I)


class EventHandlers:
    """Answers everything about events that happens in a chat."""

    def __init__(self, forms: EventForms, clock: Clock) -> None:
        self._forms = forms
        self._in_chat = ChatForms(forms)
        self._series = SeriesHandlers(forms, clock)
        self._clock = clock

    async def propose(self, turn: Turn, command: NewEvent) -> Replies:
        """``new event …``: what was understood, to be confirmed, or a form."""
        seen, draft = await self._in_named(turn, command.draft or EventDraft())
        usual = seen.book.settings.reminder_minutes
        minutes = draft.reminder.minutes if draft.reminder else usual
        content = _content_of(draft, minutes)
        if content is not None:
            around = await self._forms.around(turn, seen) if seen.shared else ()
            people = tuple(Participant(one.name, one.person) for one in named_in(content, around))
            content = replace(content, people=people)
            card = event_confirm(content, seen.book, seen.viewer, new_form())
            return Say(card=card, shows=asked_by(turn))
        values = draft_values(
            self._clock.now(),
            turn.zone,
            title=draft.title,
            when=draft.when,
            place=draft.place,
            rule=draft.rule,
            skipped=draft.skipped,
            tags=draft.tags,
            reminder_minutes=minutes,
            problems=draft.problems,
        )
        seen = await self._forms.books.to_choose(turn, seen)
        create = EventCreate(seen.book.id, new_form())
        form = event_form(
            create, values, seen.book, seen.viewer, problems=draft.problems, beside=seen.beside
        )
        return Say(card=form, shows=asked_by(turn))

    async def _in_named(self, turn: Turn, draft: EventDraft) -> tuple[OpenBook, EventDraft]:
        """Return the calendar that is meant, and the event without its name.

        What ``in …`` names is a place, unless a calendar that may be written to is called so.
        """
        named = IN.search(draft.title)
        name = draft.place or (named["name"] if named else "")
        if name:
            for book in await self._forms.books.writable(turn, BookKind.CALENDAR):
                if book.name.casefold() == name.casefold():
                    title = draft.title if draft.place else IN.sub("", draft.title)
                    seen = await self._forms.books.called(turn, book.id)
                    return seen, replace(draft, title=title, place="")
        return await self._forms.books.to_add(turn, BookKind.CALENDAR), draft

    async def open_new(self, turn: Turn, action: EventNew) -> Replies:
        """Show the form of a new event, or of a proposal that is to be corrected."""
        return await self._in_chat.open_new(turn, action.book, action.form or "")

    async def create(self, turn: Turn, action: EventCreate) -> Replies:
        """Make the event; in a view of another message, offer the agenda next, or the way back."""
        back = action.of.back if action.of else None
        step = (back, say(turn.language, "Back")) if back else None
        step = step or (AgendaShow(action.book), say(turn.language, "Show the agenda"))
        return await self._in_chat.create(
            turn, action.book, action.form, steps=[step], back=action.of
        )

    async def cancel(self, turn: Turn, action: FormCancel) -> Replies:
        """Put a form away: for all who see it when its asker says so, else for one's own eyes."""
        sentence = say(turn.language, "Nothing was saved.")
        card = done_card(sentence, own_view(turn))
        away = Replace(card)
        return [Edit(card=card), away] if is_for_all(turn, asked_by(turn)) else away

    async def open_edit(self, turn: Turn, action: EventEdit) -> Replies:
        """Show the form of an event that exists, or of one occurrence."""
        if action.original is not None:
            return await self._series.open_edit(turn, action)
        return await self._in_chat.open_edit(turn, action.book, action.event, action.back)

    async def save(self, turn: Turn, action: EventSave) -> Replies:
        """Save the form."""
        if action.original is not None:
            return await self._series.save(turn, action)
        return await self._in_chat.save(turn, action.book, action.event, action.etag, action.back)

    async def dates(self, turn: Turn, action: EventDates) -> Replies:
        """Show the form again, with the dates of what it says."""
        return (await self._forms.dated(turn, action, Mode.CHAT)).in_chat()

    async def details(self, turn: Turn, action: EventDetails) -> Replies:
        """Show all there is, and the way back to where it was opened."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        occurrence = occurrence_at(event, action.original)
        answers = await self._forms.answers.of(turn.person, seen.book.id, event.id, action.original)
        details = event_details(
            event,
            seen.book,
            seen.viewer,
            occurrence=occurrence,
            back=action.back,
            answers=answers,
            me=turn.person,
        )
        return Replace(details)

    async def back(self, turn: Turn, action: EventBack) -> Replies:
        """Show the short card."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        about = Filed(seen, event).about if is_for_all(turn, event.id) else None
        return Replace(await self._forms.shown(turn, seen, event, seen.viewer), about)


def register(router: Router, forms: EventForms, clock: Clock) -> None:
    """Fill in the rows."""
    handlers, unless_gone = EventHandlers(forms, clock), forms.unless_gone
    series = SeriesHandlers(forms, clock)
    router.command(NewEvent, handlers.propose)
    router.verb(EventNew, handlers.open_new)
    router.verb(EventCreate, unless_gone(handlers.create))
    router.verb(FormCancel, handlers.cancel)
    router.verb(EventEdit, unless_gone(handlers.open_edit))
    router.verb(EventSave, unless_gone(handlers.save))
    router.verb(EventDates, unless_gone(handlers.dates))
    router.verb(EventDetails, unless_gone(handlers.details))
    router.verb(EventBack, unless_gone(handlers.back))
    router.verb(EventDelete, unless_gone(series.ask_delete))
    router.verb(EventDeleteYes, unless_gone(series.delete))
    router.verb(EventUndo, unless_gone(series.undo))
    router.verb(SeriesDates, unless_gone(series.dates))


def _content_of(draft: EventDraft, reminder_minutes: int | None) -> EventContent | None:
    """Return what a sentence described, where it described a whole event."""
    if not draft.title or len(draft.title) > MAX_TITLE or draft.when is None or draft.problems:
        return None
    return EventContent(
        title=draft.title,
        when=draft.when,
        place=draft.place,
        rule=draft.rule,
        exceptions=cancelled(draft.when, draft.rule, draft.skipped),
        tags=draft.tags,
        reminder_minutes=reminder_minutes,
        show_as=ShowAs.AWAY if draft.is_away else ShowAs.BUSY,
    )
