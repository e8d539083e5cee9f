"""The settings of a calendar or contact list: its form in the chat and in a dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.handlers.audience import asked_by
from bot.handlers.books.calendars import CalendarHandlers
from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.overtaken import changed_by
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Dialog, Done, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import CalendarEdit, CalendarSave
from cards.books.calendar_settings import settings_form, title_of
from cards.books.calendar_values import profile_values, read_profile, typed_profile
from cards.form import Mode
from cards.wording import say
from services.books.calendars import Calendars
from services.model.books import Book, BookId, Role
from services.model.errors import AlmanacError, InvalidInput, OnlyOwners, Problem, Stale
from services.phrases import ShowSettings

__all__ = ["SettingsHandlers", "register"]


class SettingsHandlers:
    """Answers about how a book is set up."""

    def __init__(
        self,
        books: OpenBooks,
        calendars: Calendars,
        cards: CalendarHandlers,
        look_again: LookAgain,
    ) -> None:
        self._books = books
        self._calendars = calendars
        self._cards = cards
        self._look_again = look_again

    async def say_form(self, turn: Turn, command: ShowSettings) -> Replies:
        """``settings``: the form, for its owners."""
        await looked_again(turn, self._look_again)
        seen = await self._books.named_so(turn, command.name)
        return Say(card=await self._opened(turn, seen), shows=asked_by(turn))

    async def edit(self, turn: Turn, action: CalendarEdit) -> Replies:
        """The button: the form, in the card's place."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book)
        return Replace(await self._opened(turn, seen), is_form=True)

    async def open(self, turn: Turn, action: CalendarEdit) -> Replies:
        """The button: the form in a dialog."""
        seen = await self._books.called(turn, action.book)
        return self._window(turn, seen.book, await self._opened(turn, seen, Mode.DIALOG))

    async def save(self, turn: Turn, action: CalendarSave) -> Replies:
        """The form in the chat."""
        again = await self._saved(turn, action, Mode.CHAT)
        if again is not None:
            return Replace(again, is_form=True)
        return await self._cards.saved(turn, action.book)

    async def save_in_window(self, turn: Turn, action: CalendarSave) -> Replies:
        """The form in the dialog."""
        again = await self._saved(turn, action, Mode.DIALOG)
        if again is not None:
            seen = await self._books.called(turn, action.book)
            return self._window(turn, seen.book, again)
        return Done(say(turn.language, "Saved."))

    async def _saved(self, turn: Turn, action: CalendarSave, mode: Mode) -> Card | None:
        """Save a form; return it again where it cannot be taken, or was overtaken."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book)
        typed = typed_profile(turn.value)
        kept = await self._calendars.get(turn.person, action.book)
        try:
            profile = read_profile(turn.value, kept.profile, kept.kind)
            await self._calendars.change(turn.author, kept.id, profile, etag=action.etag)
        except InvalidInput as err:
            return self._form(seen, kept, typed, err.problems, mode=mode, etag=action.etag)
        except Stale:
            now = await self._calendars.get(turn.person, action.book)
            said = changed_by("", turn.language)
            return self._form(seen, now, typed, mode=mode, said=said, etag=now.etag)
        except AlmanacError as err:
            said = why_not_taken(turn, mode, err)
            return self._form(seen, kept, typed, mode=mode, said=said, etag=action.etag)
        return None

    async def _opened(self, turn: Turn, seen: OpenBook, mode: Mode = Mode.CHAT) -> Card:
        if not seen.viewer.may(Role.OWNER):
            raise OnlyOwners
        kept = await self._calendars.get(turn.person, seen.book.id)
        return self._form(seen, kept, profile_values(kept.profile), mode=mode, etag=kept.etag)

    def _form(
        self,
        seen: OpenBook,
        kept: Book,
        values: Mapping[str, str],
        problems: Sequence[Problem] = (),
        *,
        mode: Mode,
        etag: str,
        said: str = "",
    ) -> Card:
        save = CalendarSave(BookId(kept.id), etag)
        return settings_form(
            save, kept.kind, values, seen.viewer, problems=problems, mode=mode, said=said
        )

    def _window(self, turn: Turn, book: Book, form: Card) -> Dialog:
        title = title_of(book.kind, turn.language, is_new=False)
        return Dialog(title=title, card=form, height="large")


def register(router: Router, handlers: SettingsHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowSettings, handlers.say_form)
    router.verb(CalendarEdit, handlers.edit)
    router.dialog(CalendarEdit, handlers.open)
    router.verb(CalendarSave, handlers.save)
    router.submit(CalendarSave, handlers.save_in_window)
