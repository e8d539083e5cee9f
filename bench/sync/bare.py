"""The same requests without a sync around them: what the other side lets through at best.

``python -m bench.sync.bare FOLDER EVENTS``. A plain aiohttp loop with as many requests in flight
as a sync may have; it reads each answer's JSON and keeps nothing but the ids.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import aiohttp
import msgspec

from bench.sync.employees import FULL, Employee, Office, WallClock, opened_office
from bench.sync.ours import CHANGED, an_event
from bench.sync.rows import begin, measured
from services.graph.client import IN_FLIGHT_BACKGROUND, PREFER
from services.graph.convert import to_graph
from services.graph.tags import tagged_payload
from services.model.times import Clock
from services.sync.content.window import window_at

EMPTY = 1

Make = Callable[[], Awaitable[Any]]


async def main(folder: Path, events: int) -> None:
    """Do all rows."""
    begin()
    office = opened_office(folder)
    async with aiohttp.ClientSession() as session:
        await _outwards(session, office, events)
        await _inwards(session, office, WallClock(), events)


async def _outwards(session: aiohttp.ClientSession, office: Office, events: int) -> None:
    to = office.people[EMPTY]
    url = f"{office.graph_url}/me/calendars/{quote(to.calendar, safe='')}/events"
    bodies = [_body(number) for number in range(events)]
    made: list[str] = []

    async def create(body: dict[str, Any]) -> None:
        made.append((await _ask(session, to, "POST", url, json=body))["id"])

    await measured("out: first sync", events, {"POST": events}, _all(create, bodies))

    async def change(id: str) -> None:
        item = f"{office.graph_url}/me/events/{quote(id, safe='')}"
        await _ask(session, to, "GET", item)
        await _ask(session, to, "PATCH", item, json={"subject": "Moved"})

    asked = {"GET": CHANGED, "PATCH": CHANGED}
    await measured("out: 100 changed", CHANGED, asked, _all(change, made[:CHANGED]))


def _body(number: int) -> dict[str, Any]:
    """Return what a sync sends of an event: also the two signs by which it knows its own."""
    event = {**to_graph(an_event(number)), "transactionId": str(uuid4())}
    return msgspec.json.decode(tagged_payload(event, str(uuid4())), type=dict[str, Any])


async def _inwards(
    session: aiohttp.ClientSession, office: Office, clock: Clock, events: int
) -> None:
    of = office.people[FULL]
    start, end = window_at(clock.now())
    calendar = quote(of.calendar, safe="")
    url = f"{office.graph_url}/me/calendars/{calendar}/calendarView/delta"
    span = f"?startDateTime={start:%Y-%m-%dT%H:%M:%SZ}&endDateTime={end:%Y-%m-%dT%H:%M:%SZ}"
    asked: dict[str, int] = {"GET": 0}

    async def read() -> None:
        following: str | None = url + span
        while following:
            page = await _ask(session, of, "GET", following)
            asked["GET"] += 1
            following = page.get("@odata.nextLink")

    await measured("in: first sync", events, asked, read)


def _all(work: Callable[[Any], Awaitable[None]], things: Iterable[Any]) -> Make:
    """Return what does some work for each thing, as many at a time as a sync may."""
    rest = iter(things)

    async def hand() -> None:
        for thing in rest:
            await work(thing)

    return lambda: asyncio.gather(*(hand() for _ in range(IN_FLIGHT_BACKGROUND)))


async def _ask(
    session: aiohttp.ClientSession, who: Employee, method: str, url: str, **how: Any
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {who.token}", "Prefer": PREFER}
    async with session.request(method, url, headers=headers, **how) as answer:
        answer.raise_for_status()
        body: dict[str, Any] = json.loads(await answer.read())
        return body


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
