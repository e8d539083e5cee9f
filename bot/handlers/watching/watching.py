"""Notifications: what somebody wants to hear of a calendar, and a reminder once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

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
from services.model.books import Book, BookId, BookKind, Role
from services.model.errors import InvalidInput, Problem
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
        form = await self._form(turn, action.book, everyone=action.everyone)
        return Replace(form, is_form=True)

    async def open(self, turn: Turn, action: WatchEdit) -> Replies:
        """The button: the form in a dialog."""
        everyone = action.everyone
        form = await self._form(turn, action.book, everyone=everyone, mode=Mode.DIALOG)
        return self._window(turn, form)

    async def save(self, turn: Turn, action: WatchSave) -> Replies:
        """The form in the chat: go by it from now on."""
        problems = await self._saved(turn, action)
        if problems:
            typed = typed_wishes(turn.value)
            everyone = action.everyone
            again = await self._form(turn, action.book, typed, problems, everyone=everyone)
            return Replace(again, is_form=True)
        return Replace(await self._list(turn, say(turn.language, "Saved.")))

    async def save_in_dialog(self, turn: Turn, action: WatchSave) -> Replies:
        """The form in the dialog."""
        problems = await self._saved(turn, action)
        if not problems:
            return Done(say(turn.language, "Saved."))
        form = await self._form(
            turn,
            action.book,
            typed_wishes(turn.value),
            problems,
            everyone=action.everyone,
            mode=Mode.DIALOG,
        )
        return self._window(turn, form)

    async def snooze(self, turn: Turn, action: ReminderSnooze) -> Replies:
        """The button of a reminder: once more, later."""
        opened = await self._books.called(turn, action.book)
        event = await self._events.get(turn.person, opened.book.id, action.event)
        later = timedelta(minutes=action.minutes)
        await self._watching.again(turn.person, opened.book.id, event.id, action.original, later)
        return Replace(snoozed_card(event.content, action.minutes, opened.viewer))

    async def _saved(self, turn: Turn, action: WatchSave) -> Sequence[Problem]:
        """Keep what was chosen; return what is wrong with it, if anything."""
        opened = await self._books.called(turn, action.book)
        kept = await self._watching.wishes(turn.person, opened.book.id, everyone=action.everyone)
        try:
            wishes = read_watch_form(turn.value, kept)
        except InvalidInput as err:
            return err.problems
        book = opened.book
        await self._watching.choose(
            turn.person,
            book.id,
            wishes,
            zone=book.zone if action.everyone else turn.zone,
            language=book.language if action.everyone else turn.language,
            everyone=action.everyone,
        )
        return ()

    async def _list(self, turn: Turn, said: str = "") -> Card:
        here = await self._books.here(turn, BookKind.CALENDAR)
        if turn.kind is not ConversationKind.PERSONAL:
            return watch_card((), here.book, here.viewer, said=said)
        ids = [id for kind in BookKind for id in await self._books.on_shelf(turn, kind)]
        others = [await self._books.called(turn, id) for id in ids if id != here.book.id]
        books = [here.book, *(each.book for each in others)]
        return watch_card(books, None, here.viewer, said=said)

    async def _form(
        self,
        turn: Turn,
        book_id: BookId,
        typed: Mapping[str, str] | None = None,
        problems: Sequence[Problem] = (),
        *,
        everyone: bool,
        mode: Mode = Mode.CHAT,
    ) -> Card:
        opened = await self._books.called(turn, book_id)
        book = opened.book
        if typed is None:
            wishes = await self._watching.wishes(turn.person, book.id, everyone=everyone)
            typed = wish_values(wishes)
        save = WatchSave(book.id, everyone)
        return watch_form(save, typed, book, opened.viewer, problems=problems, mode=mode)

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
