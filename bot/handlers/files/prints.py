"""``print``: a week or a month of the calendar as a page to pin up."""

from __future__ import annotations

from datetime import date

from bot.handlers.files.file_delivery import FileDelivery
from bot.handlers.open_books import OpenBooks
from bot.replies import Replies
from bot.router import Router
from bot.turn import Turn
from cards.events.event_lines import MARKS
from cards.files.file_actions import PrintGet
from cards.when import first_weekday
from cards.wording import say
from services.files.book_pages import BookPages
from services.model.books import BookId, BookKind
from services.model.settings import View
from services.model.times import Clock
from services.phrases.file_words import PrintBook

__all__ = ["PrintHandlers", "register"]


IF_MISSING = (
    "Letters that no font of this server has are left out here. Whoever runs Almanac can add a "
    "font for them, such as Noto Sans CJK."
)


class PrintHandlers:
    """Answers with paper."""

    def __init__(
        self, books: OpenBooks, pages: BookPages, delivery: FileDelivery, clock: Clock
    ) -> None:
        self._books = books
        self._pages = pages
        self._delivery = delivery
        self._clock = clock

    async def say_print(self, turn: Turn, command: PrintBook) -> Replies:
        """``print``, ``print week of Marketing``, ``print december``."""
        seen = await self._books.by_name(turn, BookKind.CALENDAR, command.calendar)
        return await self._print(turn, seen.book.id, command.day, is_month=command.is_month)

    async def print(self, turn: Turn, action: PrintGet) -> Replies:
        """The button: what is shown, on paper."""
        day = action.first or self._clock.now().astimezone(turn.zone).date()
        return await self._print(turn, action.book, day, is_month=action.is_month)

    async def _print(self, turn: Turn, book: BookId, day: date, *, is_month: bool) -> Replies:
        seen = await self._books.called(turn, book, BookKind.CALENDAR)
        reader = seen.readers  # what is pinned up is read by many, in the calendar's own zone
        chosen = seen.book.settings.first_weekday
        file = await self._pages.page(
            turn.person,
            seen.book.id,
            View.MONTH if is_month else View.WEEK,
            day,
            name=seen.book.name or say(turn.language, "Calendar"),
            zone=reader.zone,
            language=reader.language,
            first_weekday=first_weekday(reader.language) if chosen is None else chosen,
            celebrated={what: say(reader.language, name) for what, name in MARKS.items()},
            busy=say(reader.language, "Busy"),
            if_missing=say(reader.language, IF_MISSING),
            for_all=seen.shared,
        )
        said = say(turn.language, "A page to print and pin up")
        return await self._delivery.hand_over(turn, file.name, file.data, said)


def register(router: Router, handlers: PrintHandlers) -> None:
    """Fill in the rows."""
    router.command(PrintBook, handlers.say_print)
    router.verb(PrintGet, handlers.print)
