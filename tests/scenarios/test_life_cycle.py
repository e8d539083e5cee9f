"""The life of chats and teams: welcomed, renamed, archived, restored, left."""

from __future__ import annotations

import pytest
import pytest_asyncio

from services.model.events import Author
from services.model.identity import ConversationId, TenantId
from tests._teams import Chat, FakeTeams, Posted, Someone
from tests._teams_cards import button, buttons
from tests.scenarios._house import House, an_event, words

ARCHIVED = "This is archived: it can be read, not changed."


@pytest_asyncio.fixture
async def general(house: House, teams: FakeTeams, mara: Someone, ines: Someone) -> Chat:
    place = teams.channel("General", [mara, ines])
    await teams.install(mara, place)
    await house.settle()
    return place


async def agenda_of(teams: FakeTeams, who: Someone, where: Chat) -> str:
    return words((await teams.message(who, "agenda", where)).card)


async def test_an_installation_is_welcomed_once_with_what_to_try(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    own = await teams.install(mara)
    assert "Hello, this is Almanac" in words(own.post.card)
    group = await teams.install(mara, teams.group_chat("Trip", [mara, ines]))
    assert "This chat has a calendar now" in words(group.post.card)
    team = await teams.install(mara, teams.channel("General", [mara, ines]))
    assert "This channel has a calendar now" in words(team.post.card)
    for welcome in (own, group, team):
        assert "new event lunch friday 12:30" in words(welcome.post.card)
        titles = {action["title"] for action in buttons(welcome.post.card)}
        assert {"Show the agenda", "New event", "New event in a window", "Help"} <= titles


async def test_a_chat_is_welcomed_when_its_people_are_reported_before_the_installation(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = teams.group_chat("Trip", [mara, ines])
    added = [{"id": teams.bot_id}, mara.account, ines.account]
    first = await teams.deliver(
        teams.activity("conversationUpdate", mara, chat, membersAdded=added), chat
    )
    second = await teams.deliver(
        teams.activity("installationUpdate", mara, chat, action="add"), chat
    )
    assert first.posts == []
    assert "This chat has a calendar now" in words(second.post.card)
    await house.settle()
    assert await roster(house, chat) == ["Ines Moreau", "Mara Lindqvist"]


async def test_the_buttons_of_the_welcome_work(teams: FakeTeams, mara: Someone) -> None:
    for title, said in {
        "Show the agenda": "Nothing is planned.",
        "Help": "What you can write",
        "Connect Outlook": "Sign in to Microsoft",
        "New event": "What is it about?",
    }.items():
        welcome = await teams.install(mara)
        answer = await teams.click(mara, welcome.post, title)
        assert said in words(answer.card)
        await teams.uninstall(mara)


async def test_an_update_or_a_repeated_report_is_not_welcomed_again(
    teams: FakeTeams, mara: Someone, general: Chat
) -> None:
    again = await teams.install(mara, general)
    assert again.posts == []
    update = teams.activity("installationUpdate", mara, general, action="add-upgrade")
    assert (await teams.deliver(update, general)).posts == []


async def test_after_a_removal_nothing_is_sent_there_and_a_return_is_welcomed(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, general: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", general)
    await teams.uninstall(mara, general)
    sent = len(teams.connector.calls)
    shown = next(a["data"] for a in buttons(post.card) if a.get("title") == "Delete")
    author = Author(house.person(mara), mara.name)
    await house.almanac.events.delete(author, shown["book"], shown["event"])
    await house.settle()
    assert len(teams.connector.calls) == sent

    back = await teams.install(mara, general)
    assert "This channel has a calendar now" in words(back.post.card)


async def test_where_the_bot_may_no_longer_write_it_stops_trying(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    channel.blocked = True
    await teams.click(mara, post, "Edit")
    saved = await teams.click(mara, post, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card), "what was done stays done"
    await house.settle()
    channel.blocked = False
    sent = len(teams.connector.calls)
    await teams.click(mara, post, "Edit")
    await house.settle()
    assert len(teams.connector.calls) == sent


async def test_who_comes_may_see_and_who_leaves_may_not(
    house: House, teams: FakeTeams, mara: Someone, priya: Someone, general: Chat
) -> None:
    await an_event(teams, mara, "Review friday 9:00", general)
    await teams.members_added(general, priya)
    await teams.query(priya, "searchEvents", where=general)
    assert (await teams.query(priya, "searchEvents", "review")).rows
    await teams.members_removed(general, priya)
    assert not (await teams.query(priya, "searchEvents", "review")).rows


async def test_who_comes_to_a_shared_channel_alone_sees_nothing_of_its_team(
    house: House, teams: FakeTeams, mara: Someone, priya: Someone, general: Chat
) -> None:
    fair = teams.channel("Fair", [mara])
    await teams.place_event("channelCreated", mara, fair)
    review = await an_event(teams, mara, "Review friday 9:00", general)
    booth = await an_event(teams, mara, "Booth friday 9:00", fair)
    hers = (await teams.message(priya, "help")).post

    async def told(change: str, event_type: str) -> None:
        account = {"id": priya.teams_id, "aadObjectId": priya.object_id}
        activity = teams.activity("conversationUpdate", mara, fair, **{change: [account]})
        activity["channelData"]["eventType"] = event_type
        activity["conversation"]["id"] = fair.team_id
        await teams.deliver(activity, fair)

    async def sees(post: Posted) -> bool:
        """With a button that somebody has passed on to a chat of hers."""
        data = button(post.card, "Details")["data"]
        pressed = await teams.execute(priya, hers, "event.details", data)
        return pressed.has_card and "20 Nov" in words(pressed.card)

    await told("membersAdded", "channelMemberAdded")
    assert [await sees(post) for post in (review, booth)] == [False, True]
    await told("membersRemoved", "channelMemberRemoved")
    assert [await sees(post) for post in (review, booth)] == [False, False]


async def test_the_list_of_members_that_teams_gives_counts(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    """Ines has left while nobody told us; the list of members is read anew."""
    place = teams.channel("General", [mara, ines])
    await teams.install(mara, place)
    await house.settle()
    assert len(await roster(house, place)) == 2
    place.members.remove(ines)
    await teams.uninstall(mara, place)
    await teams.install(mara, place)
    await house.settle()
    assert await roster(house, place) == ["Mara Lindqvist"]


async def test_a_new_name_of_a_channel_and_of_a_team_is_shown(
    teams: FakeTeams, mara: Someone, general: Chat
) -> None:
    launch = teams.channel("Launch", general.members)
    await teams.place_event("channelCreated", mara, launch)
    assert "Harbour · Launch" in await agenda_of(teams, mara, launch)
    launch.name = "Lift-off"
    await teams.place_event("channelRenamed", mara, launch)
    assert "Harbour · Lift-off" in await agenda_of(teams, mara, launch)
    launch.team_name = general.team_name = "Marina"
    await teams.place_event("teamRenamed", mara, general)
    assert "Marina · Lift-off" in await agenda_of(teams, mara, launch)


async def test_a_new_name_shows_without_anybody_having_written(
    house: House, teams: FakeTeams, mara: Someone, channel: Chat
) -> None:
    post = await an_event(teams, mara, "Review friday 9:00", channel)
    channel.name = "Lift-off"
    await teams.place_event("channelRenamed", mara, channel)
    answer = await teams.unfurl(mara, address(house, post.card))
    assert "Harbour · Lift-off" in words(answer.rows[0].card)


@pytest.mark.parametrize(
    ("closes", "opens"),
    [
        ("channelDeleted", "channelRestored"),
        ("teamArchived", "teamUnarchived"),
        ("teamDeleted", "teamRestored"),
    ],
)
async def test_what_is_archived_or_deleted_can_be_read_until_it_is_restored(
    house: House, teams: FakeTeams, mara: Someone, general: Chat, closes: str, opens: str
) -> None:
    place = teams.channel("Launch", general.members)
    await teams.place_event("channelCreated", mara, place)
    post = await an_event(teams, mara, "Review friday 9:00", place)
    url = address(house, post.card)
    about = place if closes.startswith("channel") else general

    await teams.place_event(closes, mara, about)

    [row] = (await teams.unfurl(mara, url)).rows
    titles = {action.get("title") for action in buttons(row.card)}
    assert "Details" in titles and not titles & {"Edit", "Delete"}
    form = await teams.click(mara, post, "Edit")
    refused = await teams.click(mara, post, "Save", {"title": "Retro"})
    assert form.has_card and refused.text == ARCHIVED

    await teams.place_event(opens, mara, about)

    saved = await teams.click(mara, post, "Save", {"title": "Retro"})
    assert "Saved." in words(saved.card)


async def test_a_chat_that_gets_a_name_is_followed(
    teams: FakeTeams, mara: Someone, ines: Someone
) -> None:
    chat = teams.group_chat("Trip", [mara, ines])
    await teams.install(mara, chat)
    named = teams.activity("conversationUpdate", mara, chat, topicName="Trip to Lyon")
    await teams.deliver(named, chat)
    assert "Trip to Lyon" in await agenda_of(teams, mara, chat)


@pytest.mark.parametrize("kind", ["messageReaction", "typing", "messageUpdate", "event", "trace"])
async def test_what_is_nothing_to_us_is_taken_in_silence(
    teams: FakeTeams, mara: Someone, kind: str
) -> None:
    answer = await teams.deliver(
        teams.activity(kind, mara, teams.personal_chat(mara)), teams.personal_chat(mara)
    )
    assert (answer.status, answer.posts) == (201, [])


def address(house: House, card: dict[str, object]) -> str:
    event = next(a["data"]["event"] for a in buttons(card) if "event" in a.get("data", {}))
    return f"{house.url}/e/{event}"


async def roster(house: House, place: Chat) -> list[str]:
    directory = house.almanac.store.conversations
    members = await directory.roster(TenantId(place.tenant), ConversationId(place.id))
    return [member.name for member in members]
