"""What is on: ``agenda``, ``day``, ``week`` and ``month`` in words, and the buttons of these views.

A message in a place that many read is drawn for all of them; whoever opens it there gets a view of
their own, in their zone and language, and turns its pages for themselves alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.calendar_posts import posted_days
from bot.handlers.drawn import Drawn
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.refreshing import RefreshList
from bot.replies import Card, PostAbout, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.actions import AgendaChoose, AgendaChosen, AgendaShow
from cards.agenda_form import agenda_form, agenda_values, read_agenda_form, typed_agenda
from cards.calendar import calendar_card
from cards.sight import window_of
from cards.viewer import Reader
from services.agenda import Agenda
from services.model.books import BookKind
from services.model.errors import InvalidInput, Problem
from services.model.settings import View
from services.model.times import Clock
from services.phrases import ShowAgenda

__all__ = ["AgendaHandlers", "register"]

MOST_DRAWN = 256


class AgendaHandlers:
    """Answers with some days of a calendar."""

    def __init__(
        self, books: OpenBooks, agenda: Agenda, refreshing: RefreshList, clock: Clock
    ) -> None:
        self._books = books
        self._agenda = agenda
        self._refreshing = refreshing
        self._clock = clock
        self._drawn: Drawn[Card] = Drawn(MOST_DRAWN)

    async def say(self, turn: Turn, command: ShowAgenda) -> Replies:
        """``agenda …``: a message, drawn for all who read it."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        shown = _asked(command, seen)
        if not seen.shared:  # the answer to the next button takes its place anyway
            return Say(card=await self._card(turn, seen, shown, seen.viewer))
        readers = await self._refreshing.of(turn.conversation)
        card = await self._card(turn, seen, shown, seen.readers, readers)
        today = self._clock.now().astimezone(seen.readers.zone).date()
        days = posted_days(window_of(shown, seen.book, seen.readers, today))
        return Say(card=card, about=PostAbout(seen.book, days=days))

    async def turn_page(self, turn: Turn, action: AgendaShow) -> Replies:
        """Show other days in the same place, for the one who pressed."""
        seen = await self._books.called(turn, action.book)
        return Replace(await self._own(turn, seen, action))

    async def choose(self, turn: Turn, action: AgendaChoose) -> Replies:
        """Show the form of a day, a view and filters."""
        now = action.now or AgendaShow()
        return await self._form(turn, now, agenda_values(now))

    async def chosen(self, turn: Turn, action: AgendaChosen) -> Replies:
        """Show what the form says, or the form again with what is wrong."""
        now = action.now or AgendaShow()
        try:
            shown = read_agenda_form(turn.value, now)
        except InvalidInput as err:
            return await self._form(turn, now, typed_agenda(turn.value), err.problems)
        return await self.turn_page(turn, shown)

    async def _form(
        self, turn: Turn, now: AgendaShow, values: dict[str, str], problems: Sequence[Problem] = ()
    ) -> Replies:
        seen = await self._books.called(turn, now.book)
        calendars = await self._books.readable(turn, BookKind.CALENDAR)
        form = agenda_form(now, values, calendars, seen.viewer, problems=problems)
        return Replace(form, is_form=True)

    async def _own(self, turn: Turn, seen: OpenBook, shown: AgendaShow) -> Card:
        """Return somebody's own view, which stays their own when their client refreshes it."""
        own = (turn.teams_id,) if seen.shared and turn.teams_id else ()
        return await self._card(turn, seen, shown, seen.viewer, own)

    async def _card(
        self,
        turn: Turn,
        seen: OpenBook,
        shown: AgendaShow,
        reader: Reader,
        refresh_for: tuple[str, ...] = (),
    ) -> Card:
        today = self._clock.now().astimezone(reader.zone).date()
        revision = await self._agenda.revision(turn.person, seen.book.id)
        of = (revision, shown, seen.book, reader, today, refresh_for)
        card = self._drawn.find(of)
        if card is None:
            span = window_of(shown, seen.book, reader, today).span
            found = await self._agenda.between(
                turn.person, seen.book.id, span.first, span.last, reader.zone
            )
            card = calendar_card(
                found, shown, seen.book, reader, today=today, refresh_for=refresh_for
            )
            self._drawn.keep(of, card)
        return card


def register(router: Router, handlers: AgendaHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowAgenda, handlers.say)
    router.verb(AgendaShow, handlers.turn_page)
    router.verb(AgendaChoose, handlers.choose)
    router.verb(AgendaChosen, handlers.chosen)


def _asked(command: ShowAgenda, seen: OpenBook) -> AgendaShow:
    """Return what the words mean; an unnamed view is the calendar's own."""
    view = command.view or seen.book.settings.view
    is_agenda = view is View.AGENDA
    return AgendaShow(
        seen.book.id,
        command.first,
        (command.last - command.first).days + 1 if is_agenda else 7,
        view=None if is_agenda else view.value,
        tag=command.tag or None,
        who=command.who or None,
    )
