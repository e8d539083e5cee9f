from __future__ import annotations

from dataclasses import replace

from services.model.tasks import Task, TaskKind
from tests._builders import TENANT, a_channel, a_member
from tests.services._office import Office


async def follow(office: Office) -> None:
    channel = a_channel()
    task = Task(
        kind=TaskKind.FOLLOW_CONVERSATION,
        tenant=TENANT,
        key=channel.id,
        payload={"conversation": channel.id},
        due_at=office.clock.now(),
    )
    await office.store.tasks.put(task)
    await office.work()


async def test_the_roster_becomes_what_teams_says(office: Office) -> None:
    channel = await office.store.conversations.save(a_channel())
    await office.store.conversations.put_members(TENANT, channel.id, [a_member("tom")])
    ines = replace(a_member("ines"), owns=True)
    office.roster.of = (ines, a_member("ada"))
    await follow(office)
    roster = await office.store.conversations.roster(TENANT, channel.id)
    assert roster == (a_member("ada"), ines)


async def test_a_conversation_that_nobody_knows_is_left(office: Office) -> None:
    await follow(office)
    assert office.failures == []


async def test_a_conversation_that_the_app_has_left_is_not_asked_about(office: Office) -> None:
    channel = await office.store.conversations.save(a_channel(installed=False))
    office.roster.of = (a_member("ines"),)
    await follow(office)
    assert await office.store.conversations.roster(TENANT, channel.id) == ()
