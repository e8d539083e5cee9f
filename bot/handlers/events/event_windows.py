"""Events in windows: from the button of a card, the compose box, and the menu of a message."""

from __future__ import annotations

from bot.handlers.events.event_forms import EventForms
from bot.handlers.events.live import LiveEvents
from bot.handlers.events.series import SeriesHandlers
from bot.handlers.windows import Windows, action_of
from bot.replies import Replies
from bot.router import Router
from bot.turn import Composing, QuotedMessage, Turn
from cards.events.event_actions import EventCreate, EventDates, EventEdit, EventNew, EventSave
from cards.events.event_form import draft_values
from cards.form import Mode
from services.model.books import BookKind
from services.model.picking import spoken_of
from services.model.times import Clock
from services.phrases import read_draft

__all__ = ["EventWindows", "register"]

NEW_EVENT = "newEvent"
LONGEST_TITLE = 120
"""Letters of a message that make a title; the whole message is kept in the notes."""


class EventWindows:
    """Answers the windows of events."""

    def __init__(self, forms: EventForms, live: LiveEvents, clock: Clock) -> None:
        self._forms = forms
        self._windows = Windows(forms, live.for_all)
        self._series = SeriesHandlers(forms, clock)
        self._clock = clock

    async def open_new(self, turn: Turn, action: EventNew) -> Replies:
        """A card's button: the form of a new event."""
        return await self._windows.open_new(turn, action.book)

    async def create(self, turn: Turn, action: EventCreate) -> Replies:
        """Its button: make the event and post it in the chat."""
        return await self._windows.create(turn, action.book, action.form)

    async def open_edit(self, turn: Turn, action: EventEdit) -> Replies:
        """A card's button: the form of an event that exists, or of one occurrence."""
        if action.original is not None:
            return await self._series.open_window(turn, action)
        return await self._windows.open_edit(turn, action.book, action.event)

    async def save(self, turn: Turn, action: EventSave) -> Replies:
        """Its button: save."""
        if action.original is not None:
            return await self._series.save_window(turn, action)
        return await self._windows.save(turn, action.book, action.event, action.etag)

    async def dates(self, turn: Turn, action: EventDates) -> Replies:
        """The window again, with the dates of what it says."""
        return (await self._forms.dated(turn, action, Mode.DIALOG)).in_window()

    async def compose(self, turn: Turn, composing: Composing) -> Replies:
        """The compose box, or a message's menu: the form, filled with what the message says."""
        quoted = composing.message
        if quoted is None:
            return await self._windows.compose(turn)
        people = await self._people_of(turn, quoted)
        return await self._windows.compose(turn, self._from_message(turn, quoted) | people)

    async def composed(self, turn: Turn, composing: Composing) -> Replies:
        """The form came back: put the event's card into the message."""
        if turn.value.get("verb") == EventDates.verb:
            return await self.dates(turn, action_of(EventDates, turn.value))
        if turn.value.get("verb") == EventSave.verb:  # it was made already, by the same form
            save = action_of(EventSave, turn.value)
            return await self._windows.insert_saved(turn, save.book, save.event, save.etag)
        create = action_of(EventCreate, turn.value)
        return await self._windows.insert_new(turn, create.book, create.form)

    async def _people_of(self, turn: Turn, message: QuotedMessage) -> dict[str, str]:
        """Return whom a message mentions, or names among those who are around."""
        seen = await self._forms.books.here(turn, BookKind.CALENDAR)
        around = await self._forms.around(turn, seen)
        known = {one.person.object_id: one for one in around}
        ids = [id for id, _ in message.mentioned if id in known]
        ids += [one.person.object_id for one in spoken_of(message.text, around)]
        others = [name for id, name in message.mentioned if id not in known and name]
        return {"people": ",".join(dict.fromkeys(ids)), "others": ", ".join(others)}

    def _from_message(self, turn: Turn, message: QuotedMessage) -> dict[str, str]:
        text = message.text.strip()
        draft = read_draft(text, self._clock.now(), turn.zone, turn.language)
        title = draft.title if len(draft.title) <= LONGEST_TITLE else text[:LONGEST_TITLE]
        values = draft_values(
            self._clock.now(),
            turn.zone,
            title=title,
            when=draft.when,
            place=draft.place,
            rule=draft.rule,
            skipped=draft.skipped,
            tags=draft.tags,
            reminder_minutes=draft.reminder.minutes if draft.reminder else 15,
        )
        said_by = f"{message.sender}: {text}" if message.sender else text
        return values | {"text": "\n\n".join(part for part in (said_by, message.link) if part)}


def register(router: Router, forms: EventForms, live: LiveEvents, clock: Clock) -> None:
    """Fill in the rows."""
    windows = EventWindows(forms, live, clock)
    router.dialog(EventNew, windows.open_new)
    router.submit(EventCreate, windows.create)
    router.dialog(EventEdit, windows.open_edit)
    router.submit(EventSave, windows.save)
    router.submit(EventDates, windows.dates)
    router.action(NEW_EVENT, open=windows.compose, submit=windows.composed)
