"""What somebody keeps private: others see when it is, wherever they look, and change nothing."""

from __future__ import annotations

from dataclasses import replace

from sandbox.items import Item
from tests._teams import Chat, FakeTeams, Posted, Someone
from tests._teams_cards import buttons
from tests.scenarios._house import House, edited, line_of, removed, words
from tests.services.sync._scene import renamed

FRIDAY = {"start_date": "2026-11-20", "start_time": "16:00", "end_time": "17:00"}


async def a_secret(teams: FakeTeams, who: Someone, where: Chat) -> Posted:
    heard = await teams.message(who, "new event", where)
    typed = {"title": "Doctor", "place": "Ward 4", "private": "true", **FRIDAY}
    created = await teams.click(who, heard.post, "Create", typed)
    assert "Doctor" in words(created.card), "its author sees it"
    return heard.post


async def test_others_see_busy_wherever_they_look(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    post = await a_secret(teams, mara, channel)
    assert "Busy" in words(post.card) and "Doctor" not in words(post.card), "the message for all"

    for asked in ("agenda", "day", "week", "month", "find doctor", "find busy"):
        heard = await teams.message(ines, asked, channel)
        assert "Doctor" not in words(heard.card) and "Ward" not in words(heard.card), asked
    agenda = await teams.message(ines, "agenda", channel)
    own = await teams.refresh(mara, agenda.post)
    assert "Doctor" in words(own.card)
    theirs = await teams.refresh(ines, agenda.post)
    assert "Doctor" not in words(theirs.card)

    details = await teams.click(ines, agenda.post, line_of(theirs.card, "Busy"))
    said = words(details.card)
    assert "This is private: only its author sees more of it." in said and "Mara" not in said
    assert "Edit" not in [each.get("title") for each in buttons(details.card)]
    house.clock.advance(60)
    await house.settle()
    assert "Doctor" not in words(agenda.post.card), "nor what the background draws"


async def test_a_message_for_all_does_not_tell_what_its_asker_keeps_private(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    channel.owners.append(mara)
    post = await a_secret(teams, mara, channel)
    asked = ("find doctor", "find ward", "audit", "export csv", "export ics")
    messages = [await teams.message(mara, each, channel) for each in asked]
    messages.append(await teams.click(mara, post, "Add to Outlook"))
    said = "".join(words(each.post.card) for each in messages)
    assert said.count("Nothing was found.") == 2 and "created “Busy”" in said
    for each in buttons([message.post.card for message in messages]):
        async with house.browser.post(each["url"]) as answer:
            file = await answer.text()
        assert "Busy" in file and "Doctor" not in file and "Ward" not in file

    await teams.click(mara, post, "Delete")
    await teams.click(mara, post, "Delete")
    await house.settle()
    bin = await teams.message(mara, "recycle bin", channel)
    assert "Busy" in words(bin.card) and "Doctor" not in words(bin.card)
    own = await teams.click(mara, bin.post, "Show again")
    assert "Doctor" in words(own.card)
    assert "Deleted by somebody." in words(post.card)


async def test_what_is_hidden_is_called_in_the_words_of_whoever_looks(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await a_secret(teams, mara, channel)
    reader = replace(ines, language="fr-FR")
    heard = await teams.message(reader, "agenda", channel)
    own = await teams.refresh(reader, heard.post)
    assert "Occupé" in words(own.card) and "Busy" not in words(own.card)
    details = await teams.click(reader, heard.post, line_of(own.card, "Occupé"))
    assert "Occupé" in words(details.card) and "Busy" not in words(details.card)
    offered = await teams.message(reader, "export csv", channel)
    [link] = [each["url"] for each in buttons(offered.card) if "url" in each]
    async with house.browser.post(link) as answer:
        table = await answer.text()
    assert "Occupé" in table and "Busy," not in table


async def test_who_linked_the_calendar_gets_busy_in_outlook_and_cannot_lift_the_veil(
    house: House, teams: FakeTeams, mara: Someone, ines: Someone, channel: Chat
) -> None:
    await teams.install(mara)
    await house.connect(mara)
    await teams.message(mara, "agenda", channel)
    await house.settle()
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    await teams.click(mara, heard.post, "Link")
    await house.settle()
    post = await a_secret(teams, ines, channel)
    await house.settle()

    [copy] = copies(house)
    assert copy.content.subject == "Busy" and "Ward" not in str(copy.content.plain)
    edited(house, copy, renamed("What is it?")(copy.content))
    await house.settle()
    assert [item.content.subject for item in copies(house)] == ["Busy"], "put back"
    assert "Doctor" in words((await teams.click(ines, post, "Details")).card)
    removed(house, copies(house)[0])
    await house.settle()
    agenda = await teams.message(ines, "agenda", channel)
    assert "Doctor" in words((await teams.refresh(ines, agenda.post)).card)


def copies(house: House) -> list[Item]:
    """What stands in Mara's Outlook calendar of the channel."""
    mailbox = house.outlook()
    ids = [each.id for each in mailbox.calendars if "(Almanac)" in each.name]
    return [item for id in ids for item in mailbox.items(id)]
