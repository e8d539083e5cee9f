"""What somebody wants under Activity in Teams is there, once; and in the chat where it may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest_asyncio

from sandbox.faults import Fault
from sandbox.feeds import Activity
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import APP_ID, INES, MARA, House, an_event, words
from tests.scenarios.test_notifications import chosen, heard_since, until

NEWS = {"changes": "all", "as_event_says": "false", "in_feed": "true"}


def feed(house: House) -> tuple[Activity, ...]:
    return house.sandbox.office.feeds.of(MARA)


@pytest_asyncio.fixture
async def told_of(house: House, teams: FakeTeams, mara: Someone, channel: Chat) -> Chat:
    """Mara wants to hear of the channel's calendar, and has let Almanac write into her feed."""
    await teams.install(mara)
    house.sandbox.directory.tellers.allow(APP_ID, MARA)
    await chosen(teams, mara, NEWS, channel)
    await house.settle()
    return channel


async def test_changes_by_others_come_in_one_entry_and_not_in_the_chat(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, told_of: Chat
) -> None:
    await an_event(teams, ines, "Harvest festival friday 12:30", told_of)
    await an_event(teams, ines, "**Review** [x](https://evil.example) friday 9:00", told_of)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=1))

    [entry] = feed(house)
    assert (entry.kind, entry.title) == ("calendarNews", "2 changes in Harbour · Launch")
    assert "Harvest festival, Fri, 20 Nov 2026" in entry.preview
    assert entry.topic == "Harbour · Launch"
    assert entry.url.startswith("https://teams.microsoft.com/l/chat/")
    assert heard_since(teams, before) == []
    assert house.sandbox.office.feeds.of(INES) == ()


async def test_an_entry_whose_answer_was_lost_is_there_once(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, told_of: Chat
) -> None:
    house.sandbox.faults.order(
        Fault(path="sendActivityNotification", status=503, after_effect=True, times=2)
    )
    await an_event(teams, ines, "Harvest festival friday 12:30", told_of)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=1))
    assert len(feed(house)) == 1
    await until(house, house.clock.now() + timedelta(minutes=30))
    assert len(feed(house)) == 1
    assert house.sandbox.faults.is_quiet
    assert heard_since(teams, before) == []


async def test_a_token_that_is_refused_once_closes_no_feed(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, told_of: Chat
) -> None:
    house.sandbox.faults.order(Fault(path="sendActivityNotification", status=401))
    await an_event(teams, ines, "Harvest festival friday 12:30", told_of)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=1))
    assert len(feed(house)) == 1
    assert house.sandbox.faults.is_quiet
    assert heard_since(teams, before) == []


async def test_an_entry_about_one_event_leads_to_the_message_that_shows_it(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, told_of: Chat
) -> None:
    await teams.install(mara, told_of)
    post = await an_event(teams, ines, "Harvest festival friday 12:30", told_of)
    await until(house, house.clock.now() + timedelta(minutes=1))
    [entry] = feed(house)
    assert entry.url.startswith("https://teams.microsoft.com/l/message/")
    assert f"/{post.id}?" in entry.url and f"groupId=group-of-{told_of.team_name}" in entry.url


async def test_a_reminder_is_an_entry_too(house: House, teams: FakeTeams, mara: Someone) -> None:
    await teams.install(mara)
    house.sandbox.directory.tellers.allow(APP_ID, MARA)
    await chosen(teams, mara, {"in_feed": "true"})
    await an_event(teams, mara, "Dentist today 14:00")
    await house.settle()
    before = len(teams.connector.posts)
    await until(house, datetime(2026, 11, 18, 13, 0, tzinfo=UTC))
    [entry] = feed(house)
    assert (entry.kind, entry.title) == ("eventSoon", "Soon: Dentist")
    assert heard_since(teams, before) == []


async def test_where_the_feed_is_closed_it_comes_in_the_chat_and_says_why(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, told_of: Chat
) -> None:
    house.sandbox.directory.tellers.forbid(APP_ID, MARA)
    await an_event(teams, ines, "Harvest festival friday 12:30", told_of)
    before = len(teams.connector.posts)
    await until(house, house.clock.now() + timedelta(minutes=1))
    [told] = [post for post in heard_since(teams, before) if "change in" in words(post.card)]
    assert "does not let Almanac write under Activity" in words(told.card)
    assert feed(house) == ()
