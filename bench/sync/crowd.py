"""Many mailboxes at once: the whole program, with its schedule, its worker and real sign-ins kept.

``python -m bench.sync.crowd FOLDER LINKS ACTIVE`` reads ``FOLDER/office.json``. It prints a JSON
line for each row: the first sweep over LINKS links; one in which nothing changed; how long after a
change in Outlook the team has it, with ACTIVE links that are told of changes; how long until a
change of the team is in ACTIVE mailboxes.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote

import aiohttp

from bench.almanac import identity
from bench.process import free_port
from bench.sync.employees import CLIENT_ID, SECRET, Employee, Office, opened_office
from bench.sync.ours import ZONE, a_book, a_link, an_event
from bench.sync.rows import begin, measured
from bot.assembly import Almanac, assembled
from bot.outside import Outside
from bot.process import SystemClock
from bot.serving import serving
from services.graph.auth import SignIn
from services.ids import new_id
from services.model.accounts import Account, AccountState, Link, LinkId, RemoteId
from services.model.books import Book, BookId, BookKind
from services.model.conversations import Conversation, Member
from services.model.events import Author
from services.model.identity import ConversationHome, ConversationId, ConversationKind
from services.model.tasks import Task, TaskKind, sync_task
from services.storage.keys import KeyRing
from services.storage.sqlite import SqliteRecords

__all__ = ["Delays"]

CHANGES = 60
APART = 0.1
"""Seconds between two changes in Outlook."""
PATIENCE = 120.0
CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class Delays:
    """How long something took to arrive, in seconds."""

    name: str
    p50: float
    p95: float
    longest: float


async def main(folder: Path, links: int, active: int) -> None:
    """Do all rows."""
    begin()
    office = opened_office(folder)
    place = folder / "crowd"
    await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
    place.mkdir()
    records = await SqliteRecords.open(place / "almanac.db", CLOCK)
    port = free_port()
    try:
        async with aiohttp.ClientSession() as session:
            outside = Outside(
                bot=identity(f"http://127.0.0.1:{port}/none", session, CLOCK),
                public_url=f"http://127.0.0.1:{port}",
                sign_in=SignIn(
                    CLIENT_ID,
                    SECRET,
                    office.authority,
                    f"http://127.0.0.1:{port}/auth/callback",
                    ca_bundle=office.ca_file,
                    instance_discovery=False,
                ),
                graph_url=office.graph_url,
            )
            ring = KeyRing.generate("bench")
            async with assembled(outside, records, ring, CLOCK) as almanac:
                tied = [await _tied(almanac, each) for each in office.people[:links]]
                async with serving(almanac, "127.0.0.1", port):
                    for row in ("the first pass", "nothing changed"):
                        await _passes(row, almanac, tied)
                    await _from_outlook(almanac, session, office, tied[:active])
                    await _to_outlook(almanac, session, office, active)
    finally:
        await records.close()


async def _tied(almanac: Almanac, employee: Employee) -> Link:
    """Connect somebody, as their sign-in would have done."""
    account = Account(
        person=employee.person,
        username="somebody@example.com",
        state=AccountState.CONNECTED,
        tokens=employee.sign_in,
        connected_at=CLOCK.now(),
    )
    await almanac.store.accounts.save(account)
    return await a_link(almanac.store, employee, await a_book(almanac.store, employee.person))


async def _passes(row: str, almanac: Almanac, links: Sequence[Link]) -> None:
    await measured(f"crowd: {row}", len(links), {}, lambda: _sweep(almanac, links))


async def _sweep(almanac: Almanac, links: Sequence[Link]) -> None:
    """Wake all links, and wait until each has ended a pass."""
    began = CLOCK.now()
    for link in links:
        await almanac.store.tasks.put(sync_task(link.person, link.id, began))

    async def is_through(link: Link) -> bool:
        synced_at = (await almanac.store.links.get(link.person, link.id)).synced_at
        return synced_at is not None and synced_at >= began

    async with asyncio.timeout(PATIENCE):
        for link in links:
            await _until(partial(is_through, link), 0.05)


async def _from_outlook(
    almanac: Almanac, session: aiohttp.ClientSession, office: Office, links: Sequence[Link]
) -> None:
    for link in links:
        await almanac.store.tasks.put(_watch(link))

    async def is_told(link: Link) -> bool:
        return (await almanac.store.links.get(link.person, link.id)).subscription is not None

    async with asyncio.timeout(PATIENCE):
        for link in links:
            await _until(partial(is_told, link), 0.05)
    people = {each.person: each for each in office.people}

    async def change(number: int) -> float:
        await asyncio.sleep(number * APART)
        link = links[number % len(links)]
        book = await almanac.store.books.get(link.person.tenant, link.book)
        before = await almanac.store.events.revision(book)
        who = people[link.person]
        url = f"{office.graph_url}/me/calendars/{quote(who.calendar, safe='')}/events"
        await _post(session, who, url, {"subject": "Lunch", **_tomorrow()})

        async def is_there() -> bool:
            return await almanac.store.events.revision(book) > before

        return await _until(is_there, 0.005)

    async with asyncio.timeout(PATIENCE):
        took = await asyncio.gather(*(change(number) for number in range(CHANGES)))
    _tell("crowd: from Outlook to the team", took)


async def _to_outlook(
    almanac: Almanac, session: aiohttp.ClientSession, office: Office, many: int
) -> None:
    people = office.people[:many]
    book = await _team_book(almanac, people)
    links = [await _team_link(almanac, session, office, each, book) for each in people]
    await _sweep(almanac, links)
    began = time.perf_counter()
    event = await almanac.events.create(Author(people[0].person, "Bench"), book.id, an_event(1))
    # The first passes have begun before the write is answered.
    answered = time.perf_counter() - began

    async def is_there(link: Link) -> bool:
        pair = await almanac.store.links.pair_of_team(link, event.id)
        return pair is not None and pair.observed is not None

    async with asyncio.timeout(PATIENCE):
        waits = (_until(partial(is_there, link), 0.05) for link in links)
        took = await asyncio.gather(*waits)
    _tell("crowd: from the team to all mailboxes", [answered + each for each in took])


async def _team_book(almanac: Almanac, people: Sequence[Employee]) -> Book:
    tenant, thread = people[0].person.tenant, ConversationId("19:bench@thread.tacv2")
    channel = Conversation(
        tenant=tenant,
        id=thread,
        kind=ConversationKind.CHANNEL,
        service_url="https://smba.trafficmanager.net/emea/",
    )
    await almanac.store.conversations.save(channel)
    members = [Member(each.person, "Somebody", f"29:{each.person.object_id}") for each in people]
    await almanac.store.conversations.replace_roster(tenant, thread, members)
    book = Book(
        id=BookId(new_id()),
        kind=BookKind.CALENDAR,
        tenant=tenant,
        home=ConversationHome(tenant, thread),
        name="Harbour",
        zone=ZONE,
        created_at=CLOCK.now(),
    )
    return await almanac.store.books.add(book)


async def _team_link(
    almanac: Almanac,
    session: aiohttp.ClientSession,
    office: Office,
    employee: Employee,
    book: Book,
) -> Link:
    url = f"{office.graph_url}/me/calendars"
    calendar = await _post(session, employee, url, {"name": "Harbour (Almanac)"})
    link = Link(
        id=LinkId(new_id()),
        person=employee.person,
        book=book.id,
        calendar=RemoteId(calendar["id"]),
        created_at=CLOCK.now(),
    )
    return await almanac.store.links.add(link)


async def _until(is_so: Callable[[], Awaitable[bool]], every: float) -> float:
    """Ask again and again; return after how many seconds it was so."""
    began = time.perf_counter()
    while not await is_so():  # noqa: ASYNC110 - the store is asked, as a person would look
        await asyncio.sleep(every)
    return time.perf_counter() - began


def _watch(link: Link) -> Task:
    return Task(
        kind=TaskKind.RENEW_SUBSCRIPTION,
        tenant=link.person.tenant,
        key=link.id,
        payload={"person": link.person.object_id, "link": link.id},
        due_at=CLOCK.now(),
    )


def _tomorrow() -> dict[str, Any]:
    start = CLOCK.now() + timedelta(days=1)
    return {
        "start": {"dateTime": f"{start:%Y-%m-%dT10:00:00}", "timeZone": "UTC"},
        "end": {"dateTime": f"{start:%Y-%m-%dT10:30:00}", "timeZone": "UTC"},
    }


async def _post(
    session: aiohttp.ClientSession, who: Employee, url: str, body: dict[str, Any]
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {who.token}"}
    async with session.post(url, json=body, headers=headers) as answer:
        answer.raise_for_status()
        made: dict[str, Any] = await answer.json()
        return made


def _tell(name: str, took: Sequence[float]) -> None:
    steps = quantiles(took, n=20)
    print(json.dumps(asdict(Delays(name, steps[9], steps[18], max(took)))), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
