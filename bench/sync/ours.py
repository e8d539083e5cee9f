"""Almanac's engine at work on one mailbox: how long, how many requests, how much memory.

``python -m bench.sync.ours FOLDER EVENTS`` reads ``FOLDER/office.json``, does one row of the table
after the other and prints a JSON line for each. The team's side is a real SQLite file with sealed
records, the way to Outlook is HTTP; what the rows start from is prepared outside of their time.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import msgspec

from bench.sync.employees import DAYS, FULL, TEXT, Employee, Office, WallClock, opened_office
from bench.sync.rows import begin, measured
from services.books.sharing import Sharing
from services.contacts.contacts import Contacts
from services.events.events import Events
from services.graph.client import Answer, GraphClient, open_session
from services.graph.mailbox import Mailbox
from services.ids import new_id
from services.model.accounts import Link, LinkId, RemoteId
from services.model.books import Book, BookId, BookKind
from services.model.events import Author, EventContent
from services.model.identity import Person, PersonHome
from services.model.times import Clock, Timed
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords
from services.storage.store import Store, open_store
from services.sync.engine import Engine
from services.sync.sides.outlook import OutlookCalendar
from services.sync.sides.team import team_sides

__all__ = ["CHANGED", "Site", "a_book", "a_link", "a_site", "an_event", "asked", "synced"]

CHANGED = 100
ZONE = ZoneInfo("Europe/Berlin")
OUT, IN = 0, FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that a row works with."""

    office: Office
    store: Store
    events: Events
    engine: Engine
    requests: Counter[str]
    session: aiohttp.ClientSession


@dataclass(frozen=True, slots=True)
class KnownTokens:
    """The office has given out its tokens beforehand."""

    tokens: dict[Person, str]

    async def token_for(self, person: Person, *, refused: str = "", claims: str = "") -> str:
        """Return the one that there is."""
        return self.tokens[person]


class CountingClient(GraphClient):
    """Counts requests by their methods; aiohttp's own tracing would cost more than a header."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, clock: Clock, requests: Counter[str]
    ) -> None:
        super().__init__(session, url, clock)
        self._requests = requests

    async def request(
        self, mailbox: Person, token: str, method: str, target: str, **how: Any
    ) -> Answer:
        """See :meth:`GraphClient.request`."""
        self._requests[method] += 1
        return await super().request(mailbox, token, method, target, **how)


async def main(folder: Path, events: int) -> None:
    """Do all rows."""
    begin()
    async with a_site(folder) as site:
        await _outwards(site, events)
        await _inwards(site, events)


@asynccontextmanager
async def a_site(folder: Path) -> AsyncIterator[Site]:
    """Open a store of its own beside the office that runs in a folder."""
    office = opened_office(folder)
    clock = WallClock()
    store_folder = folder / "ours"
    await asyncio.to_thread(shutil.rmtree, store_folder, ignore_errors=True)
    store_folder.mkdir()
    records = await SqliteRecords.open(store_folder / "almanac.db", clock)
    requests: Counter[str] = Counter()
    try:
        async with open_session() as session:
            store = await open_store(records, KeyRing.generate("bench"), clock)
            client = CountingClient(session, office.graph_url, clock, requests)
            tokens = KnownTokens({each.person: each.token for each in office.people})

            def outlook_of(link: Link, book: Book) -> OutlookCalendar:
                mailbox = Mailbox(client, tokens, link.person, zone=book.zone, background=True)
                return OutlookCalendar(mailbox, link.calendar)

            sharing = Sharing(store)
            team, contacts = Events(store, sharing, clock), Contacts(store, sharing, clock)
            engine = Engine(store, team_sides(store, team, contacts), outlook_of, clock)
            yield Site(
                office=office,
                store=store,
                events=team,
                engine=engine,
                requests=requests,
                session=session,
            )
    finally:
        await records.close()


async def _outwards(site: Site, events: int) -> None:
    employee = site.office.people[OUT]
    book = await a_book(site.store, employee.person)
    author = Author(employee.person, "Bench")
    for number in range(events):
        await site.events.create(author, book.id, an_event(number))
    link = await a_link(site.store, employee, book)
    await _row(site, "out: first sync", events, lambda: synced(site, link))
    await _row(site, "out: own echo", events, lambda: synced(site, link))
    await _row(site, "out: nothing changed", events, lambda: synced(site, link))
    kept, _ = await site.store.events.changes(book, 0)
    for event in kept[:CHANGED]:
        content = replace(event.content, title=event.content.title + ", moved")
        await site.events.edit(author, book.id, event.id, content)
    await _row(site, "out: 100 changed", CHANGED, lambda: synced(site, link))


async def _inwards(site: Site, events: int) -> None:
    employee = site.office.people[IN]
    book = await a_book(site.store, employee.person)
    link = await a_link(site.store, employee, book)
    await _row(site, "in: first sync", events, lambda: synced(site, link))
    await _row(site, "in: nothing changed", events, lambda: synced(site, link))
    for pair in (await site.store.links.pairs(link))[:CHANGED]:
        await asked(site, employee, "PATCH", f"events/{pair.remote}", json={"subject": "Moved"})
    await _row(site, "in: 100 changed", CHANGED, lambda: synced(site, link))


async def asked(site: Site, employee: Employee, method: str, path: str, **body: Any) -> Any:
    """Do as the person does in Outlook; return what it says."""
    headers = {"Authorization": f"Bearer {employee.token}", "Prefer": 'IdType="ImmutableId"'}
    url = f"{site.office.graph_url}/me/{path}"
    async with site.session.request(method, url, headers=headers, **body) as answer:
        answer.raise_for_status()
        return msgspec.json.decode(await answer.read() or b"null")


async def synced(site: Site, link: Link) -> None:
    """Bring a link into step."""
    lease = await site.store.links.acquire(link.person, "bench", 600)
    assert lease is not None
    while not (await site.engine.sync(lease, link.id)).is_done:
        pass
    await site.store.links.release(lease)


async def _row(site: Site, name: str, items: int, work: Callable[[], Awaitable[None]]) -> None:
    site.requests.clear()
    await measured(name, items, site.requests, work)


def an_event(number: int) -> EventContent:
    """Return one of many events, spread over the days of a link's window."""
    turn, day = divmod(number, DAYS)
    first = datetime.now(ZONE).date() + timedelta(days=1 + day)
    start = datetime.combine(first, wall_time(7 + turn // 4 % 12, turn % 4 * 15), ZONE)
    return EventContent(
        title=f"Review {number} of the harbour plans",
        when=Timed(start, start + timedelta(minutes=30)),
        place="Room Linde",
        text=TEXT,
    )


async def a_book(store: Store, person: Person) -> Book:
    """Make somebody's own calendar."""
    book = Book(
        id=BookId(new_id()),
        kind=BookKind.CALENDAR,
        tenant=person.tenant,
        home=PersonHome(person),
        name="",
        zone=ZONE,
        created_at=WallClock().now(),
    )
    return await store.books.add(book)


async def a_link(store: Store, employee: Employee, book: Book) -> Link:
    """Tie a calendar to somebody's Outlook."""
    link = Link(
        id=LinkId(new_id()),
        person=employee.person,
        book=book.id,
        calendar=RemoteId(employee.calendar),
        created_at=WallClock().now(),
    )
    return await store.links.add(link)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
