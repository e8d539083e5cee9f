"""Looking in a chat: ``find budget``, ``events with ines``, ``who is away``, and their buttons.

Where others read along, only the calendars and the contact list of the place are looked through:
what somebody has elsewhere is for their own chat.
"""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from bot.handlers.contacts.directory import strangers
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Replace, Replies, Say
from bot.router import Router
from bot.turn import Turn
from cards.viewer import Reader
from cards.views.away import Out, away_card
from cards.views.find_actions import AwayShow, FindShow
from cards.views.found import found_card
from services.contacts.directory import Directory
from services.events.away import Away
from services.events.event_search import MOST, EventSearch
from services.model.books import BookKind
from services.model.contacts import Contact
from services.model.times import Clock
from services.phrases import FindEvents, WhoIsAway
from services.search import Search

__all__ = ["FindingHandlers", "register"]

PEOPLE = 5
MOST_DAYS = 92


class FindingHandlers:
    """Answers with what was found."""

    def __init__(
        self,
        books: OpenBooks,
        event_search: EventSearch,
        search: Search,
        away: Away,
        look_again: LookAgain,
        directory: Directory,
        clock: Clock,
    ) -> None:
        self._books = books
        self._event_search = event_search
        self._search = search
        self._away = away
        self._look_again = look_again
        self._directory = directory
        self._clock = clock

    async def say_found(self, turn: Turn, command: FindEvents) -> Replies:
        """``find …``: events, and people if they are meant, too."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        shown = FindShow(command.text, contacts=command.contacts)
        return Say(card=await self._found(turn, seen, shown, seen.readers))

    async def show_found(self, turn: Turn, action: FindShow) -> Replies:
        """Show another page, or the same again after a look at an event."""
        seen = await self._books.here(turn, BookKind.CALENDAR)
        return Replace(await self._found(turn, seen, action, seen.viewer))

    async def say_away(self, turn: Turn, command: WhoIsAway) -> Replies:
        """``who is away …``: by person."""
        await looked_again(turn, self._look_again)
        seen = await self._books.here(turn, BookKind.CALENDAR)
        days = min((command.last - command.first).days + 1, MOST_DAYS)
        shown = AwayShow(seen.book.id, command.first, days)
        return Say(card=await self._out(turn, seen, shown, seen.readers))

    async def show_away(self, turn: Turn, action: AwayShow) -> Replies:
        """Show other days."""
        seen = await self._books.called(turn, action.book)
        return Replace(await self._out(turn, seen, action, seen.viewer))

    async def _found(self, turn: Turn, seen: OpenBook, shown: FindShow, reader: Reader) -> Card:
        within = await self._books.looked_through(turn, seen.book.id, BookKind.CALENDAR)
        now = self._clock.now()
        # What somebody has approved for themselves is for nobody who reads along.
        asked = shown.words if shown.contacts and not seen.shared else ""
        found, contacts, colleagues = await asyncio.gather(
            self._event_search.find(turn.person, shown.words, now, reader.zone, within=within),
            self._contacts(turn, seen, shown),
            self._directory.find(turn.person, asked),
        )
        # A post that shows “Busy” for a word would tell what it is that is private.
        events = tuple(one for one in found if reader.sees(one).content == one.content)
        readable = await self._books.readable(turn, BookKind.CALENDAR)
        books = {book.id: book for book in readable}
        today = self._today(reader)
        return found_card(
            events,
            contacts,
            shown,
            books,
            reader,
            today=today,
            is_cut=len(found) >= MOST,
            colleagues=strangers(contacts, colleagues),
        )

    async def _contacts(self, turn: Turn, seen: OpenBook, shown: FindShow) -> tuple[Contact, ...]:
        if not shown.contacts:
            return ()
        within = None
        if seen.shared:
            first = (await self._books.here(turn, BookKind.CONTACTS)).book.id
            within = await self._books.looked_through(turn, first, BookKind.CONTACTS)
        page = await self._search.contacts(turn.person, shown.words, 0, PEOPLE, within=within)
        return page.records

    async def _out(self, turn: Turn, seen: OpenBook, shown: AwayShow, reader: Reader) -> Card:
        first = shown.first or self._today(reader)
        last = first + timedelta(days=shown.days - 1)
        found = await self._away.between(
            turn.person,
            await self._books.looked_through(turn, seen.book.id, BookKind.CALENDAR),
            first,
            last,
            reader.zone,
        )
        people = [Out(one.name, one.occurrences) for one in found]
        return away_card(people, shown, reader, today=self._today(reader))

    def _today(self, reader: Reader) -> date:
        return self._clock.now().astimezone(reader.zone).date()


def register(router: Router, handlers: FindingHandlers) -> None:
    """Fill in the rows."""
    router.command(FindEvents, handlers.say_found)
    router.command(WhoIsAway, handlers.say_away)
    router.verb(FindShow, handlers.show_found)
    router.verb(AwayShow, handlers.show_away)
