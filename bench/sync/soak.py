"""Changes on both sides and passes in turn, for some minutes: does the memory stay where it is?

``python -m bench.sync.soak FOLDER MINUTES`` links a calendar of a thousand events and prints a JSON
line ten times over: how many passes and changes there have been, and the resident memory then. In
each turn people change ten events in Outlook and ten here, make one and delete one on each side.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from bench.process import memory_mib
from bench.sync.employees import FULL, Employee
from bench.sync.ours import Site, a_book, a_link, a_site, an_event, asked, synced
from bench.sync.rows import begin
from services.graph.convert import to_graph
from services.model.accounts import Link
from services.model.books import Book
from services.model.events import Author, Event, EventId
from services.model.pairs import Pair

LINES = 10
CHANGED = 10
A_TURN = 2 * (CHANGED + 2)
"""Changes."""


@dataclass(slots=True)
class People:
    """Who works on both sides of a link, in turns."""

    site: Site
    employee: Employee
    book: Book
    link: Link
    turns: int = 0

    async def work(self) -> None:
        """Do a turn's changes."""
        self.turns += 1
        known = await self.site.store.links.pairs(self.link)
        there = [pair for pair in known if pair.observed is not None]  # others were just deleted
        pairs = sorted(there, key=lambda pair: pair.remote)
        first = self.turns * 2 * CHANGED % (len(pairs) - 2 * CHANGED)
        await self._in_outlook(pairs[first : first + CHANGED])
        await self._here(pairs[first + CHANGED : first + 2 * CHANGED])

    async def _in_outlook(self, pairs: list[Pair]) -> None:
        there = [f"events/{quote(pair.remote, safe='')}" for pair in pairs]
        for event in there:
            await self._ask("PATCH", event, json={"subject": f"There {self.turns}"})
        calendar = quote(self.employee.calendar, safe="")
        body = to_graph(an_event(self.turns))
        await self._ask("POST", f"calendars/{calendar}/events", json=body)
        await self._ask("DELETE", there[-1])

    async def _here(self, pairs: list[Pair]) -> None:
        author, book = Author(self.employee.person, "Bench"), self.book.id
        for pair in pairs:
            event = await self._event(pair)
            content = replace(event.content, title=f"Here {self.turns}")
            await self.site.events.edit(author, book, event.id, content)
        await self.site.events.create(author, book, an_event(self.turns))
        await self.site.events.delete(author, book, (await self._event(pairs[-1])).id)

    async def _event(self, pair: Pair) -> Event:
        assert pair.team is not None
        return await self.site.store.events.get(self.book, EventId(pair.team))

    async def _ask(self, method: str, path: str, **how: object) -> None:
        await asked(self.site, self.employee, method, path, **how)


async def main(folder: Path, minutes: float) -> None:
    """Work and sync in turns until the time is over."""
    begin()
    async with a_site(folder) as site:
        employee = site.office.people[FULL]
        book = await a_book(site.store, employee.person)
        link = await a_link(site.store, employee, book)
        await synced(site, link)
        people = People(site, employee, book, link)
        began, cpu, told = time.monotonic(), 0.0, 0
        while told < LINES:
            await people.work()
            before = time.process_time()
            await synced(site, link)
            cpu += time.process_time() - before
            if time.monotonic() - began >= (told + 1) * minutes * 60 / LINES:
                told += 1
                print(json.dumps(_line(people.turns, cpu)), flush=True)


def _line(turns: int, cpu: float) -> dict[str, float]:
    return {
        "passes": turns,
        "changes": turns * A_TURN,
        "cpu_seconds": cpu,
        "memory_mib": memory_mib(os.getpid()),
    }


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2])))
