from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.web.watches import Watches
from services.graph.notifications import Notification
from services.model.accounts import Link, Subscription
from services.model.tasks import TaskKind
from services.storage.store import Store
from tests._builders import TENANT, a_link
from tests._fakes import NOON, FrozenClock
from tests._stores import a_store

SUBSCRIPTION = Subscription(id="sub-1", secret_hash="hash", expires_at=NOON)


@pytest.fixture
async def store(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Store]:
    async with a_store(tmp_path, clock) as store:
        yield store


@pytest.fixture
async def link(store: Store) -> Link:
    link = await store.links.add(replace(a_link(), subscription=SUBSCRIPTION))
    await store.subscriptions.put("sub-1", link.person, link.id)
    return link


async def kinds(store: Store, clock: FrozenClock, lifecycle: str | None) -> list[TaskKind]:
    watch = await Watches(store, clock).find(Notification("sub-1", "secret", TENANT, lifecycle))
    assert watch is not None
    assert watch.subscription == SUBSCRIPTION
    assert {task.due_at for task in watch.tasks} == {clock.now()}
    return [task.kind for task in watch.tasks]


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        (None, [TaskKind.SYNC_LINK]),
        ("missed", [TaskKind.SYNC_LINK]),
        ("reauthorizationRequired", [TaskKind.RENEW_SUBSCRIPTION]),
        ("subscriptionRemoved", [TaskKind.RENEW_SUBSCRIPTION, TaskKind.SYNC_LINK]),
        ("a word of next year", [TaskKind.SYNC_LINK]),
    ],
)
async def test_f22_each_word_of_a_subscriptions_life_has_its_answer(
    store: Store,
    clock: FrozenClock,
    link: Link,
    lifecycle: str | None,
    expected: list[TaskKind],
) -> None:
    assert await kinds(store, clock, lifecycle) == expected


async def test_what_is_not_ours_or_no_longer_is_nobodys(
    store: Store, clock: FrozenClock, link: Link
) -> None:
    watches = Watches(store, clock)
    assert await watches.find(Notification("sub-2", "secret", TENANT)) is None
    newer = replace(SUBSCRIPTION, id="sub-3")
    for now in (newer, None):
        link = await store.links.save(replace(link, subscription=now))
        assert await watches.find(Notification("sub-1", "secret", TENANT)) is None
    await store.links.remove(await store.links.get(link.person, link.id))
    assert await watches.find(Notification("sub-1", "secret", TENANT)) is None


async def test_a_subscription_is_awaited_for_as_long_as_it_is_asked_for(
    store: Store, clock: FrozenClock, link: Link
) -> None:
    watches = Watches(store, clock)
    assert not await watches.expects()
    await store.subscriptions.expect(link.id, clock.now().replace(minute=1))
    assert await watches.expects()
    await store.subscriptions.put("sub-1", link.person, link.id)
    assert not await watches.expects()
    await store.subscriptions.expect(link.id, clock.now().replace(minute=1))
    clock.advance(61)
    assert not await watches.expects()
