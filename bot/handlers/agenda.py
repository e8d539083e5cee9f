"""What is on: ``agenda`` in words, and the buttons that turn its pages."""

from __future__ import annotations

from datetime import date, timedelta

from bot.handlers.drawn import Drawn
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.replies import Card, PostAbout, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.actions import AgendaShow
from cards.agenda import agenda_card
from cards.viewer import Reader
from services.agenda import Agenda
from services.model.books import BookKind
from services.model.posts import Days
from services.model.times import Clock
from services.phrases import ShowAgenda

__all__ = ["AgendaHandlers", "register"]

MOST_DRAWN = 256


class AgendaHandlers:
    """Answers with some days of a calendar."""

    def __init__(self, books: OpenBooks, agenda: Agenda, clock: Clock) -> None:
        self._books = books
        self._agenda = agenda
        self._clock = clock
        self._drawn: Drawn[Card] = Drawn(MOST_DRAWN)

    async def say(self, turn: Turn, command: ShowAgenda) -> Replies:
        """``agenda …``: a message, drawn for all who read it."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        days = (command.last - command.first).days + 1
        shown = AgendaShow(seen.book.id, command.first, days)
        card = await self._card(turn, seen, shown, seen.readers)
        # In one's own chat the answer to the next button takes its place anyway.
        about = PostAbout(seen.book, days=Days(command.first, days)) if seen.shared else None
        return Say(card=card, about=about)

    async def turn_page(self, turn: Turn, action: AgendaShow) -> Replies:
        """Show other days in the same place, for the one who pressed."""
        seen = await self._books.called(turn, action.book)
        return Replace(await self._card(turn, seen, action, seen.viewer))

    async def _card(self, turn: Turn, seen: OpenBook, shown: AgendaShow, reader: Reader) -> Card:
        today = self._clock.now().astimezone(reader.zone).date()
        first = shown.first or today
        last = min(first + timedelta(days=shown.days - 1), date(2200, 12, 31))
        revision = await self._agenda.revision(turn.person, seen.book.id)
        of = (revision, shown, seen.book, reader, today)
        card = self._drawn.find(of)
        if card is None:
            found = await self._agenda.between(turn.person, seen.book.id, first, last, reader.zone)
            card = self._drawn.keep(of, agenda_card(found, shown, seen.book, reader, today=today))
        return card


def register(router: Router, handlers: AgendaHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowAgenda, handlers.say)
    router.verb(AgendaShow, handlers.turn_page)
