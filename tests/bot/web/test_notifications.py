"""The door of notifications under load; what a notice may say is in ``test_routes.py``."""

from __future__ import annotations

import asyncio
import gc
import weakref
from dataclasses import replace
from io import BytesIO
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.web import notifications
from bot.web.coalesced import Coalesced
from bot.web.notifications import Watch
from services.graph.subscriptions import secret_hash
from services.model.accounts import Subscription
from services.model.errors import Unreachable
from services.model.tasks import Task, TaskKind
from tests._builders import OTHER_TENANT, TENANT
from tests._fakes import NOON
from tests.bot._wired import Wired


def a_task(key: str = "link-1") -> Task:
    return Task(kind=TaskKind.SYNC_LINK, tenant=TENANT, key=key, due_at=NOON)


@pytest.fixture
def watched(wired: Wired) -> Wired:
    subscription = Subscription(id="sub-1", secret_hash=secret_hash("secret"), expires_at=NOON)
    wired.watches["sub-1"] = Watch(subscription, (a_task(),))
    return wired


async def tell(wired: Wired, browser: aiohttp.ClientSession, **more: Any) -> int:
    notice = {"subscriptionId": "sub-1", "tenantId": TENANT, "clientState": "secret"} | more
    body = {"value": [notice]}
    async with browser.post(f"{wired.url}/api/notifications", json=body) as answer:
        return answer.status


async def test_f23_a_storm_of_notices_becomes_a_few_writes(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    gate = asyncio.Event()
    watched.hindrances.append(gate.wait)
    storm = [asyncio.create_task(tell(watched, browser)) for _ in range(100)]
    while len(watched.looked_up) < 100:  # noqa: ASYNC110  (all are inside then)
        await asyncio.sleep(0)
    gate.set()
    assert set(await asyncio.gather(*storm)) == {202}
    assert 1 <= len(watched.tasks) <= 2


async def test_f23_a_thousand_notices_in_one_post_are_one_task(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    one = {"subscriptionId": "sub-1", "tenantId": TENANT, "clientState": "secret"}
    body = {"value": [one | {"resourceData": {"id": str(number)}} for number in range(1_000)]}
    async with browser.post(f"{watched.url}/api/notifications", json=body) as answer:
        assert answer.status == 202
    assert watched.tasks == [a_task()]


async def test_f24_what_takes_long_is_asked_for_again(
    watched: Wired, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "SECONDS", 0.01)
    never = asyncio.Event()
    watched.hindrances.append(never.wait)
    assert await tell(watched, browser) == 503
    monkeypatch.setattr(notifications, "SECONDS", 60)
    watched.hindrances.clear()
    never.set()
    assert await tell(watched, browser) == 202


async def test_f24_what_could_not_be_kept_is_asked_for_again(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    async def fail() -> None:
        raise Unreachable("the store")

    watched.hindrances.append(fail)
    assert await tell(watched, browser) == 503
    assert watched.tasks == []


async def test_f24_too_many_at_once_are_turned_away_at_the_door(
    watched: Wired, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "AT_ONCE", 1)
    gate, entered = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        entered.set()
        await gate.wait()

    watched.hindrances.append(wait)
    first = asyncio.create_task(tell(watched, browser))
    await entered.wait()
    assert await tell(watched, browser) == 503
    gate.set()
    assert await first == 202
    assert await tell(watched, browser) == 202


async def test_a_body_that_is_too_large_is_refused(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    async with browser.post(
        f"{watched.url}/api/notifications", data=BytesIO(b"x" * 1_048_577)
    ) as answer:
        assert answer.status == 413


STRANGE: tuple[bytes | list[Any] | dict[str, Any], ...] = (
    [{"subscriptionId": "sub-1", "tenantId": TENANT, "clientState": "guess"}] * 200,
    [{"subscriptionId": f"nobody's {n}", "tenantId": TENANT} for n in range(200)],
    [{"subscriptionId": "sub-1", "tenantId": OTHER_TENANT, "clientState": "secret"}] * 200,
    [{"subscriptionId": "sub-1", "clientState": ["secret"], "tenantId": None}] * 200,
    [None, 7, "words", [], {}] * 40,
    {"value": "no list"},
    b"{" * 10_000,
    b"\xff" * 10_000,
    b"",
    b"x" * 1_048_577,
)
"""Posts of strangers, two hundred notices each where they are any."""


async def test_f23_a_storm_of_whatever_strangers_think_of_causes_nothing_and_stops_nobody(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    """Ten thousand notices at once, and a genuine one in the middle of them."""
    url = f"{watched.url}/api/notifications"

    async def post(strange: Any) -> int:
        body = msgspec.json.encode({"value": strange}) if isinstance(strange, list) else strange
        body = body if isinstance(body, bytes) else msgspec.json.encode(body)
        async with browser.post(url, data=BytesIO(body)) as answer:
            return answer.status

    storm = [asyncio.create_task(post(strange)) for _ in range(10) for strange in STRANGE]
    genuine = asyncio.create_task(tell(watched, browser))
    assert {*await asyncio.gather(*storm)} == {202, 400, 413}
    assert await genuine == 202
    assert watched.tasks == [a_task()]


async def test_nobody_is_echoed_when_no_subscription_is_being_made(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    watched.surprises.append("nobody asked")
    url = f"{watched.url}/api/notifications?validationToken=hello"
    async with browser.post(url) as answer:
        assert answer.status == 400
        assert "hello" not in await answer.text()


async def test_a_watch_with_nothing_to_do_does_nothing(
    watched: Wired, browser: aiohttp.ClientSession
) -> None:
    subscription = watched.watches["sub-1"].subscription
    watched.watches["sub-1"] = Watch(subscription, ())
    assert await tell(watched, browser) == 202
    assert watched.tasks == []


async def test_who_comes_during_a_write_waits_for_the_next_one() -> None:
    gates = [asyncio.Event(), asyncio.Event()]
    begun: list[str] = []

    async def put(task: Task) -> None:
        begun.append(task.key)
        await gates[len(begun) - 1].wait()

    coalesced = Coalesced(put)
    first = asyncio.create_task(coalesced.put(a_task()))
    while not begun:  # noqa: ASYNC110  (the first is under way then)
        await asyncio.sleep(0)
    others = [asyncio.create_task(coalesced.put(a_task())) for _ in range(5)]
    gates[0].set()
    await first
    assert not any(other.done() for other in others)
    gates[1].set()
    await asyncio.gather(*others)
    assert begun == ["link-1", "link-1"]


async def test_tasks_of_one_key_that_say_different_things_are_all_put() -> None:
    put: list[Task] = []

    async def keep(task: Task) -> None:
        put.append(task)

    coalesced, plain = Coalesced(keep), a_task()
    asked_for = replace(plain, payload={"asked_for": "yes"})
    renewal = replace(plain, kind=TaskKind.RENEW_SUBSCRIPTION)
    different = [plain, asked_for, renewal]
    await asyncio.gather(*(coalesced.put(each) for each in (*different, plain)))
    assert put == different


async def test_who_leaves_in_a_hurry_takes_nothing_from_those_who_wait() -> None:
    gate, put = asyncio.Event(), list[str]()

    async def keep(task: Task) -> None:
        await gate.wait()
        put.append(task.key)

    coalesced = Coalesced(keep)
    hurried, patient = (asyncio.create_task(coalesced.put(a_task())) for _ in range(2))
    for _ in range(3):  # both wait by then
        await asyncio.sleep(0)
    hurried.cancel()
    gate.set()
    await patient
    assert put == ["link-1"]


async def test_what_was_put_is_not_held_afterwards() -> None:
    works: list[weakref.ref[asyncio.Task[None]]] = []

    async def keep(task: Task) -> None:
        now = asyncio.current_task()
        assert now is not None
        works.append(weakref.ref(now))

    coalesced = Coalesced(keep)
    await asyncio.gather(*(coalesced.put(a_task(f"link-{number}")) for number in range(3)))
    await asyncio.sleep(0)
    gc.collect()
    assert [work() for work in works] == [None] * 3


async def test_a_write_that_fails_fails_for_all_who_waited_for_it() -> None:
    async def put(task: Task) -> None:
        raise Unreachable("the store")

    coalesced = Coalesced(put)
    tried = await asyncio.gather(
        *(coalesced.put(a_task()) for _ in range(3)), return_exceptions=True
    )
    assert [type(each) for each in tried] == [Unreachable] * 3
