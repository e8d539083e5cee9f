from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.graph.mailbox import Mailbox
from services.graph.subscriptions import (
    LONGEST_LIFE,
    create_subscription,
    list_subscriptions,
)
from services.jobs import renew_subscription
from services.model.accounts import RemoteId, Subscription
from services.model.tasks import renewal_task
from tests._fakes import NOON
from tests.services._office import MARA, MARA_ID, Office, an_instance, an_office
from tests.services.sync._scene import outlook_event


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A door that answers Graph's handshake."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.query.get("validationToken", ""))

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
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
    await watched.work(86_400)  # what is nobody's is ended a day later
    await watched.work(5)
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


async def look(office: Office, *, is_asked_for: bool = False) -> None:
    """See to the subscription now."""
    link = await office.link()
    now = office.clock.now()
    await office.store.tasks.put(renewal_task(MARA_ID, link.id, now, is_asked_for=is_asked_for))
    await office.work()
    await office.work(5)


async def subscribed(office: Office) -> Subscription:
    await office.sign_in()
    await office.work()
    await office.work(15)
    subscription = (await office.link()).subscription
    assert subscription is not None
    office.sandbox.door.seen.clear()
    return subscription


def writes(office: Office) -> list[str]:
    return [
        call.method
        for call in office.sandbox.door.seen
        if call.method != "GET" and "subscriptions" in call.path
    ]


async def test_f22_one_that_vanished_without_a_word_is_made_anew_within_a_day(
    watched: Office,
) -> None:
    first = await subscribed(watched)
    watched.sandbox.notices.remove(first.id)
    await watched.expire_tokens()
    await watched.work(86_400)
    await watched.work(5)
    second = (await watched.link()).subscription
    assert second is not None
    assert second.id != first.id
    assert [each.id for each in await list_subscriptions(mailbox(watched))] == [second.id]


async def test_f22_where_it_could_not_be_made_it_is_tried_again_each_day(watched: Office) -> None:
    watched.sandbox.faults.fail(status=403, method="POST", path="/subscriptions")
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    assert (await watched.link()).subscription is None
    await watched.expire_tokens()
    await watched.work(86_400)
    await watched.work(5)
    assert (await watched.link()).subscription is not None


async def test_f22_a_storm_of_requests_to_renew_is_one_renewal_in_ten_minutes(
    watched: Office,
) -> None:
    await subscribed(watched)
    for _ in range(5):
        await look(watched, is_asked_for=True)
    assert writes(watched) == []
    watched.clock.advance(600)
    for _ in range(5):
        await look(watched, is_asked_for=True)
    assert writes(watched) == ["PATCH"]


async def test_what_nobody_knows_any_more_is_ended_within_a_day(watched: Office, url: str) -> None:
    """Such as one whose answer was lost, in a process that died."""
    first = await subscribed(watched)
    now = watched.clock.now()
    elsewhere = url.replace("/api", "/other")
    for address in (url, elsewhere):
        await create_subscription(
            mailbox(watched),
            resource="/me/events" if address == url else "/me/calendar/events",
            notification_url=address,
            lifecycle_url=address,
            client_state="lost",
            expires_at=now + LONGEST_LIFE,
        )
    await look(watched)
    left = {each.notification_url for each in await list_subscriptions(mailbox(watched))}
    assert left == {url, elsewhere}
    assert len(await list_subscriptions(mailbox(watched))) == 2
    assert (await watched.link()).subscription == first


async def test_graph_may_call_back_only_while_it_is_asked(watched: Office) -> None:
    expected = watched.store.subscriptions.is_any_awaited
    assert not await expected()
    watched.sandbox.faults.cut(method="POST", path="/subscriptions")
    await watched.sign_in()
    await watched.work()
    await watched.work(15)
    assert await expected()  # who knows: it may have got through
    watched.clock.advance(61)
    assert not await expected()
    await watched.work(600)
    assert (await watched.link()).subscription is not None
    assert not await expected()


async def test_a_link_that_has_no_calendar_yet_waits_for_it(watched: Office) -> None:
    await subscribed(watched)
    link = await watched.link()
    await watched.store.links.save(replace(link, calendar=RemoteId(""), subscription=None))
    await look(watched)
    assert writes(watched) == []
    assert (await watched.link()).subscription is None


async def test_f22_one_that_vanishes_as_it_is_renewed_is_made_anew_at_once(watched: Office) -> None:
    first = await subscribed(watched)
    watched.sandbox.faults.interpose(
        lambda: watched.sandbox.notices.remove(first.id), method="PATCH", path="/subscriptions"
    )
    watched.clock.advance(600)
    await look(watched, is_asked_for=True)
    second = (await watched.link()).subscription
    assert second is not None and second.id != first.id
    assert [each.id for each in await list_subscriptions(mailbox(watched))] == [second.id]


async def test_f22_what_changed_before_a_new_one_was_there_is_looked_for(watched: Office) -> None:
    first = await subscribed(watched)
    watched.sandbox.notices.remove(first.id)
    watched.sandbox.mailbox(MARA).add(outlook_event("Dinner"))
    await look(watched)
    await watched.work(5)  # the renewal may have had the mailbox first
    assert [event.content.title for event in await watched.team()] == ["Dinner"]


async def test_f22_a_token_that_is_refused_once_does_not_end_the_renewals(watched: Office) -> None:
    """Nor does a consent that is withdrawn and given again: the account may never be closed."""
    first = await subscribed(watched)
    watched.sandbox.faults.fail(status=401, path="/subscriptions", times=2)
    await look(watched)
    assert (await watched.link()).subscription == first
    watched.clock.advance((first.expires_at - watched.clock.now()) / 2)
    await watched.expire_tokens()
    for _ in range(3):
        await watched.work(5)
    second = (await watched.link()).subscription
    assert second is not None and second.id == first.id
    assert second.expires_at > first.expires_at


async def test_f22_what_graph_lets_live_shortly_is_renewed_at_half_of_that(watched: Office) -> None:
    first = await subscribed(watched)
    now = watched.clock.now()
    short = replace(first, expires_at=now + timedelta(hours=2), renewed_at=now)
    await watched.store.links.save(replace(await watched.link(), subscription=short))
    watched.clock.advance(3_500)
    await look(watched)
    assert writes(watched) == []
    await watched.work(600)
    await watched.work(5)
    assert writes(watched) == ["PATCH"]


async def test_f22_what_graph_lets_live_for_a_moment_is_not_looked_at_without_a_pause(
    watched: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribed(watched)

    async def granted(*_: object) -> datetime:
        return watched.clock.now() - timedelta(seconds=1)  # by a clock that is behind ours

    monkeypatch.setattr(renew_subscription, "renew_subscription", granted)
    watched.clock.advance(600)
    await look(watched, is_asked_for=True)
    link = await watched.link()
    wait = await watched.store.tasks.wait_of(renewal_task(MARA_ID, link.id, NOON))
    assert wait is not None
    assert wait.until - watched.clock.now() > timedelta(minutes=9)


async def test_f22_two_instances_that_see_to_it_at_once_keep_one(watched: Office, url: str) -> None:
    first = await subscribed(watched)
    watched.sandbox.notices.remove(first.id)
    link = await watched.link()
    others = [
        an_instance(watched.clock, watched.store, watched.sandbox, watched.browser, url)
        for _ in range(3)
    ]
    now = watched.clock.now()
    for is_asked_for in (True, False):
        task = renewal_task(MARA_ID, link.id, now, is_asked_for=is_asked_for)
        await watched.store.tasks.put(task)
        await asyncio.gather(*(each.work() for each in others))
    for each in others:
        await each.work(5)
    (active,) = await list_subscriptions(mailbox(watched))
    kept = (await watched.link()).subscription
    assert kept is not None and kept.id == active.id != first.id
    assert writes(watched) == ["POST"]
    assert [each.failures for each in others] == [[], [], []]
