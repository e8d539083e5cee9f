"""``birthdays``: what a contact list celebrates next, in the chat, in calendars and as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.contacts.birthdays import birthdays_card
from cards.contacts.contact_file_actions import BirthdaysFile, BirthdaysSet, BirthdaysShow
from cards.viewer import Reader
from cards.wording import say
from services.books.calendars import Calendars
from services.contacts.birthdays import Birthdays
from services.model.books import BookKind
from services.model.times import Clock
from services.phrases.contact_file_words import ShowBirthdays

__all__ = ["BirthdayHandlers", "register"]

AHEAD = 60
"""Days."""


class BirthdayHandlers:
    """Answers about what is celebrated."""

    def __init__(
        self,
        books: OpenBooks,
        birthdays: Birthdays,
        calendars: Calendars,
        delivery: FileDelivery,
        look_again: LookAgain,
        clock: Clock,
    ) -> None:
        self._books = books
        self._birthdays = birthdays
        self._calendars = calendars
        self._delivery = delivery
        self._look_again = look_again
        self._clock = clock

    async def say(self, turn: Turn, command: ShowBirthdays) -> Replies:
        """``birthdays``: the next ones of this place's contacts."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=await self._card(turn, seen, seen.readers))

    async def show(self, turn: Turn, action: BirthdaysShow) -> Replies:
        """The button: the same."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(await self._card(turn, seen, seen.viewer))

    async def set(self, turn: Turn, action: BirthdaysSet) -> Replies:
        """Have the calendars of the place show them, or no longer."""
        await looked_again(turn, self._look_again)
        book = await self._calendars.get(turn.person, action.book)
        settings = replace(book.settings, celebrations=action.shown)
        profile = replace(book.profile, settings=settings)
        await self._calendars.change(turn.author, action.book, profile, etag=book.etag)
        return await self.show(turn, BirthdaysShow(action.book))

    async def file(self, turn: Turn, action: BirthdaysFile) -> Replies:
        """Hand all of them out for other calendar programs."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        title = say(turn.language, "Birthdays in {name}", name=seen.book.name)
        since = self._clock.now().astimezone(turn.zone).date().replace(month=1, day=1)
        file = await self._birthdays.calendar(turn.person, seen.book.id, title, since)
        return await self._delivery.hand_over(turn, file.name, file.data, title)

    async def _card(self, turn: Turn, seen: OpenBook, reader: Reader) -> dict[str, object]:
        today = self._clock.now().astimezone(reader.zone).date()
        last = today + timedelta(days=AHEAD)
        found = await self._birthdays.between(turn.person, seen.book.id, today, last)
        return birthdays_card(seen.book, found, AHEAD, reader)


def register(router: Router, handlers: BirthdayHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowBirthdays, handlers.say)
    router.verb(BirthdaysShow, handlers.show)
    router.verb(BirthdaysSet, handlers.set)
    router.verb(BirthdaysFile, handlers.file)
