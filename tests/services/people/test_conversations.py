from __future__ import annotations

import asyncio
from dataclasses import replace

from services.books.books import Books
from services.model.books import Book, BookKind
from services.model.conversations import Conversation
from services.model.identity import ConversationId
from services.model.tasks import TaskKind
from services.people.conversations import Conversations
from services.storage.store import Store
from tests._builders import (
    BERLIN,
    OTHER_TENANT,
    TENANT,
    a_channel,
    a_channel_home,
    a_member,
    a_personal_chat,
    an_author,
)
from tests._fakes import FrozenClock

TEAM = "19:team@thread.tacv2"
GENERAL = replace(a_channel("general"), id=ConversationId(TEAM), team_id=TEAM)
PLANS = a_channel("plans")
SECRET = a_channel("secret")


async def known(conversations: Conversations, place: Conversation) -> Conversation:
    found = await conversations.find(place.tenant, place.id)
    assert found is not None
    return found


async def names(conversations: Conversations, place: Conversation) -> list[str]:
    return [member.name for member in await conversations.roster(place.tenant, place.id)]


async def test_whoever_speaks_in_a_place_is_a_member_there(conversations: Conversations) -> None:
    await conversations.seen(PLANS, a_member())
    await conversations.seen(PLANS, a_member("tom"))
    assert await names(conversations, PLANS) == ["Ines", "Tom"]
    assert (await known(conversations, PLANS)).installed


async def test_what_a_turn_does_not_tell_stays_as_it_was(conversations: Conversations) -> None:
    await conversations.seen(PLANS, a_member())
    moved = replace(PLANS, name="", team_name="", service_url="https://other.example/")
    after = await conversations.seen(moved, a_member())
    assert (after.name, after.team_name) == ("Plans", "Harbour")
    assert after.service_url == "https://other.example/"


async def test_a_place_seen_from_the_compose_box_is_not_thought_to_have_the_app(
    conversations: Conversations,
) -> None:
    seen = await conversations.seen(PLANS, a_member(), is_installed=False)
    assert not seen.installed
    assert (await conversations.seen(PLANS, a_member())).installed is False  # within the minutes
    assert (await conversations.installed(PLANS)).installed


async def test_the_next_turn_of_the_same_person_writes_nothing(
    conversations: Conversations, clock: FrozenClock
) -> None:
    first = await conversations.seen(PLANS, a_member())
    assert await conversations.seen(PLANS, a_member()) == first
    clock.advance(600)
    assert await conversations.seen(PLANS, a_member()) == first


async def test_many_turns_at_once_in_a_new_place_all_succeed(
    conversations: Conversations,
) -> None:
    people = [a_member(f"p{number}") for number in range(8)]
    await asyncio.gather(*(conversations.seen(PLANS, one) for one in people))
    assert len(await names(conversations, PLANS)) == 8


async def test_an_installation_asks_for_the_roster(
    conversations: Conversations, store: Store
) -> None:
    await conversations.installed(GENERAL)
    (task,) = await store.tasks.claim("test", 9, 60)
    assert (task.kind, task.tenant) == (TaskKind.FOLLOW_CONVERSATION, TENANT)
    assert task.payload == {"conversation": GENERAL.id}
    await conversations.roster_read(TENANT, GENERAL.id, [a_member(), a_member("tom")])
    assert await names(conversations, GENERAL) == ["Ines", "Tom"]
    await conversations.roster_read(TENANT, GENERAL.id, [a_member("tom")])
    assert await names(conversations, GENERAL) == ["Tom"]


async def test_who_joins_a_team_is_in_general_and_other_channels_are_read_anew(
    conversations: Conversations, store: Store
) -> None:
    await conversations.seen(SECRET, a_member())
    await conversations.members_added(GENERAL, [a_member("tom")])
    assert await names(conversations, GENERAL) == ["Tom"]
    assert await names(conversations, SECRET) == ["Ines"]
    followed = {task.key for task in await store.tasks.claim("test", 9, 60)}
    assert followed == {GENERAL.id, SECRET.id}


async def test_a_place_in_which_somebody_speaks_for_the_first_time_has_its_roster_read(
    conversations: Conversations, store: Store
) -> None:
    await conversations.seen(SECRET, a_member())
    await conversations.seen(SECRET, a_member("tom"))
    await conversations.seen(a_personal_chat(), a_member())
    assert [task.key for task in await store.tasks.claim("test", 9, 60)] == [SECRET.id]


async def test_who_leaves_a_team_leaves_all_of_its_channels(conversations: Conversations) -> None:
    for place in (GENERAL, PLANS, SECRET):
        await conversations.seen(place, a_member())
        await conversations.seen(place, a_member("tom"))
    await conversations.members_removed(TENANT, GENERAL.id, ["29:tom"])
    for place in (GENERAL, PLANS, SECRET):
        assert await names(conversations, place) == ["Ines"]


async def test_who_leaves_one_channel_stays_in_the_others(conversations: Conversations) -> None:
    for place in (GENERAL, PLANS):
        await conversations.seen(place, a_member())
    await conversations.members_removed(TENANT, PLANS.id, ["29:ines", "29:nobody"])
    assert await names(conversations, PLANS) == []
    assert await names(conversations, GENERAL) == ["Ines"]
    await conversations.members_removed(TENANT, ConversationId("unknown"), ["29:ines"])


async def test_who_speaks_again_after_leaving_is_a_member_again(
    conversations: Conversations,
) -> None:
    await conversations.seen(PLANS, a_member())
    await conversations.members_removed(TENANT, PLANS.id, ["29:ines"])
    await conversations.seen(PLANS, a_member())
    assert await names(conversations, PLANS) == ["Ines"]


async def test_names_follow(conversations: Conversations) -> None:
    await conversations.seen(GENERAL, a_member())
    await conversations.seen(PLANS, a_member())
    await conversations.renamed(replace(PLANS, name="Schemes"))
    await conversations.team_renamed(TENANT, TEAM, "Port")
    after = await known(conversations, PLANS)
    assert (after.name, after.team_name) == ("Schemes", "Port")
    assert (await known(conversations, GENERAL)).team_name == "Port"
    await conversations.renamed(a_channel("nowhere"))


async def test_a_place_that_is_gone_has_archived_books_until_it_is_back(
    conversations: Conversations, books: Books
) -> None:
    await conversations.seen(PLANS, a_member())
    for kind in BookKind:
        await at_home(books, kind)
    await conversations.deleted(TENANT, PLANS.id)
    assert [(await at_home(books, kind)).archived for kind in BookKind] == [True, True]
    assert (await known(conversations, PLANS)).archived
    await conversations.deleted(TENANT, PLANS.id)
    await conversations.restored(TENANT, PLANS.id)
    assert [(await at_home(books, kind)).archived for kind in BookKind] == [False, False]
    await conversations.restored(TENANT, ConversationId("unknown"))
    await conversations.deleted(TENANT, ConversationId("unknown"))


async def at_home(books: Books, kind: BookKind) -> Book:
    return await books.at_home(
        an_author(), a_channel_home("plans"), kind, zone=BERLIN, language="en"
    )


async def test_a_team_is_archived_and_restored_as_a_whole(conversations: Conversations) -> None:
    for place in (GENERAL, PLANS):
        await conversations.seen(place, a_member())
    await conversations.team_archived(TENANT, TEAM)
    assert (await known(conversations, PLANS)).archived
    await conversations.team_restored(TENANT, TEAM)
    assert not (await known(conversations, GENERAL)).archived


async def test_a_removed_app_is_gone_from_all_channels_of_the_team(
    conversations: Conversations,
) -> None:
    chat = a_personal_chat()
    for place in (GENERAL, PLANS, chat):
        await conversations.seen(place, a_member())
    await conversations.uninstalled(TENANT, GENERAL.id)
    assert not (await known(conversations, GENERAL)).installed
    assert not (await known(conversations, PLANS)).installed
    assert (await known(conversations, chat)).installed
    await conversations.uninstalled(TENANT, chat.id)
    await conversations.uninstalled(TENANT, ConversationId("unknown"))
    assert not (await known(conversations, chat)).installed


async def test_a_new_channel_is_known_and_followed(
    conversations: Conversations, store: Store
) -> None:
    await conversations.created(PLANS)
    assert (await known(conversations, PLANS)).name == "Plans"
    assert [task.key for task in await store.tasks.claim("test", 9, 60)] == [PLANS.id]


async def test_the_same_id_in_two_organisations_is_two_places(
    conversations: Conversations,
) -> None:
    await conversations.seen(PLANS, a_member())
    assert await conversations.find(OTHER_TENANT, PLANS.id) is None
    await conversations.seen(a_channel("plans", OTHER_TENANT), a_member("olga", OTHER_TENANT))
    assert await names(conversations, PLANS) == ["Ines"]
