"""An event copied, moved to another calendar, and its history told."""

from __future__ import annotations

from bot.handlers.events.event_forms import EventForms
from bot.handlers.forms import Form
from bot.handlers.open_books import OpenBook
from bot.replies import Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.events.event_actions import EventDetails
from cards.events.event_form import form_values
from cards.events.event_history import history_card
from cards.events.event_transfer import transfer_card
from cards.events.transfer_actions import EventCopy, EventHistory, EventMoveBack, EventTransfer
from cards.form import Mode
from cards.wording import say
from services.events.event_histories import EventHistories
from services.events.occurrences import occurrence_at
from services.events.transfers import Transfers
from services.model.books import BookId, BookKind
from services.model.errors import ReadOnly, ReadOnlyReason
from services.model.events import Event, Occurrence

__all__ = ["EventTransfers", "register"]


class EventTransfers:
    """Answers the further actions of an event's card."""

    def __init__(self, forms: EventForms, transfers: Transfers, histories: EventHistories) -> None:
        self._forms = forms
        self._transfers = transfers
        self._histories = histories

    async def copy(self, turn: Turn, action: EventCopy) -> Replies:
        """Show the form of a new event that is like this one."""
        return (await self._copy(turn, action, Mode.CHAT)).in_chat()

    async def copy_in_window(self, turn: Turn, action: EventCopy) -> Replies:
        """The same in a window."""
        return (await self._copy(turn, action, Mode.DIALOG)).in_window()

    async def transfer(self, turn: Turn, action: EventTransfer) -> Replies:
        """Ask for the calendar or, with one, move the event there."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        if action.to is None:
            writable = await self._forms.books.writable(turn, BookKind.CALENDAR)
            targets = [book for book in writable if book.id != seen.book.id]
            return Replace(transfer_card(event, targets, seen.book, seen.viewer, action))
        return await self._moved(turn, seen, event, action, BookId(action.to))

    async def move_back(self, turn: Turn, action: EventMoveBack) -> Replies:
        """Take a move back; the messages that showed the event in its calendar follow."""
        book = (await self._forms.books.called(turn, action.book)).book.id
        back = await self._transfers.move_back(turn.author, book, action.event, etag=action.etag)
        home = await self._forms.books.called(turn, back.book)
        said = say(turn.language, "It is again as it was before.")
        return Replace(
            await self._forms.shown(turn, home, back, home.viewer, said, back=action.back)
        )

    async def history(self, turn: Turn, action: EventHistory) -> Replies:
        """Show who has changed what."""
        seen, event = await self._forms.named(turn, action.book, action.event)
        changes = await self._histories.of(turn.person, seen.book.id, event.id)
        return Replace(history_card(event, changes, seen.book, seen.viewer, action))

    async def _moved(
        self, turn: Turn, seen: OpenBook, event: Event, action: EventTransfer, to: BookId
    ) -> Replies:
        """Move it; the messages that showed it in its old calendar follow."""
        etag, back = action.etag or event.etag, action.back
        moved = await self._transfers.move(turn.author, seen.book.id, event.id, to, etag=etag)
        there = await self._forms.books.called(turn, moved.book)
        said = say(turn.language, "Moved to {calendar}.", calendar=there.book.name)
        undo = EventMoveBack(there.book.id, moved.id, moved.etag, back)
        return Replace(
            await self._forms.shown(turn, there, moved, there.viewer, said, undo=undo, back=back)
        )

    async def _copy(self, turn: Turn, action: EventCopy, mode: Mode) -> Form:
        seen, event = await self._forms.named(turn, action.book, action.event)
        if event.mirror is not None and event.mirror.reason is ReadOnlyReason.PRIVATE:
            raise ReadOnly(ReadOnlyReason.PRIVATE)
        usual = Occurrence.of(event)
        content = (occurrence_at(event, action.original or "") or usual).content
        names = ", ".join(each.name for each in content.people)
        values = form_values(content, turn.zone) | {"people": "", "others": names}
        seen = await self._forms.books.to_choose(turn, seen)
        of = EventDetails(action.book, event.id, action.original or "", action.back)
        return self._forms.filled(turn, seen, values, mode, back=of)


def register(
    router: Router, forms: EventForms, transfers: Transfers, histories: EventHistories
) -> None:
    """Fill in the rows."""
    handlers, unless_gone = EventTransfers(forms, transfers, histories), forms.unless_gone
    router.verb(EventCopy, unless_gone(handlers.copy))
    router.dialog(EventCopy, handlers.copy_in_window)
    router.verb(EventTransfer, unless_gone(handlers.transfer))
    router.verb(EventMoveBack, unless_gone(handlers.move_back))
    router.verb(EventHistory, unless_gone(handlers.history))
