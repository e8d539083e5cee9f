"""What is on: ``agenda``, ``day``, ``week`` and ``month`` in words, and the buttons of these views.

A message in a place that many read is drawn for all of them; whoever opens it there gets a view of
their own, in their zone and language, and turns its pages for themselves alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.handlers.drawn import Drawn
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.refreshing import RefreshList
from bot.handlers.views.calendar_posts import posted_days
from bot.replies import Card, PostAbout, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.action import ALL
from cards.events.event_actions import MOST_DAYS, AgendaChoose, AgendaChosen, AgendaShow
from cards.viewer import Reader, Viewer
from cards.views.agenda_form import agenda_form, agenda_values, read_agenda_form, typed_agenda
from cards.views.calendar import calendar_card
from cards.views.sight import window_of
from cards.wording import say
from services.events.agenda import Agenda
from services.events.marks import Marks
from services.model.books import Book, BookId, BookKind
from services.model.errors import InvalidInput, Problem
from services.model.settings import View
from services.model.times import Clock
from services.phrases import ShowAgenda

__all__ = ["AgendaHandlers", "register"]

MOST_DRAWN = 256


class AgendaHandlers:
    """Answers with some days of a calendar."""

    def __init__(
        self,
        books: OpenBooks,
        agenda: Agenda,
        refreshing: RefreshList,
        marks: Marks,
        clock: Clock,
    ) -> None:
        self._books = books
        self._marks = marks
        self._agenda = agenda
        self._refreshing = refreshing
        self._clock = clock
        self._drawn: Drawn[Card] = Drawn(MOST_DRAWN)

    async def say(self, turn: Turn, command: ShowAgenda) -> Replies:
        """``agenda …``: a message, drawn for all who read it."""
        seen = await self._books.by_name(turn, BookKind.CALENDAR, command.calendar)
        shown = _asked(command, seen)
        calendars = [seen.book] if command.calendar else await self._open_here(turn)
        if len(calendars) > 1:
            shown = replace(shown, book=ALL)
            seen = await self._seen(turn, ALL)
        if not seen.shared:  # the answer to the next button takes its place anyway
            return Say(card=await self._card(turn, seen, shown, seen.viewer))
        readers = await self._refreshing.of(turn.conversation)
        card = await self._card(turn, seen, shown, seen.readers, readers)
        today = self._clock.now().astimezone(seen.readers.zone).date()
        days = posted_days(window_of(shown, seen.book, seen.readers, today))
        also = tuple(each for each in calendars if each.id != seen.book.id)
        return Say(card=card, about=PostAbout(seen.book, days=days, also=also))

    async def turn_page(self, turn: Turn, action: AgendaShow) -> Replies:
        """Show other days in the same place, for the one who pressed."""
        seen = await self._seen(turn, action.book)
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
        seen = await self._seen(turn, now.book)
        calendars = await self._books.readable(turn, BookKind.CALENDAR)
        if len(await self._open_here(turn)) > 1:
            every = say(turn.language, "All of this place")
            calendars.insert(0, replace(seen.book, id=ALL, name=every))
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
        books = await self._open_here(turn) if shown.book == ALL else [seen.book]
        revisions = [await self._agenda.revision(turn.person, book.id) for book in books]
        # What is private to one looks otherwise to another.
        whose = turn.person if isinstance(reader, Viewer) else None
        ids = [book.id for book in books]
        said = await self._agenda.answered(whose, ids) if whose else ()
        celebrated = await self._marks.revisions(books)
        here = (shown, seen.book, *books, reader, whose)
        of = (*revisions, said, celebrated, *here, today, refresh_for)
        card = self._drawn.find(of)
        if card is None:
            span = window_of(shown, seen.book, reader, today).span
            found = await self._agenda.of_all(turn.person, ids, span.first, span.last, reader.zone)
            card = calendar_card(
                found,
                shown,
                seen.book,
                reader,
                today=today,
                refresh_for=refresh_for,
                calendars=books if shown.book == ALL else (),
                holidays=await self._marks.of(books, span, reader.language),
                answers=said,
            )
            self._drawn.keep(of, card)
        return card

    async def _open_here(self, turn: Turn) -> list[Book]:
        """Return the calendars of the place that are not archived; the first one, if all are."""
        there = await self._books.of_place(turn, BookKind.CALENDAR)
        return [book for book in there if not book.retired] or there[:1]

    async def _seen(self, turn: Turn, id: BookId) -> OpenBook:
        """Return the calendar that a button names, or the first one for all of the place."""
        if id != ALL:
            return await self._books.called(turn, id)
        seen = await self._books.here(turn, BookKind.CALENDAR)
        return replace(seen, book=await self._books.place_of(seen.book, turn.language))


def register(router: Router, handlers: AgendaHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowAgenda, handlers.say)
    router.verb(AgendaShow, handlers.turn_page)
    router.verb(AgendaChoose, handlers.choose)
    router.verb(AgendaChosen, handlers.chosen)


def _asked(command: ShowAgenda, seen: OpenBook) -> AgendaShow:
    """Return what the words mean, as far as one agenda goes; an unnamed view is the calendar's."""
    view = command.view or seen.book.settings.view
    is_agenda = view is View.AGENDA
    days = min((command.last - command.first).days + 1, MOST_DAYS) if is_agenda else 7
    return AgendaShow(
        seen.book.id,
        command.first,
        days,
        view=None if is_agenda else view.value,
        tag=command.tag or None,
        who=command.who or None,
    )
