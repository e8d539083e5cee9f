"""What the engine is told of Microsoft's refusals: gone, moved, or simply refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import aiohttp
import pytest

from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.graph.remote_event import RemoteEvent
from services.model.accounts import RemoteId
from services.model.errors import NotFound, Rejected, Stale
from services.model.pairs import Cursor
from services.sync.content.window import window_at
from services.sync.sides.outlook import OutlookCalendar
from tests._builders import BERLIN, an_event_content
from tests.services.sync._scene import PERSON, NewTokens, Scene

LUNCH = an_event_content(title="Lunch")


@pytest.fixture
async def outlook(scene: Scene) -> AsyncIterator[OutlookCalendar]:
    async with aiohttp.ClientSession() as session:
        client = GraphClient(session, scene.sandbox.graph_url, scene.clock)
        mailbox = Mailbox(client, NewTokens(scene.sandbox), PERSON, zone=BERLIN)
        yield OutlookCalendar(mailbox, RemoteId(scene.outlook.default_calendar.id))


async def made(outlook: OutlookCalendar) -> RemoteEvent:
    return await outlook.create(outlook.payload(LUNCH, "transaction", "tag"))


def refuse(scene: Scene, method: str, status: int = 400, code: str = "ErrorInvalid") -> None:
    scene.sandbox.faults.fail(status=status, code=code, method=method)


async def test_an_event_is_found_by_its_tag_until_it_is_gone(outlook: OutlookCalendar) -> None:
    event = await made(outlook)
    assert [hit.id for hit in await outlook.tagged("tag")] == [event.id]
    assert await outlook.find(event.id) is not None
    await outlook.delete(event)
    await outlook.delete(event)
    assert await outlook.find(event.id) is None


async def test_what_has_changed_meanwhile_is_stale(outlook: OutlookCalendar) -> None:
    event = await made(outlook)
    await outlook.update(event, replace(LUNCH, title="Dinner"))
    with pytest.raises(Stale):
        await outlook.update(event, replace(LUNCH, title="Supper"))
    with pytest.raises(Stale):
        await outlook.delete(event)


async def test_another_body_under_the_same_transaction_is_stale(outlook: OutlookCalendar) -> None:
    await made(outlook)
    other = outlook.payload(replace(LUNCH, title="Dinner"), "transaction", "tag")
    with pytest.raises(Stale):
        await outlook.create(other)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
async def test_any_other_refusal_is_said_as_it_is(
    scene: Scene, outlook: OutlookCalendar, method: str
) -> None:
    event = await made(outlook)
    refuse(scene, method)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "GET": lambda: outlook.find(event.id),
        "POST": lambda: outlook.create(outlook.payload(LUNCH, "other", "tag")),
        "PATCH": lambda: outlook.update(event, replace(LUNCH, title="Dinner")),
        "DELETE": lambda: outlook.delete(event),
    }
    with pytest.raises(Rejected):
        await calls[method]()


async def test_a_calendar_that_is_gone_is_not_found(scene: Scene, outlook: OutlookCalendar) -> None:
    cursor = Cursor("", *window_at(scene.clock.now()), 1)
    refuse(scene, "GET", 404, "ErrorItemNotFound")
    with pytest.raises(NotFound):
        _ = [page async for page in outlook.changes(cursor)]
    refuse(scene, "GET", 403, "ErrorAccessDenied")
    with pytest.raises(Rejected):
        _ = [page async for page in outlook.changes(cursor)]
