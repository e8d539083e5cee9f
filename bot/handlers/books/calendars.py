"""Calendars and contact lists as such: which there are here, one more, one put aside.

``calendars`` lists them for all who read it; whoever presses one sees what they may do with it.
Settings, members and copies are in modules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.handlers.audience import asked_by, with_its_form
from bot.handlers.forms import new_form
from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBook, OpenBooks, own_view
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Dialog, Done, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import (
    CalendarArchive,
    CalendarCreate,
    CalendarDelete,
    CalendarNew,
    CalendarReopen,
    CalendarShow,
    CalendarsShow,
)
from cards.books.calendar_settings import settings_form, title_of
from cards.books.calendar_values import profile_values, read_profile, typed_profile
from cards.books.calendars import calendars_card, one_calendar
from cards.books.whole_book import book_question
from cards.form import Mode
from cards.notice import done_card
from cards.viewer import Everyone, Reader
from cards.wording import say
from services.books.book_bin import BookBin
from services.books.calendars import Calendars
from services.model.books import Book, BookId, BookKind
from services.model.errors import AlmanacError, InvalidInput, Problem
from services.model.settings import Profile
from services.phrases import NewCalendar, RenameCalendar, ShowCalendars

__all__ = ["CalendarHandlers", "register"]


class CalendarHandlers:
    """Answers about the books of a place, and each of them."""

    def __init__(
        self, books: OpenBooks, calendars: Calendars, bin: BookBin, look_again: LookAgain
    ) -> None:
        self._books = books
        self._calendars = calendars
        self._bin = bin
        self._look_again = look_again

    async def say_list(self, turn: Turn, command: ShowCalendars) -> Replies:
        """``calendars``: a message, drawn for all who read it."""
        first = await self._books.here(turn, command.kind)
        reader = Everyone(first.book) if first.shared else first.viewer
        return Say(card=await self._list(turn, command.kind, reader))

    async def show_list(self, turn: Turn, action: CalendarsShow) -> Replies:
        """The button: the list, for the one who pressed."""
        return Replace(await self._list(turn, BookKind(action.holds), own_view(turn)))

    async def show(self, turn: Turn, action: CalendarShow) -> Replies:
        """How one stands."""
        return Replace(await self.card(turn, action.book))

    async def say_new(self, turn: Turn, command: NewCalendar) -> Replies:
        """``new calendar …``: the form, with the name that was said."""
        form = await self._blank(turn, command.kind, name=command.name)
        return Say(card=form, shows=asked_by(turn))

    async def say_rename(self, turn: Turn, command: RenameCalendar) -> Replies:
        """``rename calendar … to …``."""
        seen = await self._books.by_name(turn, command.kind, command.old)
        await looked_again(turn, self._look_again)
        book = await self._stored(turn, seen)
        profile = replace(book.profile, name=command.new)
        changed = await self._calendars.change(turn.author, book.id, profile, etag=book.etag)
        return Tell(say(turn.language, "It is called “{name}” now.", name=changed.name))

    async def open_new(self, turn: Turn, action: CalendarNew) -> Replies:
        """The button: the form, in the card's place."""
        return Replace(await self._blank(turn, BookKind(action.holds)), is_form=True)

    async def open_window(self, turn: Turn, action: CalendarNew) -> Replies:
        """The button: the form in a dialog."""
        kind = BookKind(action.holds)
        return self._window(turn, kind, await self._blank(turn, kind, mode=Mode.DIALOG))

    async def create(self, turn: Turn, action: CalendarCreate) -> Replies:
        """The form in the chat: make it, once."""
        try:
            book = await self._made(turn, action)
        except InvalidInput as err:
            again = self._form(turn, action, typed_profile(turn.value), err.problems)
            return Replace(again, is_form=True)
        card = await self.card(turn, book.id, say(turn.language, "Created."))
        return await self._told(turn, book, Replace(card))

    async def create_in_window(self, turn: Turn, action: CalendarCreate) -> Replies:
        """The form in the dialog: the same, and the list as it is now in the chat."""
        kind = BookKind(action.holds)
        try:
            await self._made(turn, action)
        except InvalidInput as err:
            typed = typed_profile(turn.value)
            return self._window(
                turn, kind, self._form(turn, action, typed, err.problems, Mode.DIALOG)
            )
        except AlmanacError as err:
            typed, said = typed_profile(turn.value), why_not_taken(turn, Mode.DIALOG, err)
            again = self._form(turn, action, typed, mode=Mode.DIALOG, said=said)
            return self._window(turn, kind, again)
        first = await self._books.here(turn, kind)
        reader = Everyone(first.book) if first.shared else first.viewer
        said = say(turn.language, "Created.")
        return [Say(card=await self._list(turn, kind, reader, said)), Done()]

    async def archive(self, turn: Turn, action: CalendarArchive) -> Replies:
        """Put one aside."""
        await looked_again(turn, self._look_again)
        await self._calendars.archive(turn.author, action.book)
        return Replace(await self.card(turn, action.book, say(turn.language, "Archived.")))

    async def reopen(self, turn: Turn, action: CalendarReopen) -> Replies:
        """Bring one back."""
        await looked_again(turn, self._look_again)
        await self._calendars.reopen(turn.author, action.book)
        return Replace(await self.card(turn, action.book, say(turn.language, "It is back.")))

    async def ask_delete(self, turn: Turn, action: CalendarDelete) -> Replies:
        """Say what would go, and ask."""
        await looked_again(turn, self._look_again)
        stock = await self._bin.look(turn.person, action.book)
        seen = await self._books.called(turn, action.book, stock.book.kind)
        return Replace(book_question(replace(stock, book=seen.book), seen.viewer))

    async def saved(self, turn: Turn, id: BookId) -> Replies:
        """Return how a book stands once its form is saved; who saw the form sees that it is."""
        seen = await self._books.called(turn, id)
        language = seen.readers.language
        look = CalendarShow(id), say(language, "Look at it")
        message = done_card(say(language, "Saved."), seen.readers, steps=[look])
        answer = Replace(await self.card(turn, id, say(turn.language, "Saved.")))
        return with_its_form(turn, message, answer)

    async def card(self, turn: Turn, id: BookId, said: str = "") -> Card:
        """Return how a book stands, for the one who asks."""
        seen = await self._books.called(turn, id)
        held = await self._calendars.held(turn.person, id)
        return one_calendar(seen.book, seen.viewer, held=held, said=said)

    async def _list(self, turn: Turn, kind: BookKind, reader: Reader, said: str = "") -> Card:
        books = await self._books.of_place(turn, kind)
        return calendars_card(books, kind, reader, said=said)

    async def _made(self, turn: Turn, action: CalendarCreate) -> Book:
        kind = BookKind(action.holds)
        profile = read_profile(turn.value, self._empty(turn), kind)
        home = await self._books.home(turn)
        return await self._calendars.make(turn.author, home, kind, profile, action.form)

    async def _told(self, turn: Turn, book: Book, answer: Replace) -> Replies:
        """Let all who read a form that stands alone see what became of it."""
        kind = book.kind
        first = await self._books.here(turn, kind)
        said = say(first.readers.language, "“{name}” is new here.", name=book.name)
        return with_its_form(turn, await self._list(turn, kind, first.readers, said), answer)

    async def _blank(
        self, turn: Turn, kind: BookKind, *, name: str = "", mode: Mode = Mode.CHAT
    ) -> Card:
        await self._books.here(turn, kind)  # one more: the place's own comes first
        home = await self._books.home(turn)
        await self._calendars.require_maker(turn.author, home, kind)
        values = profile_values(replace(self._empty(turn), name=name))
        return self._form(turn, CalendarCreate(kind.value, new_form()), values, mode=mode)

    def _form(
        self,
        turn: Turn,
        save: CalendarCreate,
        values: Mapping[str, str],
        problems: Sequence[Problem] = (),
        mode: Mode = Mode.CHAT,
        said: str = "",
    ) -> Card:
        kind = BookKind(save.holds)
        return settings_form(
            save, kind, values, own_view(turn), problems=problems, mode=mode, said=said
        )

    def _window(self, turn: Turn, kind: BookKind, form: Card) -> Dialog:
        title = title_of(kind, turn.language, is_new=True)
        return Dialog(title=title, card=form, height="large")

    def _empty(self, turn: Turn) -> Profile:
        return Profile(name="", zone=turn.zone, language=turn.language)

    async def _stored(self, turn: Turn, seen: OpenBook) -> Book:
        """Return a book as it is kept: without the name of its place in the place of its own."""
        return await self._calendars.get(turn.person, seen.book.id)


def register(router: Router, handlers: CalendarHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowCalendars, handlers.say_list)
    router.command(NewCalendar, handlers.say_new)
    router.command(RenameCalendar, handlers.say_rename)
    router.verb(CalendarsShow, handlers.show_list)
    router.verb(CalendarShow, handlers.show)
    router.verb(CalendarNew, handlers.open_new)
    router.dialog(CalendarNew, handlers.open_window)
    router.verb(CalendarCreate, handlers.create)
    router.submit(CalendarCreate, handlers.create_in_window)
    router.verb(CalendarArchive, handlers.archive)
    router.verb(CalendarReopen, handlers.reopen)
    router.verb(CalendarDelete, handlers.ask_delete)
