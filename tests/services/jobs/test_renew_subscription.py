from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import list_subscriptions
from tests.services._office import MARA_ID, Office, an_office


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A door that answers Graph's handshake."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.query.get("validationToken", ""))

    app = web.Application()
    app.router.add_post("/api/notifications", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/api/notifications"))


@pytest.fixture
async def watched(tmp_path: Path, url: str) -> AsyncIterator[Office]:
    async with an_office(tmp_path, notification_url=url) as made:
        yield made


def mailbox(office: Office) -> Mailbox:
    return office.mailbox_of(MARA_ID)


async def test_a_new_link_is_watched(watched: Office, url: str) -> None:
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    (active,) = await list_subscriptions(mailbox(watched))
    link = await watched.link()
    assert link.subscription is not None
    assert (active.id, active.notification_url) == (link.subscription.id, url)
    assert await watched.store.subscriptions.find(active.id) == (MARA_ID, link.id)
    assert watched.failures == []


async def test_a_subscription_is_renewed_at_half_its_life(watched: Office) -> None:
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    first = (await watched.link()).subscription
    assert first is not None
    watched.clock.advance((first.expires_at - watched.clock.now()) / 2)
    await watched.expire_tokens()
    await watched.work(5)
    await watched.work(5)  # the pass may have had the mailbox first
    second = (await watched.link()).subscription
    assert second is not None
    assert second.id == first.id
    assert second.expires_at > first.expires_at


async def test_a_lost_subscription_is_made_anew_and_exactly_one_is_kept(watched: Office) -> None:
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    first = (await watched.link()).subscription
    assert first is not None
    watched.sandbox.faults.fail(status=404, method="PATCH", path="/subscriptions")
    watched.clock.advance((first.expires_at - watched.clock.now()) / 2)
    await watched.expire_tokens()
    await watched.work(5)
    await watched.work(5)  # the pass may have had the mailbox first
    (active,) = await list_subscriptions(mailbox(watched))
    assert active.id != first.id
    assert await watched.store.subscriptions.find(first.id) is None


async def test_where_graph_refuses_the_sweep_goes_on_alone(watched: Office) -> None:
    watched.sandbox.faults.fail(status=403, method="POST", path="/subscriptions", times=9)
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    assert (await watched.link()).subscription is None
    assert (await watched.link()).synced_at is not None
    assert watched.failures == []


async def test_without_a_public_address_nothing_is_asked_for(office: Office) -> None:
    await office.sign_in()
    await office.work()
    await office.work(15)
    assert (await office.link()).subscription is None
    assert not [call for call in office.sandbox.door.seen if "subscriptions" in call.path]


async def test_disconnecting_ends_the_subscription(watched: Office) -> None:
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    subscription = (await watched.link()).subscription
    assert subscription is not None
    await watched.accounts.disconnect(MARA_ID, keep_copies=True)
    deleted = [call.status for call in watched.sandbox.door.seen if call.method == "DELETE"]
    assert deleted == [204]
    assert await watched.store.subscriptions.find(subscription.id) is None
