"""``move lunch to 14:00``, ``rename …``, ``delete standup tomorrow``: shown first, then done.

Where the words fit one event, what would become of it is shown to be confirmed; where they fit
several, these are listed and the one that is pressed is shown so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.handlers.audience import asked_by, is_for_all, with_its_message
from bot.handlers.books.calendars import CalendarHandlers
from bot.handlers.events.event_forms import EventForms
from bot.handlers.open_books import OpenBook
from bot.replies import Card, Edit, PostAbout, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.events.change_actions import EventMove, EventRename
from cards.events.changes import MOST_CHOICES, change_question, choice_card
from cards.events.event import event_card
from cards.events.event_actions import EventDelete, EventUndo
from cards.events.event_questions import delete_question
from cards.wording import beside, say
from services.events.event_choice import EventChoice, Spoken
from services.events.occurrences import day_named, occurrence_at
from services.events.series_items import Changed
from services.model.books import BookKind, Role
from services.model.errors import (
    NotAllowed,
    NotFound,
    OnlyOwn,
    ReadOnly,
    ReadOnlyReason,
    Stale,
)
from services.model.events import Event, EventContent, Occurrence
from services.model.new_time import NewTime, moved_to, rule_moved
from services.model.reach import Reach
from services.model.recurrence import Rule
from services.model.times import Clock, Start
from services.phrases import Called, DeleteEvent, MoveEvent, RenameCalendar, RenameEvent

__all__ = ["ChangeHandlers", "register"]

Change = EventMove | EventRename
Ask = Callable[[Occurrence], Change | EventDelete]


@dataclass(frozen=True, slots=True)
class Meant:
    """A change that was asked for, worked out on the event as it is now."""

    seen: OpenBook
    before: Occurrence
    after: EventContent
    rule: Rule | None
    """Of the series, if the change is to go further than one date; ``None`` = it cannot."""

    @property
    def reaches(self) -> Sequence[Reach]:
        """How far the change can go."""
        if self.before.original is None:
            return (Reach.ALL,)
        return tuple(Reach) if self.rule else (Reach.ONE,)


class ChangeHandlers:
    """Answers what is said of events that exist."""

    def __init__(
        self, forms: EventForms, choice: EventChoice, calendars: CalendarHandlers, clock: Clock
    ) -> None:
        self._forms = forms
        self._choice = choice
        self._calendars = calendars
        self._clock = clock

    async def move(self, turn: Turn, command: MoveEvent) -> Replies:
        """``move … to …``, ``postpone … by …``."""
        if command.problems:
            return Tell(beside(turn.language, command.problems[0]))
        to = command.to.text
        return await self._offer(
            turn,
            command.which,
            lambda one: EventMove(one.event.book, one.event.id, to, _original(one)),
        )

    async def rename(self, turn: Turn, command: RenameEvent) -> Replies:
        """``rename … to …``: a calendar of just that name, else an event, else a calendar."""
        calendar = RenameCalendar(BookKind.CALENDAR, command.title, command.which.said)
        if command.or_calendar and await self._is_calendar(turn, command.which.said):
            return await self._calendars.say_rename(turn, calendar)
        return await self._offer(
            turn,
            command.which,
            lambda one: EventRename(one.event.book, one.event.id, command.title, _original(one)),
        )

    async def delete(self, turn: Turn, command: DeleteEvent) -> Replies:
        """``delete …``, ``cancel …``."""
        return await self._offer(
            turn,
            command.which,
            lambda one: EventDelete(one.event.book, one.event.id, _original(one)),
        )

    async def press(self, turn: Turn, action: Change) -> Replies:
        """The button: one of several is meant, or it is confirmed."""
        if action.how_far is None:
            question = await self._question(turn, action, post=False)
            if turn.shows != asked_by(turn):
                return Replace(question)
            post = await self._question(turn, action, post=True)
            return [Edit(card=post, shows=action.event), Replace(question)]
        try:
            return await self._done(turn, action, Reach(action.how_far))
        except Stale:
            anew = replace(action, how_far=None, etag=None)
            return Replace(await self._question(turn, anew, post=False))

    async def _offer(self, turn: Turn, which: Called, ask: Ask) -> Replies:
        found = await self._found(turn, which)
        if not found:
            return Tell(say(turn.language, NOTHING, said=which.said))
        if len(found) == 1:
            [one] = found
            _require_say(await self._forms.books.called(turn, one.event.book), one.event)
            card = await self._question(turn, ask(one), post=True)
            return Say(card=card, shows=one.event.id)
        seen = await self._forms.books.here(turn, BookKind.CALENDAR)
        readable = await self._forms.books.readable(turn, BookKind.CALENDAR)
        card = choice_card(
            [(one, ask(one)) for one in found[:MOST_CHOICES]],
            {book.id: book for book in readable},
            seen.readers,
            is_cut=len(found) > MOST_CHOICES,
        )
        return Say(card=card, shows=asked_by(turn))

    async def _found(self, turn: Turn, which: Called) -> Sequence[Occurrence]:
        books = self._forms.books
        seen = await books.here(turn, BookKind.CALENDAR)
        within = await books.looked_through(turn, seen.book.id, BookKind.CALENDAR)
        days = which.days
        first, last = (days.first, days.last) if days else (None, None)
        readings = [Spoken(which.words, first, last, which.at), Spoken(which.said)]
        now = self._clock.now()
        return await self._choice.find(turn.person, readings, now, turn.zone, within)

    async def _is_calendar(self, turn: Turn, name: str) -> bool:
        books = await self._forms.books.of_place(turn, BookKind.CALENDAR)
        return name.casefold() in {book.name.casefold() for book in books}

    async def _question(self, turn: Turn, action: Change | EventDelete, *, post: bool) -> Card:
        if not isinstance(action, EventMove | EventRename):
            seen, event = await self._forms.named(turn, action.book, action.event)
            reader = seen.readers if post else seen.viewer
            occurrence = occurrence_at(event, action.original or "")
            return delete_question(event, seen.book, reader, occurrence)
        meant = await self._meant(turn, action)
        seen = meant.seen
        reader = seen.readers if post else seen.viewer
        return change_question(meant.before, meant.after, action, meant.reaches, seen.book, reader)

    async def _meant(self, turn: Turn, action: Change) -> Meant:
        """Work the change out; ``NotFound`` where the date has gone meanwhile."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        before = _one(event, action.original)
        content, rule = before.content, event.content.rule
        if isinstance(action, EventRename):
            return Meant(seen, before, replace(content, title=action.called), rule)
        when = moved_to(content.when, NewTime.of(action.to), turn.zone)
        by = (_day(when.start) - _day(content.when.start)).days
        return Meant(seen, before, replace(content, when=when), rule and rule_moved(rule, by))

    async def _done(self, turn: Turn, action: Change, reach: Reach) -> Replies:
        meant = await self._meant(turn, action)
        seen, event, etag = meant.seen, meant.before.event, action.etag or ""
        events, book = self._forms.events, seen.book.id
        day = day_named(event.content, action.original or "")
        if day is None:
            edited = await events.edit(turn.author, book, event.id, meant.after, etag=etag)
            return await self._told(turn, seen, Changed(edited), None)
        after = meant.after if reach is Reach.ONE else replace(meant.after, rule=meant.rule)
        changed = await events.change(turn.author, book, event.id, day, reach, after, etag=etag)
        shown = occurrence_at(changed.event, action.original or "")
        return await self._told(turn, seen, changed, shown if reach is Reach.ONE else None)

    async def _told(
        self, turn: Turn, seen: OpenBook, changed: Changed, one: Occurrence | None
    ) -> Replies:
        event = changed.made or changed.event
        made = changed.made.id if changed.made else None
        undo = EventUndo(seen.book.id, changed.event.id, changed.event.etag, made)
        said = say(turn.language, "Saved.")
        card = event_card(event, seen.book, seen.viewer, occurrence=one, said=said, undo=undo)
        message = await self._forms.shown(turn, seen, event, seen.readers)
        about = PostAbout(seen.book, event.id)
        if changed.made and is_for_all(turn, changed.event.id):
            return [Edit(card=message, about=about), Replace(card)]
        return with_its_message(turn, about, message, card)


NOTHING = "No event “{said}” was found here that could be meant."


def _require_say(seen: OpenBook, event: Event) -> None:
    """Return if a button that changes or deletes the event would lead somewhere.

    Raises:
        ReadOnly: it is changed elsewhere, or the calendar is archived.
        NotAllowed: the person may only look, or change what is their own (``OnlyOwn``).
    """
    if seen.book.archived:
        raise ReadOnly(ReadOnlyReason.ARCHIVED)
    if event.feed:
        raise ReadOnly(ReadOnlyReason.SUBSCRIBED)
    if event.mirror is not None and event.mirror.reason is not ReadOnlyReason.PRIVATE:
        raise ReadOnly(event.mirror.reason)
    if not seen.viewer.may_change(event.created_by):
        raise OnlyOwn("editor") if seen.viewer.may(Role.CONTRIBUTOR) else NotAllowed("editor")


def _original(one: Occurrence) -> str | None:
    return one.original.isoformat() if one.original is not None else None


def _one(event: Event, original: str | None) -> Occurrence:
    if original is None:
        return Occurrence.of(event)
    found = occurrence_at(event, original)
    if found is None:
        raise NotFound("event")
    return found


def _day(start: Start) -> date:
    return start.date() if isinstance(start, datetime) else start


def register(router: Router, handlers: ChangeHandlers, forms: EventForms) -> None:
    """Fill in the rows."""
    router.command(MoveEvent, handlers.move)
    router.command(RenameEvent, handlers.rename)
    router.command(DeleteEvent, handlers.delete)
    router.verb(EventMove, forms.unless_gone(handlers.press))
    router.verb(EventRename, forms.unless_gone(handlers.press))
