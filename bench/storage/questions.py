"""What both stores are asked, and the cells of the tables that come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median

from bench.storage.plain import PlainStore
from bench.storage.samples import a_book, an_event, events_of, month
from bench.storage.sealed import fill
from bench.storage.timing import Question, per_second, taking_turns, written
from services.expansions import Expansions
from services.storage.repositories.events import EventLedger
from services.storage.store import Store

__all__ = ["MONTHS", "WRITES", "Stores"]

MONTHS = (
    *("events", "in the month"),
    *("plain rows", "plain, as events", "Almanac, first time", "to rows", "to events"),
    *("Almanac, after a write", "to rows"),
    *("Almanac, again", "to rows"),
    "as an agenda",
)


WRITES = (
    *("events", "at once", "plain a second", "Almanac a second", "ratio"),
    *("plain KiB a write", "Almanac KiB a write"),
)
ROUNDS = 5
"""Of writing."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Both, with the same events, and how often each question is asked."""

    sealed: Store
    plain: PlainStore
    times: int
    numbers: count[int]
    """Numbers that no event has yet."""

    async def fill(self, calendar: int, events: int) -> None:
        """Add a calendar to both."""
        made = list(events_of(a_book(calendar), events))
        await fill(self.sealed, a_book(calendar), made)
        self.plain.fill(made)

    async def ask_usual(self, calendars: int) -> list[str]:
        """Ask for months of all usual calendars."""
        return await self._months(lambda number: number % calendars, self.times)

    async def ask_large(self, calendar: int) -> list[str]:
        """Ask for months of one very full calendar."""
        return await self._months(lambda _: calendar, max(self.times // 10, 9))

    async def write(self, calendars: int, at_once: int) -> list[str]:
        """Let both write new events, in turns."""
        events = self.sealed.events

        async def plain(number: int) -> None:
            await self.plain.save(an_event(a_book(number % calendars), number))

        async def sealed(number: int) -> object:
            book = a_book(number % calendars)
            return await events.save(an_event(book, number), book)

        rates: list[tuple[float, float]] = []
        sizes = [0.0, 0.0]
        for _ in range(ROUNDS):
            first = next(self.numbers) * self.times
            numbers = range(first, first + self.times)
            before = written()
            bare = await per_second(plain, numbers, at_once)
            between = written()
            rates.append((bare, await per_second(sealed, numbers, at_once)))
            sizes = [sizes[0] + between - before, sizes[1] + written() - between]
        bare, ours = (median(each) for each in zip(*rates, strict=True))
        ratio = median(ours / bare for bare, ours in rates)
        takes = [f"{size / ROUNDS / self.times:.0f}" for size in sizes]
        return [f"{at_once}", f"{bare:,.0f}", f"{ours:,.0f}", f"{ratio:.2f}", *takes]

    async def _months(self, calendar: Callable[[int], int], times: int) -> list[str]:
        expansions = Expansions()
        ledger, opened_nothing = self.sealed.events, [self.sealed.events]

        async def rows(number: int) -> object:
            return self.plain.rows(a_book(calendar(number)).id, *month(number))

        async def events(number: int) -> object:
            return self.plain.between(a_book(calendar(number)).id, *month(number))

        async def forget(_: int) -> None:
            opened_nothing[0] = EventLedger(self.sealed.vault)

        async def first(number: int) -> object:
            return await opened_nothing[0].between(a_book(calendar(number)), *month(number))

        async def again(number: int) -> object:
            return await ledger.between(a_book(calendar(number)), *month(number))

        async def change(number: int) -> None:
            found = await ledger.between(book := a_book(calendar(number)), *month(number))
            await ledger.save(found[number % len(found)], book)

        async def agenda(number: int) -> object:
            book, (start, end) = a_book(calendar(number)), month(number)
            found = await ledger.between(book, start, end)
            return expansions.between(book.id, found, start, end, book.zone)

        async def show_and_change(number: int) -> None:
            await agenda(number)
            await change(number)

        found = [len(self.plain.rows(a_book(calendar(n)).id, *month(n))) for n in range(99)]
        bare, same, cold, changed, warm, shown = await taking_turns(
            [
                Question(rows),
                Question(events),
                Question(first, before=forget),
                Question(again, before=change),
                Question(again),
                Question(agenda, before=show_and_change),
            ],
            times,
        )
        return [
            f"{median(found):,.0f}",
            *(str(bare), str(same)),
            *(str(cold), f"{cold.cpu / bare.cpu:.1f}", f"{cold.cpu / same.cpu:.1f}"),
            *(str(changed), f"{changed.cpu / bare.cpu:.1f}"),
            *(str(warm), f"{warm.cpu / bare.cpu:.1f}"),
            str(shown),
        ]
