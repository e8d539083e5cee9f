"""A copy of a calendar or contact list: its form, and what becomes of it."""

from __future__ import annotations

from bot.handlers.books.calendars import CalendarHandlers
from bot.handlers.forms import new_form
from bot.handlers.open_books import OpenBooks
from bot.replies import Card, Replace, Replies
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import CalendarClone, CalendarCloneYes
from cards.books.clone_form import clone_form, clone_values, read_clone, typed_clone
from cards.wording import count, say
from services.books.calendars import Calendars
from services.books.clones import Clones, Wanted
from services.model.errors import InvalidInput, Problem

__all__ = ["CloneHandlers", "register"]


class CloneHandlers:
    """Answers who wants a copy; it is made in the place where they ask."""

    def __init__(
        self, books: OpenBooks, calendars: Calendars, clones: Clones, cards: CalendarHandlers
    ) -> None:
        self._books = books
        self._calendars = calendars
        self._clones = clones
        self._cards = cards

    async def ask(self, turn: Turn, action: CalendarClone) -> Replies:
        """The button: the form."""
        seen = await self._books.called(turn, action.book)
        name = say(turn.language, "{name} (copy)", name=seen.book.name)
        save = CalendarCloneYes(action.book, new_form())
        return Replace(await self._form(turn, save, clone_values(name)), is_form=True)

    async def make(self, turn: Turn, action: CalendarCloneYes) -> Replies:
        """The form: make the copy, once; a large one goes on in the background."""
        kind = (await self._books.called(turn, action.book)).book.kind
        await self._books.here(turn, kind)  # a copy is one more: the place's own comes first
        home = await self._books.home(turn)
        try:
            read = read_clone(turn.value)
            wanted = Wanted(name=read.name, items=read.items, rights=read.rights)
            made = await self._clones.make(turn.author, action.book, home, wanted, action.form)
        except InvalidInput as err:
            form = await self._form(turn, action, typed_clone(turn.value), err.problems)
            return Replace(form, is_form=True)
        said = say(turn.language, "This is the copy.")
        if not made.is_done:
            said = count(
                turn.language,
                "The copy is being filled: {n} entry. You will be told when it is complete.",
                "The copy is being filled: {n} entries. You will be told when it is complete.",
                made.items,
            )
        return Replace(await self._cards.card(turn, made.book.id, said))

    async def _form(
        self,
        turn: Turn,
        save: CalendarCloneYes,
        values: dict[str, str],
        problems: tuple[Problem, ...] = (),
    ) -> Card:
        seen = await self._books.called(turn, save.book)
        held = await self._calendars.held(turn.person, save.book)
        here = seen.book.home == await self._books.home(turn) and seen.shared
        return clone_form(
            seen.book, held, save, values, seen.viewer, problems=problems, with_rights=here
        )


def register(router: Router, handlers: CloneHandlers) -> None:
    """Fill in the rows."""
    router.verb(CalendarClone, handlers.ask)
    router.verb(CalendarCloneYes, handlers.make)
