"""What the engine is told of Microsoft's refusals about contacts: gone, moved, or refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from services.graph.client import GraphClient
from services.graph.mailbox import Mailbox
from services.graph.remote_contact import RemoteContact
from services.model.accounts import RemoteId
from services.model.errors import NotFound, Rejected, Stale
from services.model.pairs import Cursor
from services.sync.content.window import window_at
from services.sync.sides.outlook_contacts import OutlookContacts
from tests._builders import BERLIN, a_contact_content
from tests.services.sync._contact_scene import ContactScene, a_contact_scene
from tests.services.sync._scene import PERSON, NewTokens

ADA = a_contact_content()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[ContactScene]:
    async with a_contact_scene(tmp_path) as made:
        yield made


@pytest.fixture
async def outlook(scene: ContactScene) -> AsyncIterator[OutlookContacts]:
    async with aiohttp.ClientSession() as session:
        client = GraphClient(session, scene.sandbox.graph_url, scene.clock)
        mailbox = Mailbox(client, NewTokens(scene.sandbox), PERSON, zone=BERLIN)
        yield OutlookContacts(mailbox, RemoteId(scene.folder.id))


async def made(outlook: OutlookContacts) -> RemoteContact:
    return await outlook.create(outlook.payload(ADA, "", "tag"))


def refuse(scene: ContactScene, method: str, status: int = 400, code: str = "ErrorX") -> None:
    scene.sandbox.faults.fail(status=status, code=code, method=method)


async def test_a_contact_is_found_by_its_tag_until_it_is_gone(outlook: OutlookContacts) -> None:
    contact = await made(outlook)
    assert [hit.id for hit in await outlook.tagged("tag")] == [contact.id]
    assert await outlook.find(contact.id) is not None
    await outlook.delete(contact)
    await outlook.delete(contact)
    assert await outlook.find(contact.id) is None


async def test_what_has_changed_meanwhile_is_stale(outlook: OutlookContacts) -> None:
    contact = await made(outlook)
    await outlook.update(contact, replace(ADA, job="Countess"))
    with pytest.raises(Stale):
        await outlook.update(contact, replace(ADA, job="Analyst"))
    with pytest.raises(Stale):
        await outlook.delete(contact)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
async def test_any_other_refusal_is_said_as_it_is(
    scene: ContactScene, outlook: OutlookContacts, method: str
) -> None:
    contact = await made(outlook)
    refuse(scene, method)
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "GET": lambda: outlook.find(contact.id),
        "POST": lambda: made(outlook),
        "PATCH": lambda: outlook.update(contact, replace(ADA, job="Countess")),
        "DELETE": lambda: outlook.delete(contact),
    }
    with pytest.raises(Rejected):
        await calls[method]()


async def test_a_folder_that_is_gone_is_not_found(
    scene: ContactScene, outlook: OutlookContacts
) -> None:
    cursor = Cursor("", *window_at(scene.clock.now()), 1)
    refuse(scene, "GET", 404, "ErrorItemNotFound")
    with pytest.raises(NotFound):
        _ = [page async for page in outlook.changes(cursor)]
    refuse(scene, "GET", 403, "ErrorAccessDenied")
    with pytest.raises(Rejected):
        _ = [page async for page in outlook.changes(cursor)]
