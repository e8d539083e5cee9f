"""The jobs that look after what is kept: keys that turn, organisations that leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.jobs.upkeep import begin_upkeep
from services.model.accounts import LinkId
from services.model.errors import BeingErased
from services.model.ports import Put
from services.model.tasks import sync_task
from services.people.conversations import Conversations
from services.people.departures import GRACE, Departures
from services.storage.rotation import OLDEST, SETTLED
from services.storage.sealed import key_id_of
from services.storage.tenant_keys import ANNOUNCED
from tests._builders import (
    OTHER_TENANT,
    TENANT,
    a_book,
    a_channel,
    a_member,
    a_person,
    a_personal_chat,
    an_event,
)
from tests.services._office import Office

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def places(office: Office) -> Conversations:
    return Conversations(office.store, office.clock)


async def until_quiet(office: Office, steps: int = 30) -> None:
    for _ in range(steps):
        await office.work(60)


async def is_erased(office: Office) -> bool:
    names = [name async for name in office.store.vault.names(TENANT)]
    return not any([(await office.store.records.changes(name, 0)).records for name in names])


async def test_a_year_later_everything_is_under_a_new_key(office: Office) -> None:
    for number in range(3):
        await office.store.events.save(an_event(id=f"event-{number}"), a_book())
    await begin_upkeep(office.store, office.clock)
    await office.work()
    office.clock.advance(OLDEST)
    await office.work()
    await office.work(ANNOUNCED.total_seconds())
    partition = await office.store.vault.partition(TENANT, "ledger", a_book().id)
    stored = (await office.store.records.changes(partition.name, 0)).records
    assert {key_id_of(record.body) for record in stored} == {2}
    office.clock.advance(SETTLED)
    await office.work()
    await office.work(60)
    assert (await office.store.vault.partition(TENANT, "p")).keys.data(1) is None
    assert len((await office.store.events.changes(a_book(), 0))[0]) == 3
    assert office.failures == []


async def test_an_organisation_that_has_left_is_erased_after_the_grace(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await office.store.events.save(an_event(), a_book())
    await office.store.subscriptions.put("sub-1", a_person(), LinkId("link-1"))
    other = a_person("tom", OTHER_TENANT)
    await office.store.subscriptions.put("sub-2", other, LinkId("link-2"))
    later = office.clock.now() + 2 * GRACE
    await office.store.tasks.put(sync_task(a_person(), LinkId("link-1"), later))
    await places.uninstalled(TENANT, a_channel().id)

    await office.work((GRACE - MINUTE).total_seconds())
    assert await office.store.events.get(a_book(), an_event().id)
    office.clock.advance(MINUTE)
    await office.work()
    with pytest.raises(BeingErased):
        await office.store.events.find(a_book(), an_event().id)
    await until_quiet(office)
    assert await is_erased(office)
    assert await office.store.events.find(a_book(), an_event().id) is None
    assert await office.store.subscriptions.find("sub-1") is None
    assert await office.store.subscriptions.find("sub-2") is not None
    assert await office.store.tasks.soonest() is None
    assert len(await office.store.erasure.past()) == 1
    assert office.failures == []


async def test_an_organisation_with_another_place_has_not_left(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await places.seen(a_personal_chat(), a_member())
    await places.uninstalled(TENANT, a_channel().id)
    await office.work()  # its roster was to be read
    assert await office.store.tasks.soonest() is None


async def test_an_organisation_that_came_back_keeps_everything(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await office.store.events.save(an_event(), a_book())
    await places.uninstalled(TENANT, a_channel().id)
    office.clock.advance(10 * DAY)
    await places.installed(a_channel())
    await office.work(GRACE.total_seconds())
    assert await office.store.events.get(a_book(), an_event().id)


async def test_the_grace_begins_anew_each_time_they_leave(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await office.store.events.save(an_event(), a_book())
    await places.uninstalled(TENANT, a_channel().id)
    office.clock.advance(20 * DAY)
    await places.installed(a_channel())
    await places.uninstalled(TENANT, a_channel().id)
    await office.work((20 * DAY).total_seconds())
    assert await office.store.events.get(a_book(), an_event().id)
    await office.work((10 * DAY).total_seconds())
    await until_quiet(office)
    assert await is_erased(office)


async def test_a_crash_while_they_leave_only_makes_the_grace_longer(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await places.uninstalled(TENANT, a_channel().id)
    await office.store.conversations.put_departure(TENANT, None)
    await office.work(GRACE.total_seconds())
    assert not await is_erased(office)
    await office.work(GRACE.total_seconds())
    await until_quiet(office)
    assert await is_erased(office)


async def test_an_administrator_has_everything_erased_at_once(
    office: Office, places: Conversations
) -> None:
    await places.seen(a_channel(), a_member())
    await Departures(office.store, office.clock).erase_now(TENANT)
    await office.work()
    with pytest.raises(BeingErased):
        await office.store.conversations.get(TENANT, a_channel().id)
    await until_quiet(office)
    await places.seen(a_channel(), a_member())  # and they may begin anew
    assert await office.store.conversations.get(TENANT, a_channel().id) is not None


async def test_keys_that_come_back_under_a_running_program_are_destroyed_within_a_day(
    office: Office,
) -> None:
    await office.store.events.save(an_event(), a_book())
    await begin_upkeep(office.store, office.clock)
    await office.work()
    id = office.store.vault.key_id(TENANT)
    wrapped = await office.store.records.get("vault", id)
    assert wrapped is not None
    await office.store.erasure.destroy_keys(TENANT)
    restored = Put(id=id, kind=wrapped.kind, body=wrapped.body)
    await office.store.records.commit("vault", [restored])
    await office.work(DAY.total_seconds())
    await until_quiet(office, 6)
    assert await is_erased(office)
    assert office.failures == []
