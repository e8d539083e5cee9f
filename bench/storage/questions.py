"""What both stores are asked, and the cells of the tables that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median

from bench.storage.plain import PlainStore
from bench.storage.samples import a_book, an_event, events_of, month
from bench.storage.sealed import fill
from bench.storage.timing import Pace, Question, pace, taking_turns
from services.events.expansions import Expansions
from services.model.books import Book
from services.model.events import Event
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
    *("events", "at once", "plain a second", "with traces", "Almanac a second"),
    *("to plain", "to plain with traces", "CPU ms: plain", "with traces", "Almanac"),
    *("KiB a write: plain", "with traces", "Almanac"),
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
        """Let all write the same new events, in turns; each event is made beforehand.

        Each meets pages in which nobody has made room for these events: so the plain file begins,
        and what writes to it with traces comes after.
        """
        ledger, made = self.sealed.events, dict[int, tuple[Book, Event]]()

        async def plain(number: int) -> None:
            await self.plain.save(made[number][1])

        async def traced(number: int) -> None:
            await self.plain.save_with_traces(made[number][1])

        async def sealed(number: int) -> object:
            book, event = made[number]
            return await ledger.save(event, book)

        rounds: list[list[Pace]] = []
        for _ in range(ROUNDS):
            first = next(self.numbers) * self.times
            numbers = range(first, first + self.times)
            books = [a_book(number % calendars) for number in numbers]
            made = {n: (book, an_event(book, n)) for n, book in zip(numbers, books, strict=True)}
            paces = [await pace(plain, numbers, at_once)]
            self.plain.forget(event for _, event in made.values())
            paces.append(await pace(traced, numbers, at_once))
            rounds.append([*paces, await pace(sealed, numbers, at_once)])
        return [f"{at_once}", *_written(rounds)]

    async def _months(self, calendar: Callable[[int], int], times: int) -> list[str]:
        expansions = Expansions()
        ledger, opened_nothing = self.sealed.events, [self.sealed.events]

        async def shown(events: EventLedger, number: int) -> list[Event]:
            book = a_book(calendar(number))
            return await events.between(book, *month(number), book.zone)

        async def rows(number: int) -> object:
            return self.plain.rows(a_book(calendar(number)).id, *month(number))

        async def events(number: int) -> object:
            return self.plain.between(a_book(calendar(number)).id, *month(number))

        async def forget(_: int) -> None:
            opened_nothing[0] = EventLedger(self.sealed.vault)

        async def first(number: int) -> object:
            return await shown(opened_nothing[0], number)

        async def again(number: int) -> object:
            return await shown(ledger, number)

        async def change(number: int) -> None:
            found = await shown(ledger, number)
            await ledger.save(found[number % len(found)], a_book(calendar(number)))

        async def agenda(number: int) -> object:
            book, (start, end) = a_book(calendar(number)), month(number)
            found = await shown(ledger, number)
            return expansions.between(book.id, found, start, end, book.zone)

        async def show_and_change(number: int) -> None:
            await agenda(number)
            await change(number)

        found = [len(self.plain.rows(a_book(calendar(n)).id, *month(n))) for n in range(99)]
        bare, same, cold, changed, warm, listed = await taking_turns(
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
            str(listed),
        ]


def _written(rounds: Sequence[Sequence[Pace]]) -> list[str]:
    """Return the cells of writing: the middle round of each, and of the ratios."""
    sides = list(zip(*rounds, strict=True))
    *plain_sides, ours = [[each.per_second for each in side] for side in sides]
    ratios = [[o / p for o, p in zip(ours, plain, strict=True)] for plain in plain_sides]
    return [
        *(f"{median(each.per_second for each in side):,.0f}" for side in sides),
        *(f"{median(ratio):.2f}" for ratio in ratios),
        *(f"{median(each.cpu for each in side):.2f}" for side in sides),
        *(f"{median(each.written for each in side):.0f}" for side in sides),
    ]
