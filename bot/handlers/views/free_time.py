"""People's time: ``free busy …`` and ``find a time …``, and the buttons around them.

In somebody's own chat Outlook is asked at once, since they have asked for it. What is posted in a
place that many read rests on the place's calendar alone: what Outlook lets one person see of
others is not for everybody there. A button asks Outlook, for the eyes of who presses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.viewer import Reader
from cards.views.basis import Basis
from cards.views.free_busy import MOST_PEOPLE as MOST_SHOWN
from cards.views.free_busy import free_busy_card
from cards.views.proposals import proposals_card
from cards.views.time_actions import MOST_DAYS, FreeBusyShow, TimesFind
from services.events.free_time import FreeTime
from services.model.availability import MOST_PEOPLE, propose
from services.model.books import BookKind
from services.model.conversations import Member
from services.model.identity import ConversationHome
from services.model.times import Clock
from services.people.colleagues import Colleagues, pick
from services.phrases import FindTime, ShowFreeBusy

__all__ = ["FreeTimeHandlers", "register"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose time, between which instants."""

    names: str
    start: datetime
    end: datetime
    live: bool
    most: int
    with_asker: bool = False


class FreeTimeHandlers:
    """Answers about people's time."""

    def __init__(
        self,
        books: OpenBooks,
        free_time: FreeTime,
        colleagues: Colleagues,
        look_again: LookAgain,
        clock: Clock,
    ) -> None:
        self._books = books
        self._free_time = free_time
        self._colleagues = colleagues
        self._look_again = look_again
        self._clock = clock

    async def say_free(self, turn: Turn, command: ShowFreeBusy) -> Replies:
        """``free busy …``: a day of some people."""
        await looked_again(turn, self._look_again)
        seen = await self._books.here(turn, BookKind.CALENDAR)
        who = command.who or None
        shown = FreeBusyShow(seen.book.id, command.day, who, live=not seen.shared)
        return Say(card=await self._free(turn, seen, shown, seen.readers))

    async def show_free(self, turn: Turn, action: FreeBusyShow) -> Replies:
        """Show another day, or ask Outlook, for the one who pressed."""
        seen = await self._books.called(turn, action.book)
        action = replace(action, live=action.live or not seen.shared)
        return Replace(await self._free(turn, seen, action, seen.viewer))

    async def say_times(self, turn: Turn, command: FindTime) -> Replies:
        """``find a time …``: proposals for a meeting."""
        await looked_again(turn, self._look_again)
        seen = await self._books.here(turn, BookKind.CALENDAR)
        days = min((command.last - command.first).days + 1, MOST_DAYS)
        shown = TimesFind(
            seen.book.id,
            command.first,
            days,
            command.minutes,
            command.who or None,
            live=not seen.shared,
        )
        return Say(card=await self._times(turn, seen, shown, seen.readers))

    async def show_times(self, turn: Turn, action: TimesFind) -> Replies:
        """Show later times, or ask Outlook, for the one who pressed."""
        seen = await self._books.called(turn, action.book)
        action = replace(action, live=action.live or not seen.shared)
        return Replace(await self._times(turn, seen, action, seen.viewer))

    async def _free(self, turn: Turn, seen: OpenBook, shown: FreeBusyShow, reader: Reader) -> Card:
        today = self._today(reader)
        day = shown.first or today
        start, end = _bounds(day, day, reader)
        asked = _Asked(shown.who or "", start, end, shown.live, MOST_SHOWN)
        basis = await self._basis(turn, seen, asked)
        return free_busy_card(basis, shown, reader, today=today, shared=seen.shared)

    async def _times(self, turn: Turn, seen: OpenBook, shown: TimesFind, reader: Reader) -> Card:
        today = self._today(reader)
        first = shown.first or today
        start, end = _bounds(first, first + timedelta(days=shown.days - 1), reader)
        start = max(start, self._clock.now())
        asked = _Asked(
            shown.who or "", start, max(start, end), shown.live, MOST_PEOPLE, with_asker=True
        )
        basis = await self._basis(turn, seen, asked)
        found = (
            propose(basis.known.diaries, start, end, timedelta(minutes=shown.minutes))
            if basis.known.diaries
            else []
        )
        return proposals_card(
            found, basis, shown, seen.book, reader, today=today, shared=seen.shared
        )

    async def _basis(self, turn: Turn, seen: OpenBook, asked: _Asked) -> Basis:
        asker = Member(turn.person, turn.name, turn.teams_id)
        around = await self._colleagues.around(turn.person, seen.book.home)
        picked = pick(asked.names, around, asker)
        people: Sequence[Member] = picked.found
        if not asked.names:
            people = around if isinstance(seen.book.home, ConversationHome) else (asker,)
        if asked.with_asker and asker.person not in {one.person for one in people}:
            people = (asker, *people)
        known = await self._free_time.of(
            turn.person,
            people[: asked.most],
            await self._books.looked_through(turn, seen.book.id, BookKind.CALENDAR),
            asked.start,
            asked.end,
            live=asked.live,
        )
        left_out = max(0, len(people) - asked.most)
        return Basis(known, picked.unknown, picked.unclear, left_out)

    def _today(self, reader: Reader) -> date:
        return self._clock.now().astimezone(reader.zone).date()


def register(router: Router, handlers: FreeTimeHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowFreeBusy, handlers.say_free)
    router.command(FindTime, handlers.say_times)
    router.verb(FreeBusyShow, handlers.show_free)
    router.verb(TimesFind, handlers.show_times)


def _bounds(first: date, last: date, reader: Reader) -> tuple[datetime, datetime]:
    """Return the instants between which some days lie, on the reader's clock."""
    start = datetime.combine(first, time(), reader.zone)
    end = datetime.combine(last + timedelta(days=1), time(), reader.zone)
    return start.astimezone(UTC), end.astimezone(UTC)
