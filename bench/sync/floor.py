"""What an event that comes in costs, whoever writes the sync: each step alone, and in bulk.

``python -m bench.sync.floor FOLDER EVENTS`` reads a full calendar and then prints a JSON line for
each of four steps: the JSON of its pages, the same in the house's words, the events written down
(sealed, and who wrote them beside), the pairs that tie them to Outlook. Nothing is compared,
planned or looked up: what a sync takes beyond the sum of these is its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from bench.sync.employees import FULL, Employee, WallClock
from bench.sync.ours import ZONE, Site, a_book, a_link, a_site
from bench.sync.rows import begin, measured
from services.books.mailbox_items import OUTLOOK
from services.graph.client import PREFER
from services.graph.convert import from_graph
from services.graph.remote_event import RemoteEvent
from services.ids import new_id
from services.model.books import Book
from services.model.events import Event, EventId
from services.model.pairs import Observation, Pair
from services.storage.repositories.links import LinkChanges
from services.sync.content.window import window_at
from services.sync.execute.imports import AT_ONCE as PORTION
from services.sync.state.commits import AT_ONCE

T = TypeVar("T")


async def main(folder: Path, events: int) -> None:
    """Do all steps."""
    begin()
    async with a_site(folder) as site:
        employee = site.office.people[FULL]
        book = await a_book(site.store, employee.person)
        pages = await _pages(site, employee)
        items: list[dict[str, Any]] = []
        found: list[RemoteEvent] = []
        team: list[Event] = []

        async def parse() -> None:
            for page in pages:
                items.extend(msgspec.json.decode(page)["value"])

        async def read() -> None:
            found.extend(from_graph(item, fallback=ZONE) for item in items)

        async def write() -> None:
            for some in _slices([_event(book, each) for each in found], PORTION):
                team.extend(await site.store.events.save_together(some, book))

        await _step("the JSON of the pages", events, parse)
        await _step("in the house's words", events, read)
        await _step("the events, sealed and stored", events, write)
        await _step("the pairs, sealed and stored", events, await _tying(site, book, found, team))


async def _step(name: str, events: int, work: Callable[[], Awaitable[None]]) -> None:
    await measured(name, events, {}, work)


async def _pages(site: Site, employee: Employee) -> list[bytes]:
    """Return the pages of a full round, as they come over the wire."""
    start, end = window_at(WallClock().now())
    calendar = quote(employee.calendar, safe="")
    following = (
        f"{site.office.graph_url}/me/calendars/{calendar}/calendarView/delta"
        f"?startDateTime={start:%Y-%m-%dT%H:%M:%SZ}&endDateTime={end:%Y-%m-%dT%H:%M:%SZ}"
    )
    headers = {"Authorization": f"Bearer {employee.token}", "Prefer": PREFER}
    pages: list[bytes] = []
    while following:
        async with site.session.get(following, headers=headers) as answer:
            pages.append(await answer.read())
        following = msgspec.json.decode(pages[-1]).get("@odata.nextLink", "")
    return pages


async def _tying(
    site: Site, book: Book, found: Sequence[RemoteEvent], team: Sequence[Event]
) -> Callable[[], Awaitable[None]]:
    """Return what writes the pairs of what is on both sides by then."""
    link = await a_link(site.store, site.office.people[FULL], book)
    lease = await site.store.links.acquire(link.person, "bench", 600)
    assert lease is not None

    async def tie() -> None:
        for some in _slices(list(zip(found, team, strict=True)), AT_ONCE):
            pairs = tuple(_pair(remote, event) for remote, event in some)
            await site.store.links.commit(lease, link, LinkChanges(put_pairs=pairs))

    return tie


def _event(book: Book, remote: RemoteEvent) -> Event:
    now = WallClock().now()
    return Event(
        id=EventId(new_id()),
        book=book.id,
        content=remote.content,
        created_by=OUTLOOK,
        created_at=now,
        updated_by=OUTLOOK,
        updated_at=now,
    )


def _pair(remote: RemoteEvent, event: Event) -> Pair:
    seen = Observation(
        change_key=remote.change_key,
        content=remote.content,
        uid=remote.uid,
        epoch=1,
        changed_at=remote.changed_at,
    )
    return Pair(
        remote=remote.id, team=event.id, agreed=event.content, echo=remote.content, observed=seen
    )


def _slices(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (things[first : first + size] for first in range(0, len(things), size))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
