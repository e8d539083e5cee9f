from __future__ import annotations

from dataclasses import replace

import pytest

from services.model.errors import Stale
from services.model.identity import ConversationId
from services.storage.store import Store
from tests._builders import (
    OTHER_TENANT,
    TENANT,
    a_channel,
    a_channel_home,
    a_member,
    a_person,
    a_personal_chat,
)

GENERAL = a_channel_home().conversation


async def test_a_conversation_comes_back(store: Store) -> None:
    assert await store.conversations.get(TENANT, GENERAL) is None
    saved = await store.conversations.save(a_channel())
    assert await store.conversations.get(TENANT, GENERAL) == saved
    assert await store.conversations.get(OTHER_TENANT, GENERAL) is None


async def test_an_outdated_conversation_is_refused(store: Store) -> None:
    first = await store.conversations.save(a_channel())
    await store.conversations.save(replace(first, name="Renamed"))
    for outdated in (first, a_channel()):
        with pytest.raises(Stale):
            await store.conversations.save(outdated)


async def test_a_person_is_found_in_their_personal_chat_only(store: Store) -> None:
    await store.conversations.save(a_channel(person=a_person()))
    assert await store.conversations.of_person(a_person()) is None
    old = await store.conversations.save(a_personal_chat())
    assert await store.conversations.of_person(a_person()) == old
    new = await store.conversations.save(a_personal_chat(id=ConversationId("a:new")))
    assert await store.conversations.of_person(a_person()) == new
    assert await store.conversations.of_person(a_person("otto")) is None


async def test_a_teams_channels_are_found(store: Store) -> None:
    general = await store.conversations.save(a_channel())
    quiet = await store.conversations.save(a_channel("quiet"))
    await store.conversations.save(a_channel("other", team_id="19:other@thread.tacv2"))
    assert await store.conversations.of_team(TENANT, general.team_id) == (general, quiet)
    assert await store.conversations.of_team(OTHER_TENANT, general.team_id) == ()


async def test_members_come_and_go(store: Store) -> None:
    ines, otto = a_member(), a_member("otto")
    guest = a_member("ines", OTHER_TENANT)
    await store.conversations.put_members(TENANT, GENERAL, [otto, ines, guest, ines])
    assert set(await store.conversations.roster(TENANT, GENERAL)) == {ines, guest, otto}
    assert await store.conversations.member(TENANT, GENERAL, otto.person) == otto
    renamed = replace(otto, name="Otto B.")
    await store.conversations.put_members(TENANT, GENERAL, [renamed])
    assert await store.conversations.member(TENANT, GENERAL, otto.person) == renamed
    await store.conversations.remove_member(TENANT, GENERAL, otto.person)
    await store.conversations.remove_member(TENANT, GENERAL, otto.person)
    assert await store.conversations.member(TENANT, GENERAL, otto.person) is None
    assert set(await store.conversations.roster(TENANT, GENERAL)) == {ines, guest}
    assert await store.conversations.roster(TENANT, ConversationId("19:else")) == ()


async def test_a_roster_is_replaced_and_only_differences_are_written(store: Store) -> None:
    crowd = [a_member(f"member-{number:03}") for number in range(150)]
    await store.conversations.replace_roster(TENANT, GENERAL, crowd)
    place = await store.vault.partition(TENANT, "roster", GENERAL)
    before = await place.revision()
    await store.conversations.replace_roster(TENANT, GENERAL, crowd)
    assert await place.revision() == before
    await store.conversations.replace_roster(TENANT, GENERAL, [*crowd[1:], a_member("new")])
    assert await place.revision() == before + 1
    roster = await store.conversations.roster(TENANT, GENERAL)
    assert set(roster) == {*crowd[1:], a_member("new")}
    await store.conversations.replace_roster(TENANT, GENERAL, [])
    assert await store.conversations.roster(TENANT, GENERAL) == ()
