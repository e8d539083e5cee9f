"""Notifications: what somebody wants to hear of a calendar, and a reminder once more."""

from __future__ import annotations

from datetime import timedelta

from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBooks
from bot.replies import Card, Dialog, Done, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.form import Mode
from cards.viewer import Everyone, Reader, Viewer
from cards.watching.activity_note import ActivityNote, activity_note, with_why_here
from cards.watching.digest import changes_card, digest_card
from cards.watching.reminder import reminder_card, snoozed_card
from cards.watching.watch_actions import ReminderSnooze, WatchEdit, WatchSave, WatchShow
from cards.watching.watch_form import (
    read_watch_form,
    typed_wishes,
    watch_card,
    watch_form,
    wish_values,
)
from cards.wording import say
from services.events.events import Events
from services.events.watching import Watching
from services.model.books import Book, BookKind, Role
from services.model.errors import AlmanacError, InvalidInput
from services.model.identity import ConversationKind
from services.model.notices import ChangesNotice, ReminderNotice, WatchNotice
from services.phrases.commands import ShowNotifications

__all__ = ["WatchDrawings", "WatchHandlers", "register"]


class WatchHandlers:
    """Answers about notifications."""

    def __init__(self, books: OpenBooks, watching: Watching, events: Events) -> None:
        self._books = books
        self._watching = watching
        self._events = events

    async def typed(self, turn: Turn, command: ShowNotifications) -> Replies:
        """The command: where one can choose."""
        return Say(card=await self._list(turn))

    async def show(self, turn: Turn, action: WatchShow) -> Replies:
        """The button: the same."""
        return Replace(await self._list(turn))

    async def edit(self, turn: Turn, action: WatchEdit) -> Replies:
        """The button: the form, in the card's place."""
        return Replace(await self._form(turn, action), is_form=True)

    async def open(self, turn: Turn, action: WatchEdit) -> Replies:
        """The button: the form in a dialog."""
        return self._window(turn, await self._form(turn, action, Mode.DIALOG))

    async def save(self, turn: Turn, action: WatchSave) -> Replies:
        """The form in the chat: go by it from now on."""
        again = await self._saved(turn, action, Mode.CHAT)
        if again is not None:
            return Replace(again, is_form=True)
        return Replace(await self._list(turn, say(turn.language, "Saved.")))

    async def save_in_dialog(self, turn: Turn, action: WatchSave) -> Replies:
        """The form in the dialog."""
        again = await self._saved(turn, action, Mode.DIALOG)
        return Done(say(turn.language, "Saved.")) if again is None else self._window(turn, again)

    async def snooze(self, turn: Turn, action: ReminderSnooze) -> Replies:
        """The button of a reminder: once more, later."""
        opened = await self._books.called(turn, action.book)
        event = await self._events.get(turn.person, opened.book.id, action.event)
        later = timedelta(minutes=action.minutes)
        await self._watching.again(turn.person, opened.book.id, event.id, action.original, later)
        return Replace(snoozed_card(event.content, action.minutes, opened.viewer))

    async def _saved(self, turn: Turn, action: WatchSave, mode: Mode) -> Card | None:
        """Keep what was chosen; return the form again, as it was typed, where it is not taken."""
        opened = await self._books.called(turn, action.book)
        book, typed = opened.book, typed_wishes(turn.value)
        kept = await self._watching.wishes(turn.person, book.id, everyone=action.everyone)
        try:
            await self._watching.choose(
                turn.person,
                book.id,
                read_watch_form(turn.value, kept),
                zone=book.zone if action.everyone else turn.zone,
                language=book.language if action.everyone else turn.language,
                everyone=action.everyone,
            )
        except InvalidInput as err:
            return watch_form(action, typed, book, opened.viewer, problems=err.problems, mode=mode)
        except AlmanacError as err:
            said = why_not_taken(turn, mode, err)
            return watch_form(action, typed, book, opened.viewer, mode=mode, said=said)
        return None

    async def _list(self, turn: Turn, said: str = "") -> Card:
        here = await self._books.here(turn, BookKind.CALENDAR)
        if turn.kind is not ConversationKind.PERSONAL:
            return watch_card((), here.book, here.viewer, said=said)
        ids = [id for kind in BookKind for id in await self._books.on_shelf(turn, kind)]
        others = [await self._books.called(turn, id) for id in ids if id != here.book.id]
        books = [here.book, *(each.book for each in others)]
        return watch_card(books, None, here.viewer, said=said)

    async def _form(self, turn: Turn, action: WatchEdit, mode: Mode = Mode.CHAT) -> Card:
        opened = await self._books.called(turn, action.book)
        book, everyone = opened.book, action.everyone
        wishes = await self._watching.wishes(turn.person, book.id, everyone=everyone)
        save = WatchSave(book.id, everyone)
        return watch_form(save, wish_values(wishes), book, opened.viewer, mode=mode)

    def _window(self, turn: Turn, form: Card) -> Dialog:
        return Dialog(title=say(turn.language, "Notifications"), card=form, height="large")


class WatchDrawings:
    """Draws what somebody wanted to hear."""

    def __init__(self, books: OpenBooks) -> None:
        self._books = books

    async def draw(self, notice: WatchNotice) -> Card:
        """Return the card of a notice, for whoever it is for."""
        watcher = notice.watcher
        language = watcher.language if watcher.to else notice.book.language
        book = await self._books.named(notice.book, language)
        reader = _reader(notice, book)
        if isinstance(notice, ReminderNotice):
            card = reminder_card(notice.found, book, reader, notice.now)
        elif isinstance(notice, ChangesNotice):
            card = changes_card(notice.news, book, reader)
        else:
            card = digest_card(notice.found, book, reader, notice.first, notice.last, notice.marks)
        return with_why_here(card, language) if notice.instead else card

    async def note(self, notice: WatchNotice) -> ActivityNote:
        """Return what the activity feed says of a notice."""
        book = await self._books.named(notice.book, notice.watcher.language)
        return activity_note(notice, book, _reader(notice, book))


def _reader(notice: WatchNotice, book: Book) -> Reader:
    watcher = notice.watcher
    if watcher.to is None:
        return Everyone(book)
    return Viewer(watcher.zone, watcher.language, Role.READER)


def register(router: Router, handlers: WatchHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowNotifications, handlers.typed)
    router.verb(WatchShow, handlers.show)
    router.verb(WatchEdit, handlers.edit)
    router.dialog(WatchEdit, handlers.open)
    router.verb(WatchSave, handlers.save)
    router.submit(WatchSave, handlers.save_in_dialog)
    router.verb(ReminderSnooze, handlers.snooze)
