"""Measure the views: ``python -m bench.views``; ``--quick`` for a look.

A calendar of 5,000 events in three years and 200 series is asked for each of its four views: by a
process that has just started, for months that nobody has looked at, and for the month that
everybody looks at. Each answer asks for rights, is read from the sealed store, unfolded and drawn;
the memory of drawn cards is left out. Milliseconds: p50 / p99 / processor time, as in
``bench.storage``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from bench.process import as_the_program, scratch
from bench.report import markdown
from bench.storage.sealed import fill, opened
from bench.storage.timing import Question, taking_turns
from bench.views.samples import BOOK, OWNER, full_calendar
from cards.events.event_actions import AgendaShow
from cards.viewer import Viewer
from cards.views.calendar import calendar_card
from cards.views.sight import window_of
from services.books.sharing import Sharing
from services.events.agenda import Agenda
from services.model.access import Role
from services.model.settings import View
from services.storage.keys import KeyRing
from services.storage.store import Store

__all__ = ["main"]

EVENTS, SERIES, TIMES, STARTS, MONTHS = 5_000, 200, 200, 20, 30
FIRST = date(2025, 2, 1)
READER = Viewer(BOOK.zone, "en", Role.EDITOR)
HEAD = ("view", "just started: CPU", "a month for the first time", "the same month again")


async def draw(agenda: Agenda, view: View, day: date) -> object:
    """Answer as the bot does, but for what it remembers of drawn cards."""
    shown = AgendaShow(BOOK.id, day, view=view.value)
    span = window_of(shown, BOOK, READER, FIRST).span
    found = await agenda.between(OWNER, BOOK.id, span.first, span.last, READER.zone)
    return calendar_card(found, shown, BOOK, READER, today=FIRST)


def agenda_of(store: Store) -> Agenda:
    return Agenda(store, Sharing(store))


async def measure(folder: Path, quick: int) -> list[list[str]]:
    """Return a row a view."""
    path, ring = folder / "almanac.db", KeyRing.generate("bench")
    async with opened(path, ring) as store:
        await store.books.add(BOOK)
        await fill(store, BOOK, full_calendar(EVENTS // quick, SERIES // quick))
    return [await _row(path, ring, view, quick) for view in View]


async def _row(path: Path, ring: KeyRing, view: View, quick: int) -> list[str]:
    cold = [await _started(path, ring, view) for _ in range(STARTS // quick)]
    async with opened(path, ring) as store:
        agenda = agenda_of(store)
        fresh = await taking_turns([Question(lambda n: draw(agenda, view, _day(n)))], MONTHS)
        again = await taking_turns(
            [Question(lambda _: draw(agenda, view, _day(3)))], TIMES // quick
        )
    return [view.value, f"{median(cold):.2f}", str(fresh[0]), str(again[0])]


async def _started(path: Path, ring: KeyRing, view: View) -> float:
    """Return the milliseconds of processor time of a first answer, keys not yet unwrapped."""
    async with opened(path, ring) as store:
        began = time.process_time()
        await draw(agenda_of(store), view, _day(3))
        return 1000 * (time.process_time() - began)


def _day(number: int) -> date:
    return FIRST + timedelta(days=31 * number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench.views", description="Measure the views.")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    given = parser.parse_args(arguments)
    as_the_program()
    with scratch("bench-views") as folder:
        print(markdown(HEAD, asyncio.run(measure(folder, 10 if given.quick else 1))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
