"""A calendar's holidays: ``holidays Germany, Denmark`` in words, and the form for owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.handlers.audience import asked_by
from bot.handlers.books.calendars import CalendarHandlers
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.overtaken import changed_by
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import HolidaysEdit, HolidaysSave
from cards.books.holidays_form import (
    ADD,
    Country,
    holiday_values,
    holidays_form,
    read_holidays,
    typed_holidays,
)
from cards.parts import fold
from cards.wording import say
from services.books.calendars import Calendars
from services.events.holiday_places import country_name, sets_meant
from services.events.holidays import Holidays
from services.model.books import Book, BookKind, Role
from services.model.errors import InvalidInput, OnlyOwners, Problem, Stale
from services.phrases import ShowHolidays

__all__ = ["HolidayHandlers", "register"]


class HolidayHandlers:
    """Answers about the holidays of a calendar."""

    def __init__(
        self,
        books: OpenBooks,
        calendars: Calendars,
        holidays: Holidays,
        cards: CalendarHandlers,
        look_again: LookAgain,
    ) -> None:
        self._books = books
        self._calendars = calendars
        self._holidays = holidays
        self._cards = cards
        self._look_again = look_again

    async def say(self, turn: Turn, command: ShowHolidays) -> Replies:
        """``holidays …``: the form, with what was named already among it."""
        await looked_again(turn, self._look_again)
        seen = await self._books.here(turn, BookKind.CALENDAR)
        form = await self._opened(turn, seen, more=", ".join(command.places))
        return Say(card=form, shows=asked_by(turn))

    async def edit(self, turn: Turn, action: HolidaysEdit) -> Replies:
        """The button: the form."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book)
        return Replace(await self._opened(turn, seen), is_form=True)

    async def save(self, turn: Turn, action: HolidaysSave) -> Replies:
        """The form: save, or show it again; new countries come back with their regions."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book)
        kept = await self._calendars.get(turn.person, action.book)
        typed = typed_holidays(turn.value)
        try:
            changed, unknown = await self._changed(turn, kept, action.etag)
        except InvalidInput as err:
            return await self._again(seen, kept, typed, action.etag, err.problems)
        except Stale:
            now = await self._calendars.get(turn.person, action.book)
            values = {**holiday_values(now.settings), **typed}
            said = changed_by("", turn.language)
            return await self._again(seen, now, values, now.etag, said=said)
        if unknown:
            named = fold(", ".join(unknown), 100)
            said = say(turn.language, "No such country or region is known: {names}.", names=named)
            values = {**holiday_values(changed.settings), ADD: ", ".join(unknown)}
            return await self._again(seen, changed, values, changed.etag, said=said)
        if typed.get(ADD, "").strip():
            said = say(turn.language, "Saved. You may choose regions now.")
            values = holiday_values(changed.settings)
            return await self._again(seen, changed, values, changed.etag, said=said)
        return await self._cards.saved(turn, action.book)

    async def _changed(self, turn: Turn, kept: Book, etag: str) -> tuple[Book, tuple[str, ...]]:
        typed = read_holidays(turn.value)
        meant = await sets_meant(typed.more, self._holidays, turn.language)
        sets = tuple(dict.fromkeys((*typed.sets, *meant.sets)))
        await self._holidays.check(sets)
        settings = replace(kept.settings, holidays=sets, own_holidays=typed.own)
        profile = replace(kept.profile, settings=settings)
        changed = await self._calendars.change(turn.author, kept.id, profile, etag=etag)
        return changed, meant.unknown

    async def _again(
        self,
        seen: OpenBook,
        book: Book,
        values: Mapping[str, str],
        etag: str,
        problems: Sequence[Problem] = (),
        said: str = "",
    ) -> Replies:
        form = await self._form(seen, book, values, etag, problems, said)
        return Replace(form, is_form=True)

    async def _opened(self, turn: Turn, seen: OpenBook, more: str = "") -> Card:
        if not seen.viewer.may(Role.OWNER):
            raise OnlyOwners
        kept = await self._calendars.get(turn.person, seen.book.id)
        values = {**holiday_values(kept.settings), ADD: more}
        return await self._form(seen, kept, values, kept.etag)

    async def _form(
        self,
        seen: OpenBook,
        book: Book,
        values: Mapping[str, str],
        etag: str,
        problems: Sequence[Problem] = (),
        said: str = "",
    ) -> Card:
        language = seen.viewer.language
        codes = dict.fromkeys(each.country for each in book.settings.holidays)
        countries = [
            Country(code, country_name(code, language), await self._holidays.regions(code))
            for code in codes
        ]
        save = HolidaysSave(book.id, etag)
        return holidays_form(
            seen.book, countries, save, values, seen.viewer, problems=problems, said=said
        )


def register(router: Router, handlers: HolidayHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowHolidays, handlers.say)
    router.verb(HolidaysEdit, handlers.edit)
    router.verb(HolidaysSave, handlers.save)
